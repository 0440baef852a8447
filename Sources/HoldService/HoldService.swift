// HoldService
