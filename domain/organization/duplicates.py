"""One organization, one record: what is likely the same, and what was decided about it."""

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.refusals import Refusal
from domain.rules.likeness import Candidate, Likeness
from domain.words import check_words


class DuplicateSuspected(Refusal):
    """Organizations registered already look like this one; ``candidates`` says why each does."""

    code = "duplicate-suspected"


class BinRegisteredElsewhere(Refusal):
    """The BIN is one organization's in the whole country, and it is registered in another region.

    Nothing of that record is told but that there is one: a BIN is in the public register
    anyway, and two regions that verify one organization unknown to each other are worse.
    """

    code = "bin-registered-elsewhere"


class DuplicateOfItself(Refusal):
    """An organization cannot be a duplicate of itself or of another duplicate."""

    code = "duplicate-of-itself"


class HasDuplicates(Refusal):
    """Others are duplicates of this one: they would lose what they stand for."""

    code = "organization-has-duplicates"


class OrganizationMerged(Refusal):
    """The organization is a duplicate: what is done is done to the ``survivor``."""

    code = "organization-merged"


class NotDuplicate(Struct, frozen=True, omit_defaults=True):
    """The recorded decision that an organization is none of its likely duplicates.

    ``same_bin`` says that one of them has the same BIN: two records share it knowingly.
    """

    ids: tuple[UUID, ...]
    reason: str
    same_bin: bool = False


class Resemblance(Struct, frozen=True, kw_only=True):
    """What a registration or a change makes an organization look like.

    ``told_apart`` are candidates with whom the pair was decided on from their side.
    """

    candidates: tuple[Candidate, ...] = ()
    told_apart: frozenset[UUID] = frozenset()
    bin_elsewhere: bool = False

    def decided(
        self, field: str, decision: NotDuplicate | None, before: Collection[UUID] = ()
    ) -> NotDuplicate | None:
        """Return the decision as it is recorded; refuse while a candidate is undecided.

        A pair that was decided on ``before`` is not asked about again, unless now the BIN
        is the same.
        """
        if self.bin_elsewhere:
            raise BinRegisteredElsewhere
        ids = decision.ids if decision else ()
        known = {*before, *self.told_apart}
        undecided = [
            each
            for each in self.candidates
            if each.id not in ids and (each.id not in known or Likeness.BIN in each.reasons)
        ]
        if undecided:
            raise DuplicateSuspected(candidates=sorted(undecided, key=lambda each: each.rank))
        if decision is None:
            return None
        same_bin = any(Likeness.BIN in each.reasons for each in self.candidates)
        words = check_words(f"{field}.reason", decision.reason)
        return replace(decision, reason=words, same_bin=same_bin)


NOTHING_ALIKE = Resemblance()
