"""How a backup or a restore can end without having done it."""


class BackupRefused(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """Nothing was begun, and why; the message says what to do."""


class BackupFailed(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """It was begun and did not come to its end; nothing of it was kept."""
