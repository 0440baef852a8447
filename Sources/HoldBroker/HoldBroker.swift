// HoldBroker
