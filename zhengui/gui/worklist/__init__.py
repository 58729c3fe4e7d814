"""整改销号: the items of all closed loops as a board by state, a list, or a tree with its progress."""
