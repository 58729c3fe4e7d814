"""Work that moves: steps of closed loops, their lists and sheets, spot checks, contact duties."""
