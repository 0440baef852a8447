// HoldCore
