"""The desk: one module a screen. They are imported, and so registered, in screens.py."""
