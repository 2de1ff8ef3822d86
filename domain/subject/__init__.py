"""A person as a subject of personal data, wherever they appear: held, released, erased."""

from domain.subject.subject import Subject

__all__ = ["Subject"]
