"""The panels that choose what every page counts: the period and the villages."""
