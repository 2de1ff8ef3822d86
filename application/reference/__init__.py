"""Reference data as it was published, and how it is read."""
