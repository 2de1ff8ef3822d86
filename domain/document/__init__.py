"""A document that was filed: evidence for a check, a step or a note."""

from domain.document.document import Document

__all__ = ["Document"]
