"""Collected files become documents: readers → records → pipeline → store."""
