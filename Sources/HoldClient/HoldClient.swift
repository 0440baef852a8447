// HoldClient
