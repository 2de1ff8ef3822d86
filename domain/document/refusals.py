"""Why a file is not taken as a document."""

from domain.refusals import InvalidValue, Refusal


class FileRefused(InvalidValue):
    """The file that was sent is none that is filed."""

    def __init__(self, **facts: object) -> None:
        super().__init__("file", **facts)


class DocumentEmpty(FileRefused):
    """The file holds nothing."""

    code = "document-empty"


class DocumentTooLarge(Refusal):
    """The file is larger than ``limit`` bytes."""

    code = "document-too-large"


class DocumentTypeUnknown(FileRefused):
    """By its content the file is of no type that is ``taken``."""

    code = "document-type-unknown"


class DocumentTypeDisguised(FileRefused):
    """The file calls itself ``declared`` and is ``recognised`` as something else."""

    code = "document-type-disguised"


class DocumentDamaged(FileRefused):
    """The file begins like ``recognised`` and is none as a whole."""

    code = "document-damaged"


class DocumentProtected(FileRefused):
    """The file opens with a password only: nobody who reads the case could read it."""

    code = "document-protected"


class DocumentWithMacros(FileRefused):
    """The file brings a program along, which would run where it is opened."""

    code = "document-with-macros"
