"""How good the suggestions are, on labelled sets that others made. The desk is not touched."""
