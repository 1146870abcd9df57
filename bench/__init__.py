"""Side-by-side measurements: each prints its ratios to a rival or a floor, in one run."""
