"""Measurements: ratios taken in one run. Not tests; `make bench` runs them."""
