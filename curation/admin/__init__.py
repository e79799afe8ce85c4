"""The desk: one module a screen."""
