"""The rule bench: the rule in the form, tried on the newest posts of its place."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rostra.board.queries import profile
from rostra.forums.policy import may
from rostra.houserules.definitions import check_of
from rostra.houserules.replay import Past, Replayed, replay
from rostra.houserules.rules import Rule
from rostra.kernel.refusals import Refusal, refuse
from rostra.permissions.capabilities import May
from rostra.topics.past import past_posts
from rostra.web.ratelimits import spend
from rostra.web.requests import Request, forest_of, stamp_of
from rostra.web.rules.pages import effect_words
from rostra.web.rules.places import Place

MOST_POSTS = 1_000
MOST_OF_BOARD = 20_000  # how far back posts of one forum are looked for
SECONDS = 3.0  # of this thread's CPU


@dataclass
class _Clock:
    """Ends a replay when it has cost enough."""

    is_over: bool = False

    def within(self, posts: Iterator[Past], seconds: float) -> Iterator[Past]:
        end = time.thread_time() + seconds
        for past in posts:
            yield past
            if time.thread_time() > end:
                self.is_over = True
                return


@dataclass
class Tried:
    """What came of it. Shares are whole per cents; None where there is nothing to share out."""

    told: Replayed
    is_cut_short: bool
    caught: int
    precision: int | None
    recall: int | None
    effects: list[tuple[str, int]]


def try_rule(request: Request, place: Place, check: Mapping[str, Any]) -> Tried:
    """Judge the newest posts by a check. Raises TooMany, Refused for who may not read them, and Invalid for no check."""
    if place.forum is not None and not may(request.actor, place.forum, May.READ_OTHERS):
        refuse(Refusal(_("To try a rule, you must be able to read the topics of others in this forum.")))
    rule = Rule(0, 0, 1, "", check_of(check))
    spend("bench", request.actor.id)
    language, clock = profile(stamp_of(request).structure).language, _Clock()
    posts = past_posts(forest_of(request), language, place.id, MOST_OF_BOARD)
    told = replay(rule, clock.within(posts, SECONDS), MOST_POSTS)
    words = effect_words()
    effects = [(words[name], number) for name, number in told.effects.most_common()]
    return Tried(
        told,
        clock.is_over,
        _per_cent(told.share) or 0,
        _per_cent(told.precision),
        _per_cent(told.recall),
        effects,
    )


def _per_cent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
