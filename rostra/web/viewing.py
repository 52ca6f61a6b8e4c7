"""Looking at the board as others do: whoever gives rights becomes a reader who is a circle or a group, and nothing else."""

from dataclasses import replace

from django.http import HttpRequest

from rostra.accounts.actors import GUEST, Actor
from rostra.forums.queries import forest_in
from rostra.permissions.capabilities import May
from rostra.permissions.resolution import CIRCLES, GUESTS, MEMBERS, Holder
from rostra.web.holders import Names

COOKIE = "view_as"
HOME = "/manage/view/"
_ALLOWED = (HOME, "/sign-out/")  # what can be sent meanwhile


def holder_in(names: Names, key: str) -> Holder | None:
    """The circle or group of a key; None for anything else, a single member too."""
    holder = names.read(key)
    return holder if holder is not None and (holder in CIRCLES or holder.kind == "group") else None


def as_seen(request: HttpRequest, actor: Actor) -> Actor:
    """The reader as whom the actor looks at the board; the actor, unless a cookie says so and the actor gives rights."""
    key = request.COOKIES.get(COOKIE)
    if not key or actor.id is None or not forest_in(request.META).book.rights(actor).may(May.MANAGE_RIGHTS):
        return actor
    names = Names()
    holder = holder_in(names, key)
    if holder is None:
        return actor
    request.META["rostra.viewing"] = names.of(holder)
    holders = {holder} if holder == GUESTS else {MEMBERS, holder}
    return replace(
        GUEST,
        language=actor.language,
        time_zone=actor.time_zone,
        stands_for=tuple((each.kind, each.key) for each in sorted(holders)),
    )


def only_looks(request: HttpRequest) -> bool:
    """Would this write, by somebody who only looks? The pages of accounts know the member of the session."""
    return request.method not in ("GET", "HEAD", "OPTIONS") and request.path_info not in _ALLOWED
