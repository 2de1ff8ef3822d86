"""Documents as they come in: as the parts of a form, and named in commands."""

from typing import Any

from marshmallow import ValidationError, fields, validate
from werkzeug.datastructures import FileStorage

from application.documents import FiledDocument
from web.commands import circumstances
from web.schemas.fields import Text, TupleOf, message_key
from web.schemas.from_struct import StrictSchema, schema_of

MOST = 20
SUBJECT = (
    "Человек, о котором документ: содержимое шифруется его ключом и исчезает вместе с его данными."
    " Письма, отчёты и фотографии с именами и лицами отправляйте с этим полем."
)


def _check_file(part: object) -> None:
    if not isinstance(part, FileStorage):
        raise ValidationError(message_key("no-file"))


class UploadSchema(StrictSchema):
    """A document to be filed. The name of its file is not kept: it may name a person."""

    file = fields.Raw(
        required=True,
        validate=_check_file,
        metadata={
            "type": "string",
            "format": "binary",
            "description": "PDF, DOCX, XLSX, JPEG или PNG, до 20 МиБ; тип узнаётся по содержимому.",
        },
    )
    title = Text(
        max_length=200,
        metadata={"description": "Как документ называется, без имён и телефонов людей."},
    )
    subject_id = fields.UUID(metadata={"description": SUBJECT})
    occurred_on, comment = circumstances().values()


FILED = schema_of(FiledDocument)


def attached() -> dict[str, fields.Field[Any]]:
    """Return the field that names the documents of a check, a step or a note."""
    return {
        "documents": TupleOf(
            fields.UUID(),
            load_default=(),
            validate=validate.Length(max=MOST),
            metadata={"description": "Приложенные документы, см. POST /documents."},
        )
    }
