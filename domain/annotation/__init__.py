"""An auditor's annotation on a case: in a stream of its own, apart from the case."""

from domain.annotation.annotation import Annotation

__all__ = ["Annotation"]
