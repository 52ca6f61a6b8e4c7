"""Warnings with points, mutes and bans: each is a case about a post, and each ends by itself or by its reversal."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.barring import Barred, written
from rostra.accounts.models import User
from rostra.forums.policy import moderates_anywhere, why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.moderation.models import Case
from rostra.moderation.opening import open_case
from rostra.moderation.policy import NEEDS
from rostra.moderation.reasons import Checked, Reasons, checked_reasons
from rostra.topics.models import Post

WARNED_FOR = timedelta(days=90)
MOST_POINTS, MOST_DAYS = 20, 3_650
FOR_EVER = datetime.fromisoformat("9000-01-01T00:00:00+00:00")
_MUTED_FOR, _BANNED_FOR = timedelta(days=7), timedelta(days=30)
_KINDS = (Case.Kind.WARN, Case.Kind.MUTE, Case.Kind.BAN, Case.Kind.BAN_FORUM)
_COLUMNS = {"muted_until": [Case.Kind.MUTE], "banned_until": [Case.Kind.BAN, Case.Kind.SPAM]}
# What is settled anew when a case of these kinds comes, or is taken back.
SETTLED = (Case.Kind.MUTE, Case.Kind.BAN, Case.Kind.BAN_FORUM, Case.Kind.SPAM)


class Sanction(NamedTuple):
    """What is decided: the kind; points of a warning; days of a mute or ban, 0 for one without end.

    A ban of the kind `ban_forum` is from the forum of the post alone, and those below it.
    """

    kind: str
    points: int = 1
    days: int = 7


def why_not_sanction(moderator: Actor, post: Post, forum: Node, kind: str) -> Refusal | None:
    """Why the actor may not do this to the author of a post. Moderators of any forum, and administrators, are left to others."""
    refusal = why_not_moderate(moderator, forum, NEEDS[Case.Kind(kind)])
    if refusal is not None:
        return refusal
    author = User.objects.filter(id=post.author_id or 0).first()
    if author is None:
        return Refusal(_("This post has no member as its author."), "")
    if author.pk == moderator.id or author.is_admin or moderates_anywhere(actor_of(author), forum):
        return Refusal(
            _("Moderators are not warned or banned in this way."), _("Speak with the administrators.")
        )
    return None


def sanction_author(
    *, moderator: Actor, forum: Node, post_id: int, sanction: Sanction, reasons: Reasons
) -> list[Case]:
    """Warn, mute or ban the author of a post; returns the cases, two when a warning was one too many.

    Raises Refused by policy, Invalid by field.
    """
    if sanction.kind not in _KINDS:
        raise Invalid(kind=_("Choose a warning, a mute or a ban."))
    post = Post.objects.select_related("topic").get(id=post_id)
    refuse(why_not_sanction(moderator, post, forum, sanction.kind))
    _check(sanction)
    checked = checked_reasons(reasons, forum)
    with change(is_visible=False):
        User.objects.select_for_update().get(id=post.author_id or 0)
        cases = [_sanction(moderator, forum, post, checked, sanction)]
        if sanction.kind == Case.Kind.WARN:
            cases += _what_follows(moderator, forum, post, checked)
    return cases


def _check(sanction: Sanction) -> None:
    if sanction.kind == Case.Kind.WARN and not 1 <= sanction.points <= MOST_POINTS:
        raise Invalid(points=_("A warning has 1 to %(most)s points.") % {"most": MOST_POINTS})
    if sanction.kind != Case.Kind.WARN and not 0 <= sanction.days <= MOST_DAYS:
        raise Invalid(days=_("From 1 to %(most)s days, or 0 for no end.") % {"most": f"{MOST_DAYS:,}"})


def _sanction(moderator: Actor, forum: Node, post: Post, checked: Checked, sanction: Sanction) -> Case:
    is_warning = sanction.kind == Case.Kind.WARN
    length = WARNED_FOR if is_warning else timedelta(days=sanction.days)
    until = now() + length if length else None
    about = {
        "post": post, "topic": post.topic, "member_id": post.author_id, "member_name": post.author_name,
        "until": until, "points": sanction.points if is_warning else 0,
    }  # fmt: skip
    opened = open_case(Case.Kind(sanction.kind), moderator, forum, checked, about)
    if not is_warning:
        settle_sanctions(member_id=post.author_id or 0)
    return opened


def points_of(member_id: int) -> int:
    """The points of a member's warnings that have not ended and were not taken back."""
    active = Case.objects.filter(member_id=member_id, kind=Case.Kind.WARN, reversed_at=None, until__gt=now())
    return active.aggregate(sum=Sum("points"))["sum"] or 0


def _what_follows(moderator: Actor, forum: Node, post: Post, checked: Checked) -> list[Case]:
    """A mute or a ban when the points have come to what the board says; the machine only counts."""
    points, board = points_of(post.author_id or 0), settings.ROSTRA
    kind, length = None, timedelta(0)
    if board.points_to_ban and points >= board.points_to_ban:
        kind, length = Case.Kind.BAN, _BANNED_FOR
    elif board.points_to_mute and points >= board.points_to_mute:
        kind, length = Case.Kind.MUTE, _MUTED_FOR
    if kind is None:
        return []
    facts = _("The warnings have come to %(points)s points. The last one: %(facts)s") % {
        "points": points,
        "facts": checked.facts,
    }
    follows = checked._replace(facts=facts, is_automated=True)
    return [_sanction(moderator, forum, post, follows, Sanction(kind, days=length.days))]


def settle_sanctions(*, member_id: int) -> None:
    """Set until when a member may not write or take part, on the board and in single forums, from the cases that hold."""
    held = list(Case.objects.filter(member_id=member_id, kind__in=SETTLED, reversed_at=None))
    ends = {
        column: max((each.until or FOR_EVER for each in held if each.kind in kinds), default=None)
        for column, kinds in _COLUMNS.items()
    }
    with change(is_visible=False):
        User.objects.filter(id=member_id).update(**ends, barred_from=_barred_from(held))


def bar_from_forums(*, member_id: int) -> None:
    """Set from which single forums a member is banned, from the cases that hold: after an import."""
    held = list(Case.objects.filter(member_id=member_id, kind=Case.Kind.BAN_FORUM, reversed_at=None))
    with change(is_visible=False):
        User.objects.filter(id=member_id).update(barred_from=_barred_from(held))


def _barred_from(cases: list[Case]) -> str:
    """The bans from single forums that have not ended; of several from the same the longest holds."""
    ends: dict[int, datetime] = {}
    for each in cases:
        until = each.until or FOR_EVER
        if each.kind == Case.Kind.BAN_FORUM and until > now():
            ends[each.forum_id] = max(until, ends.get(each.forum_id, until))
    return written(Barred(place, None if end == FOR_EVER else end) for place, end in ends.items())
