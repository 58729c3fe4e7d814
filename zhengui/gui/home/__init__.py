"""总览: what is to be done today and how far the areas are; on the first day what to begin with."""
