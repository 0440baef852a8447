// HoldJournalSQLite
