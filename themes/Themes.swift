// HoldThemes
