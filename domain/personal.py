"""Personal data: the only types that may hold it.

A value here is in the clear while it is in memory. It is encrypted under the key of
its subject before it reaches the database (application/persistence/vault.py), and it
reads as erased, ``value is None``, once that key has been destroyed. The class is
opaque to every serialiser on purpose: one that has not been told how to seal it fails.
"""

from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.phones import normalise_phone

PersonalField = Literal["name", "phone", "email", "login", "identity", "fingerprint"]


class Personal:
    """One item of personal data of one subject."""

    __slots__ = ("field", "subject_id", "value")

    def __init__(self, subject_id: UUID, field: PersonalField, value: str | None) -> None:
        self.subject_id = subject_id
        self.field = field
        self.value = value

    def __repr__(self) -> str:
        """Say whose it is and of what kind, never what it is."""
        return f"<personal {self.field} of {self.subject_id}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[UUID, str, str | None]:
        return self.subject_id, self.field, self.value


class Person(Struct, frozen=True, omit_defaults=True):
    """A person as a subject of personal data: one id, one key, wherever they appear."""

    subject_id: UUID
    name: Personal
    phone: Personal | None = None
    email: Personal | None = None

    def in_form(self, field: str) -> "Person":
        """Return the person with the phone in its proper form; refuse one that is none."""
        if self.phone is None or self.phone.value is None:
            return self
        number = normalise_phone(self.phone.value, field)
        return replace(self, phone=Personal(self.subject_id, "phone", number))


class ContactPerson(Struct, frozen=True, omit_defaults=True):
    """Somebody an office may turn to, what they are there, and that they agreed to it."""

    person: Person
    role: str
    consent: bool


def person(
    subject_id: UUID, name: str, phone: str | None = None, email: str | None = None
) -> Person:
    """Return the person with each value typed as personal."""
    return Person(
        subject_id,
        Personal(subject_id, "name", name),
        None if phone is None else Personal(subject_id, "phone", phone),
        None if email is None else Personal(subject_id, "email", email),
    )
