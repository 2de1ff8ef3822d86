"""What is decided about people over HTTP."""

from application.front_office import FrontOffice
from web.commands import Command
from web.schemas.subjects import erase_fields, hold_fields, release_fields

_RULE = "decide_on_subject"
HOLD = Command(
    path="hold",
    summary="Удержать данные человека: закон или суд требует их хранить",
    use_case=FrontOffice.hold_subject,
    takes=hold_fields(),
    rule=_RULE,
)
RELEASE = Command(
    path="release",
    summary="Снять удержание",
    use_case=FrontOffice.release_subject,
    takes=release_fields(),
    rule=_RULE,
)
ERASE = Command(
    path="erase",
    summary="Удалить данные человека навсегда; ответ говорит, где их искали",
    use_case=FrontOffice.erase_subject,
    takes=erase_fields(),
    rule=_RULE,
)
