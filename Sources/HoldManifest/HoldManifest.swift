// HoldManifest
