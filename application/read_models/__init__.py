"""What lists and searches read: one row per case, written with the events it comes from."""
