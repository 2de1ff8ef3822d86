"""Use cases, read models, history and persistence: what the ways in call."""
