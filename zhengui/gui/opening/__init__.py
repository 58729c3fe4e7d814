"""Before a township is open: the first start, and the making of the demo township."""
