// HoldConsole
