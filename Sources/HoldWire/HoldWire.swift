// HoldWire
