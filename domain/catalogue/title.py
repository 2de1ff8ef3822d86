"""A title in the three languages of the service."""

from msgspec import Struct


class Title(Struct, frozen=True):
    """What a thing is called in Russian, Kazakh and English."""

    ru: str
    kk: str
    en: str
