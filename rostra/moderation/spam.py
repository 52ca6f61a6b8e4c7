"""Spam: everything that a new member wrote goes by one decision with one statement of reasons, and comes back with it."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from rostra.accounts.actions import end_other_sessions
from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import User
from rostra.bans.actions import end_bans_of_case, set_ban
from rostra.bans.models import AddressBan
from rostra.bans.targets import Target
from rostra.board.queries import stamp
from rostra.forums.policy import moderates_anywhere, why_not_change, why_not_moderate
from rostra.forums.queries import Node, forest
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.moderation.models import Case, Hiding, Report
from rostra.moderation.opening import open_case
from rostra.moderation.policy import why_not_over_the_board
from rostra.moderation.reasons import Reasons, checked_reasons
from rostra.moderation.reports import close_reports
from rostra.moderation.sanctions import settle_sanctions
from rostra.permissions.capabilities import May
from rostra.topics.counts import lock_forums
from rostra.topics.holding import decide
from rostra.topics.models import Held, Post, Topic
from rostra.topics.removal import remove_post, remove_topic, restore_post, restore_topic


class Sweep(NamedTuple):
    """What goes: topics that the member began, with all that is in them; replies elsewhere; texts that wait.

    `own` is how many of the posts in those topics are the member's.
    """

    topics: list[Topic]
    posts: list[Post]
    held: list[Held]
    own: int

    @property
    def others(self) -> int:
        """How many posts of others go with the topics."""
        return sum(topic.post_count for topic in self.topics) - self.own

    @property
    def seal(self) -> str:
        """Names what goes, so that nothing goes that was not shown."""
        parts = (self.topics, self.posts, self.held)
        which = repr([[each.pk for each in part] for part in parts]) + f" {self.own} {self.others}"
        return sha256(which.encode()).hexdigest()[:32]

    @property
    def forum_ids(self) -> list[int]:
        """The forums that it is in; the first one is where the case is opened."""
        found = [topic.forum_id for topic in self.topics] + [post.topic.forum_id for post in self.posts]
        return list(dict.fromkeys([*found, *(held.forum_id for held in self.held)]))


def sweep_of(member: User) -> Sweep:
    """What a member wrote that is there, or waits: as much as can go at once, and one more to know of more."""
    most = settings.ROSTRA.spam_posts
    topics = list(Topic.objects.filter(author=member, removed_at=None).order_by("id")[:most])
    mine = Post.objects.filter(author=member, removed_at=None, topic__removed_at=None).order_by("id")
    posts = list(mine.select_related("topic")[:most])
    begun = {topic.pk for topic in topics}
    elsewhere = [post for post in posts if post.topic_id not in begun]
    held = list(Held.objects.filter(author=member, state=Held.State.WAITING).order_by("id")[:most])
    return Sweep(topics, elsewhere, held, len(posts) - len(elsewhere))


def why_not_clean(moderator: Actor, member: User, sweep: Sweep) -> Refusal | None:
    """Why the actor may not remove all that a member wrote: for who has the right on the whole board, and new members."""
    tree = forest(stamp().structure)
    places = [tree.by_id[number] for number in sweep.forum_ids if number in tree.by_id]
    somewhere = places[0] if places else next(iter(tree.by_id.values()), None)
    if somewhere is None:
        return Refusal(_("There are no forums."), "")
    refusal = why_not_change(somewhere) or why_not_over_the_board(moderator, somewhere)
    refusals = (why_not_moderate(moderator, place, May.MOD_REMOVE) for place in places)
    return (
        refusal
        or next((each for each in refusals if each), None)
        or _why_not_this_member(moderator, member, somewhere)
        or _why_too_much(member, sweep)
    )


def _why_not_this_member(moderator: Actor, member: User, forum: Node) -> Refusal | None:
    if member.pk == moderator.id or member.is_admin or moderates_anywhere(actor_of(member), forum):
        return Refusal(
            _("Moderators are not warned or banned in this way."), _("Speak with the administrators.")
        )
    return None


def _why_too_much(member: User, sweep: Sweep) -> Refusal | None:
    board, remedy = settings.ROSTRA, _("Remove the posts one by one, and ban the member by one of them.")
    number = max(member.post_count, sweep.own + len(sweep.posts))
    if number >= board.spam_posts:
        told = _(
            "%(name)s has %(number)s posts: all can be removed at once of members with fewer than %(most)s."
        )
        return Refusal(told % {"name": member.name, "number": number, "most": board.spam_posts}, remedy)
    if now() - member.joined_at >= timedelta(days=board.spam_days):
        told = _("%(name)s joined more than %(days)s days ago: all can be removed at once of newer members.")
        return Refusal(told % {"name": member.name, "days": board.spam_days}, remedy)
    if not sweep.forum_ids:
        return Refusal(_("Nothing of %(name)s is there that could be removed.") % {"name": member.name}, "")
    return None


def clean_spam(
    *, moderator: Actor, member_id: int, reasons: Reasons, seen: str, bans_email: bool = False
) -> Case:
    """Remove all that a new member wrote, refuse what waits, end the sessions, ban the account; returns the case.

    `seen` is the seal of what was shown. `bans_email`: nobody signs up with that address again. Raises Refused by policy,
    Invalid by field: `seen` when there is something else by now.
    """
    with change():
        _lock(sweep_of(User.objects.get(id=member_id)))
        member = User.objects.select_for_update().get(id=member_id)
        sweep = sweep_of(member)
        refuse(why_not_clean(moderator, member, sweep))
        tree = forest(stamp().structure).by_id
        checked = checked_reasons(reasons, tree[sweep.forum_ids[0]])
        if sweep.seal != seen:
            raise Invalid(seen=_("There is more or less of it by now. Look at the list once more."))
        opened = open_case(
            Case.Kind.SPAM, moderator, tree[sweep.forum_ids[0]], checked, _about(member, sweep)
        )
        _close_reports(member, sweep, opened)
        _take_away(moderator, sweep, opened, tree)
        settle_sanctions(member_id=member.pk)
        end_other_sessions(member_id=member.pk, but="")
        if bans_email:
            _ban_email(moderator, member, opened)
    return opened


def _lock(sweep: Sweep) -> None:
    """Topics, then forums, both by their numbers, and the member last, as everywhere where posts are counted."""
    topics = {topic.pk for topic in sweep.topics} | {post.topic_id for post in sweep.posts}
    list(Topic.objects.select_for_update().filter(id__in=topics).order_by("id").values_list("id"))
    lock_forums(*sweep.forum_ids)


def _about(member: User, sweep: Sweep) -> dict[str, Any]:
    """The case shows one of the texts; its hidings name all that went."""
    about: dict[str, Any] = {"member_id": member.pk, "member_name": member.name}
    if sweep.topics:
        return {**about, "topic": sweep.topics[0]}
    if sweep.posts:
        return {**about, "post": sweep.posts[0], "topic": sweep.posts[0].topic}
    return {**about, "held": sweep.held[0]}


def _take_away(moderator: Actor, sweep: Sweep, opened: Case, tree: dict[int, Node]) -> None:
    for topic in sweep.topics:
        remove_topic(moderator=moderator, topic_id=topic.pk, forum=tree[topic.forum_id])
    for post in sweep.posts:
        remove_post(moderator=moderator, post_id=post.pk, forum=tree[post.topic.forum_id])
    for held in sweep.held:
        decide(held, moderator, Held.State.REFUSED)
    hidings: Iterable[Hiding] = (
        *(Hiding(topic=topic, case=opened) for topic in sweep.topics),
        *(Hiding(post=post, case=opened) for post in sweep.posts),
        *(Hiding(held=held, case=opened) for held in sweep.held),
    )
    Hiding.objects.bulk_create(hidings)


def _close_reports(member: User, sweep: Sweep, opened: Case) -> None:
    """Who reported one of these posts was right."""
    reported = Report.objects.filter(post__author=member, post__removed_at=None, closed_at=None)
    topics = {topic.pk for topic in sweep.topics} | {post.topic_id for post in sweep.posts}
    for post_id in set(reported.filter(post__topic_id__in=topics).values_list("post_id", flat=True)):
        close_reports(post_id=post_id, outcome=Report.Outcome.AGREED, case=opened)


def _ban_email(moderator: Actor, member: User, opened: Case) -> None:
    """Signing in stays possible, so that the member can read the case and appeal."""
    email = member.email.lower()
    if not email or AddressBan.objects.filter(target=email, ended_at=None).exists():
        return
    try:
        set_ban(
            setter=moderator, target=Target(AddressBan.Kind.EMAIL, email), stops=AddressBan.Stops.SIGN_UP, days=0,
            reason=_("Spam: case %(number)s.") % {"number": opened.pk}, case_number=opened.pk,
        )  # fmt: skip
    except Invalid as invalid:
        raise Invalid(bans_email=str(invalid)) from None


def bring_back(*, moderator: Actor, case: Case) -> None:
    """What went as spam is there again, as it was; what came back since by other ways is left alone."""
    away = Hiding.objects.filter(case=case)
    with change():
        topics = Topic.objects.filter(Q(hiding__in=away) | Q(post__hiding__in=away)).order_by("id").distinct()
        numbers = sorted(set(topics.values_list("id", flat=True)))
        rows = Topic.objects.select_for_update().filter(id__in=numbers).order_by("id")
        lock_forums(*rows.values_list("forum_id", flat=True))
        for post in list(Post.objects.filter(hiding__in=away, removed_at__isnull=False).order_by("-id")):
            restore_post(post_id=post.pk)
        for topic in list(Topic.objects.filter(hiding__in=away, removed_at__isnull=False).order_by("-id")):
            restore_topic(topic_id=topic.pk)
        Held.objects.filter(hiding__case=case, state=Held.State.REFUSED).update(
            state=Held.State.WAITING, decided_at=None, decider=None
        )
        end_bans_of_case(ender=moderator, case_number=case.pk)
