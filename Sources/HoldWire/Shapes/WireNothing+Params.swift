extension WireNothing: WireParams {}
