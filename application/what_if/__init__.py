"""The same history under another version of a rule: which decisions would be other ones."""
