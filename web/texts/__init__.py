"""Texts that people read, in Russian, Kazakh and English, as data."""
