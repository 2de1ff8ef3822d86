"""The log of everything that was ever recorded, and its proofs (docs/log-format.md)."""
