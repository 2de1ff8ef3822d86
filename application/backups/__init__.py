"""Backup and restore: the whole case file in one file, and the proof that it came back the same."""
