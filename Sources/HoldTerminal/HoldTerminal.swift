// HoldTerminal
