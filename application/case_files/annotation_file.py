"""An annotation as its readers see it."""

from msgspec import convert
from msgspec.structs import asdict

from application.read_models.annotation_lists import AnnotationFile
from application.read_models.annotation_rows import annotation_row
from application.streams import Stream
from domain.annotation import Annotation


def annotation_file(stream: Stream[Annotation]) -> AnnotationFile:
    """Return the annotation as the list of them has it."""
    return convert(asdict(annotation_row(stream)), AnnotationFile)
