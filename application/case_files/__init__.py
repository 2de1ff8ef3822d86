"""A case as its readers see it: everything its stream says, at a version or a moment."""
