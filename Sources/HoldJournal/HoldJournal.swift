// HoldJournal
