"""Writes of drafts. No guest's page shows them: the board's version stays."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rostra.drafts.models import Draft
from rostra.drafts.queries import MOST, DraftRow, draft
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid
from rostra.kernel.text import one_line, without_controls

_PLACE = re.compile(r"(?:forum|topic|post):[1-9][0-9]{0,17}")
_LINE = 400
_BEGINNING = 1_700_000_000  # versions are seconds since then: one that was discarded never comes again


class Newer(Exception):
    """The server holds a newer text for this place, from another window or device."""

    def __init__(self, found: DraftRow) -> None:
        super().__init__("a newer draft is there")
        self.found = found


class Ended(Exception):
    """The draft that the window began with was posted or discarded meanwhile."""


def save_draft(
    *, author_id: int, place: str, title: str, body: str, reason: str, base: int, version: int
) -> int:
    """Keep what is typed so far; returns its version. An empty text ends the draft (version 0).

    `version` is the one that the window knows, 0 for none; versions are never used twice. Raises Newer when another
    window saved another text since, Ended when the draft it knows is gone, Invalid for an unknown place or a text that is far too long.
    """
    if not _PLACE.fullmatch(place):
        raise Invalid(place=_("“%(place)s” is no place for a draft.") % {"place": place[:40]})
    if len(body) > 2 * settings.ROSTRA.post_characters:
        raise Invalid(body=_("The text is far too long to be kept as a draft. Shorten it."))
    text = body.replace("\0", "␀")
    with change(is_visible=False):
        known = Draft.objects.select_for_update().filter(author_id=author_id, place=place).first()
        values: dict[str, Any] = {"title": _line(title), "body": text, "reason": _line(reason)}
        if known is None and version:
            raise Ended
        if (
            known is not None
            and known.version != version
            and any(getattr(known, name) != value for name, value in values.items())
        ):
            found = draft(author_id, place)
            if found is not None:
                raise Newer(found)
        if not text.strip() and not title.strip():
            Draft.objects.filter(author_id=author_id, place=place).delete()
            return 0
        version = max(known.version + 1 if known else 1, int(now().timestamp()) - _BEGINNING)
        values |= {"base": base, "version": version, "saved_at": now()}
        if known is None:
            _begin(author_id, place, values)
        else:
            Draft.objects.filter(author_id=author_id, place=place).update(**values)
    return version


def _begin(author_id: int, place: str, values: dict[str, Any]) -> None:
    """A first save. Raises Newer when that of another window, which saw no draft either, came a moment before."""
    try:
        with transaction.atomic():
            Draft.objects.create(author_id=author_id, place=place, **values)
    except IntegrityError:
        found = draft(author_id, place)
        if found is None:
            raise
        raise Newer(found) from None
    _keep_to_the_limit(author_id)


def discard_draft(*, author_id: int, place: str) -> None:
    """Forget a draft: it was posted, or is not wanted. Of what is no place there is none."""
    if not _PLACE.fullmatch(place):
        return
    with change(is_visible=False):
        Draft.objects.filter(author_id=author_id, place=place).delete()


def follow_topic(*, source: int, target: int, base: int) -> None:
    """A topic went into another: what was typed for it is for that one, unless its author types there as well."""
    there = Draft.objects.filter(place=f"topic:{target}").values("author_id")
    with change(is_visible=False):
        moving = Draft.objects.filter(place=f"topic:{source}").exclude(author_id__in=there)
        moving.update(place=f"topic:{target}", base=base)


def forget_edits(*, posts: Iterable[int]) -> None:
    """Posts were deleted for good: what anybody was making of their texts goes as well."""
    with change(is_visible=False):
        for some in _batched(posts, 500):
            Draft.objects.filter(place__in=[f"post:{number}" for number in some]).delete()


def _batched(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(numbers)
    while some := list(islice(rest, size)):
        yield some


def forget_drafts(*, days: int = 365) -> int:
    """Drop drafts that nobody has touched for long; returns how many."""
    with change(is_visible=False):
        dropped, _kinds = Draft.objects.filter(saved_at__lt=now() - timedelta(days=days)).delete()
    return dropped


def _line(text: str) -> str:
    return one_line(without_controls(text))[:_LINE]


def _keep_to_the_limit(author_id: int) -> None:
    mine = Draft.objects.filter(author_id=author_id).order_by("-saved_at")
    surplus = list(mine.values_list("id", flat=True)[MOST : MOST + 10])
    Draft.objects.filter(id__in=surplus).delete()
