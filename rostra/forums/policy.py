"""May I, in a forum."""

from django.utils.translation import gettext

from rostra.accounts.actors import Actor
from rostra.board.queries import stamp
from rostra.forums.queries import Node, forest
from rostra.forums.rights import is_newcomer
from rostra.kernel.refusals import Refusal
from rostra.permissions.capabilities import ABOUT, MODERATING, NOTHING, READING, May


def may(actor: Actor, forum: Node, capability: May) -> bool:
    """Was the actor given this here? What the board or the forum is closed for is asked elsewhere."""
    return forum.book.rights(actor).may(capability, forum.id)


def is_moderator(actor: Actor, forum: Node) -> bool:
    """May the actor do anything here that moderators do?"""
    return bool(forum.book.rights(actor).at.get(forum.id, NOTHING) & MODERATING)


def moderates_anywhere(actor: Actor, forum: Node) -> bool:
    """Is the actor a moderator of this forum or of any other?"""
    return any(masks & MODERATING for masks in forum.book.rights(actor).at.values())


def why_not_read(actor: Actor, forum: Node) -> Refusal | None:
    """Why the actor may not read in a forum that may be seen."""
    return why_not_open(actor, forum) or why_locked(actor, forum)


def why_locked(actor: Actor, forum: Node) -> Refusal | None:
    """Why a password must be typed first; what stands highest in the tree comes first. Moderators need none."""
    if actor.opened.issuperset(forum.locks) or is_moderator(actor, forum):
        return None
    closed = next(each for each in (*forum.ancestors, forum) if each.lock and each.lock not in actor.opened)
    return Refusal(
        gettext("“%(forum)s” has a password.") % {"forum": closed.name},
        gettext("Type it once, and you can read what is in it."),
        leads_to=f"{closed.address}password",
    )


def why_not_open(actor: Actor, forum: Node) -> Refusal | None:
    """Why the actor may not read in a forum that may be seen, its password apart."""
    if may(actor, forum, May.READ):
        return None
    return Refusal(
        gettext("What is written in “%(forum)s” is not for everybody.") % {"forum": forum.name},
        gettext("Sign in: members may read more.")
        if not actor.is_member
        else gettext("Ask an administrator."),
        must_sign_in=not actor.is_member,
    )


def why_not_give(actor: Actor) -> Refusal | None:
    """Why the actor may not give or take rights."""
    tree = forest(stamp().structure)
    if tree.book.rights(actor).may(May.MANAGE_RIGHTS):
        return None
    return Refusal(
        gettext("You may not give or take rights."),
        gettext("Administrators can."),
        must_sign_in=not actor.is_member,
    )


def why_not_manage(actor: Actor, capability: May) -> Refusal | None:
    """Why the actor may not do what this capability of the whole board allows."""
    tree = forest(stamp().structure)
    if tree.book.rights(actor).may(capability):
        return None
    return Refusal(
        gettext("You may not do this: %(what)s.") % {"what": gettext(ABOUT[capability].words)},
        gettext("Administrators can."),
        must_sign_in=not actor.is_member,
    )


def may_read_of(actor: Actor, forum: Node, author_id: int | None) -> bool:
    """May the actor read a topic here that this member began? In some forums one reads only one's own."""
    return may(actor, forum, May.READ_OTHERS) or (actor.id is not None and actor.id == author_id)


def is_read_by_fewer(here: Node, there: Node) -> bool:
    """Is there anybody, in a circle, a group or by themselves, who reads what is here, and would not read it there?"""
    if here.id == there.id:
        return False
    if not set(there.locks) <= set(here.locks):
        return True
    for holders in here.book.kinds_of_readers():
        rights = here.book.rights_of(holders)
        if rights.at.get(here.id, NOTHING) & READING & ~rights.at.get(there.id, NOTHING):
            return True
    return False


def shows_only_own(forum: Node) -> bool:
    """Does anybody read only their own topics here?"""
    at = [
        forum.book.rights_of(holders).at.get(forum.id, NOTHING) for holders in forum.book.kinds_of_readers()
    ]
    return any(mask & May.READ and not mask & May.READ_OTHERS for mask in at)


def why_not_as_others() -> Refusal:
    """Why nothing can be written by who looks at the board as others do."""
    return Refusal(
        gettext("You look at the board as others see it: nothing can be written."),
        gettext("End that first, above."),
    )


def why_not_change(forum: Node) -> Refusal | None:
    """Why nobody can write anything on this board now."""
    if not forum.read_only:
        return None
    told = gettext("The board is read-only for now: %(reason)s") % {"reason": forum.read_only}
    return Refusal(told, gettext("You can still read all of it."))


def why_not_moderate(actor: Actor, forum: Node, capability: May = NOTHING) -> Refusal | None:
    """Why the actor may not moderate here, or not in this way."""
    if forum.read_only:
        return why_not_change(forum)
    if is_moderator(actor, forum):
        return None if may(actor, forum, capability) else _not_given(actor, forum, capability)
    names = ", ".join(group.name for group in forum.moderators) or gettext("the administrators")
    return Refusal(
        gettext("Only moderators of “%(forum)s” can do this.") % {"forum": forum.name},
        gettext("Here that is %(names)s.") % {"names": names},
        must_sign_in=not actor.is_member,
    )


def why_not_write(actor: Actor, forum: Node, capability: May) -> Refusal | None:
    """Why the actor may not begin a topic, reply, or whatever the capability is, in this forum."""
    if forum.kind != "forum":
        return Refusal(
            gettext("“%(forum)s” holds no topics of its own.") % {"forum": forum.name},
            gettext("Choose one of the forums in it."),
        )
    if actor.stands_for and may(actor, forum, capability):
        return why_not_as_others()
    if not actor.is_member and not actor.stands_for:
        return Refusal(
            gettext("Only members can write here."),
            gettext("Sign in, or sign up: it takes a minute."),
            must_sign_in=True,
        )
    if forum.read_only:
        return why_not_change(forum)
    if actor.silent_until is not None:
        return Refusal(
            gettext("You may not write for now, by a decision of the moderators."),
            gettext("The decision with its reasons, and how to appeal, is at /cases/."),
            ended_at=None,
        )
    barred = forum.book.bar_at(actor, forum.id)
    if barred is not None:
        return Refusal(
            gettext("You may not take part in “%(forum)s” for now, by a decision of the moderators.")
            % {"forum": forum.name},
            gettext("The decision with its reasons, and how to appeal, is at /cases/."),
        )
    if forum.is_closed and not is_moderator(actor, forum):
        return Refusal(
            gettext("“%(forum)s” is closed for new posts.") % {"forum": forum.name},
            gettext("You can still read all of it."),
        )
    return why_locked(actor, forum) if may(actor, forum, capability) else _not_given(actor, forum, capability)


def _not_given(actor: Actor, forum: Node, capability: May) -> Refusal:
    missing = next((each for each in May if each & capability and not may(actor, forum, each)), capability)
    return Refusal(
        gettext("In “%(forum)s” you may not do this: %(what)s.")
        % {"forum": forum.name, "what": gettext(ABOUT[missing].words)},
        gettext("You become able to do more with time and posts.") if is_newcomer(actor) else "",
    )
