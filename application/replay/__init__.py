"""Folding the whole history again, and what of it is kept otherwise than it folds."""
