"""The keys that wrap those of people are replaced, and how it stands with them."""

from collections.abc import Callable, Iterator
from datetime import datetime

from application.case_files.key_status import KeyOnFile, KeyState, KeyStatus, Rotated
from application.persistence import key_replacement
from application.persistence.key_rotation import KeyRotation, one_rotation
from application.use_cases.upkeep import Upkeep

Progress = Callable[[int], object]


class KeyUseCases(Upkeep):
    """What whoever looks after the machine does with the key file."""

    def key_status(self) -> KeyStatus:
        """Return how it stands with the keys."""
        path = self.surroundings.keys.path
        found = tuple(self._keys_on_file())
        return KeyStatus(
            keys=found,
            erased=len(self.vault.erased()),
            is_unfinished=any(each.state is KeyState.BEING_REPLACED for each in found)
            or key_replacement.retired_name(path).exists(),
        )

    def rotate_keys(self, now: datetime, progress: Progress) -> Rotated:
        """Replace the keys of the key file, and destroy the old ones.

        It may be broken off at any moment, and is finished by the next one; while it goes on,
        the service works as always. Read models are made anew, for they hold hashes by a key.
        """
        path = self.surroundings.keys.path
        with one_rotation(self.surroundings.owner_url) as connection:
            rotation = KeyRotation(connection, key_replacement.begin(path, now))
            rotation.retire()
            count = rotation.rewrap(progress)
            self.rebuild_read_models(progress)
            count += rotation.rewrap(progress)
            return Rotated(current=key_replacement.end(path).current, rewrapped=count)

    def count_wrapped(self) -> int:
        """Return how many keys of people there are."""
        return sum(self.vault.wrapped_by().values())

    def _keys_on_file(self) -> Iterator[KeyOnFile]:
        keys, wraps = self.surroundings.keys.now(), self.vault.wrapped_by()
        for key_id in sorted({*keys.keys, *wraps}):
            state = KeyState.CURRENT if key_id == keys.current else KeyState.BEING_REPLACED
            yield KeyOnFile(
                id=key_id,
                made_at=keys.made.get(key_id),
                wraps=wraps.get(key_id, 0),
                state=state if key_id in keys.keys else KeyState.MISSING,
            )
