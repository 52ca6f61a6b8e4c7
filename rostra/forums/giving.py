"""Writes of rights: what circles, groups and members are given, and roles."""

import re
from collections.abc import Iterable

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext

from rostra.accounts.actors import Actor
from rostra.accounts.models import Group, User
from rostra.board.models import Stamp
from rostra.board.queries import stamp
from rostra.forums.effects import Given, Said, loses_office, said, with_role, with_said
from rostra.forums.models import Forum, Grant, Role, RoleValue
from rostra.forums.policy import why_not_give
from rostra.forums.queries import forest
from rostra.forums.rights import Book
from rostra.forums.roles import presets, roles
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid, Refusal, refuse
from rostra.kernel.text import one_line
from rostra.permissions.capabilities import ABOUT, BY_NAME
from rostra.permissions.resolution import BOARD, CIRCLES, Holder, Value

LONGEST_PASSWORD = 200
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")  # one way to write an id: a grant's key names its holder


class Stale(Exception):
    """Something else is said by now than the giver had seen."""


def give(*, giver: Actor, holder: Holder, place: int, values: Given) -> None:
    """Say what a holder is given at a place: a forum's id, or BOARD. Capabilities that are not named stay as they are.

    Raises Refused by policy, Invalid for a holder, place, capability or value that is none.
    """
    refuse(why_not_give(giver))
    _check(values, place)
    with change(is_structural=True):
        _one_after_another()
        about = {**_columns(holder), "forum": _forum(place)}
        for capability, value in values.items():
            key = grant_key(holder, place, capability)
            if value:
                Grant.objects.update_or_create(
                    key=key, defaults={**about, "capability": capability, "value": value}
                )
            else:
                Grant.objects.filter(key=key).delete()


def say(
    *, giver: Actor, holder: Holder, place: int, says: Said, seen: Said, accepts_loss: bool = False
) -> None:
    """Say all that a holder is given at a place, instead of what is said there now.

    `seen`: what the giver had before the eyes. Raises Stale when it is another by now, Refused when the giver could
    not give rights any more and does not accept that, and what `give` and `give_role` raise.
    """
    with change(is_structural=True):
        _one_after_another()
        book = _book()
        now = said(book, holder, place)
        if now != seen:
            raise Stale
        values = {name: says.values.get(name, "") for name in {**now.values, **says.values}}
        give(giver=giver, holder=holder, place=place, values=values)
        give_role(giver=giver, holder=holder, place=place, role=says.role)
        if not accepts_loss:
            known = {role.name: role.values for role in roles()}
            refuse(why_not_lose(giver, book, with_said(book, holder, place, says, known)))


def why_not_lose(giver: Actor, before: Book, after: Book) -> Refusal | None:
    """Why the giver should think again: with this change the giver could not give rights any more."""
    if not loses_office(before, after, giver):
        return None
    return Refusal(
        gettext("You could not give or take rights any more after this, and could not undo it."),
        gettext("Say that you want it all the same, or have an administrator do it."),
    )


def give_role(*, giver: Actor, holder: Holder, place: int, role: str) -> None:
    """Give a holder a role at a place, by its name; an empty one takes it away. Raises Refused and Invalid."""
    refuse(why_not_give(giver))
    with change(is_structural=True):
        _one_after_another()
        key = grant_key(holder, place, "role")
        if not role:
            Grant.objects.filter(key=key).delete()
            return
        found = Role.objects.filter(name=role).first()
        if found is None:
            raise Invalid(role=gettext("There is no role “%(name)s”.") % {"name": role[:60]})
        about = {**_columns(holder), "forum": _forum(place), "role": found}
        Grant.objects.update_or_create(key=key, defaults=about)


def define_role(
    *,
    giver: Actor,
    name: str,
    values: Given,
    about: str = "",
    instead_of: str = "",
    is_new: bool = False,
    accepts_loss: bool = True,
) -> Role:
    """Make a role, or change what it gives: everybody who has it has the change. `instead_of` is its name until now.

    `is_new`: there is none of this name, so that no role that others have is written over. Raises Refused, also when the giver could not give rights any more and does not accept that, and Invalid.
    """
    refuse(why_not_give(giver))
    good = one_line(name)
    if not good or len(good) > 60 or "\0" in name + about:
        raise Invalid(name=gettext("A role needs a name of at most 60 characters."))
    _check(values, None)
    with change(is_structural=True):
        _one_after_another()
        is_other = is_new or bool(instead_of and instead_of != good)
        if is_other and Role.objects.filter(name=good).exists():
            raise Invalid(name=gettext("There is a role “%(name)s” already.") % {"name": good})
        if not accepts_loss:
            refuse(why_not_lose(giver, book := _book(), with_role(book, instead_of or good, values)))
        if instead_of and is_other:
            Role.objects.filter(name=instead_of).update(name=good)
        role, _is_new = Role.objects.update_or_create(name=good, defaults={"about": one_line(about)[:300]})
        role.values.all().delete()
        RoleValue.objects.bulk_create(
            [RoleValue(role=role, capability=key, value=value) for key, value in values.items() if value]
        )
    return role


def make_presets(*, giver: Actor) -> int:
    """Make the roles that every board can have; one of the same name stays as it is. Returns how many. Raises Refused."""
    refuse(why_not_give(giver))
    with change(is_structural=True):
        _one_after_another()
        missing = [each for each in presets() if not Role.objects.filter(name=each.name).exists()]
        for each in missing:
            define_role(giver=giver, name=each.name, values=each.values, about=each.about)
    return len(missing)


def drop_role(*, giver: Actor, name: str) -> None:
    """Take a role away that nobody has; of one that is not there, nothing. Raises Refused, and Invalid while it is in use."""
    refuse(why_not_give(giver))
    with change(is_structural=True):
        _one_after_another()
        if Grant.objects.filter(role__name=name).exists():
            raise Invalid(role=gettext("The role “%(name)s” is in use.") % {"name": name[:60]})
        Role.objects.filter(name=name).delete()


def copy_grants(*, giver: Actor, source: int, targets: Iterable[int]) -> None:
    """Give everybody at some places what they are given at another, and nothing else. Raises Refused and Invalid."""
    refuse(why_not_give(giver))
    with change(is_structural=True):
        _one_after_another()
        for target in set(targets) - {source}:
            forum, old = _forum(target), list(Grant.objects.filter(forum=_forum(source)))
            Grant.objects.filter(forum=forum).delete()
            for each in old:
                _place, rest = each.key.split("/", 1)
                each.pk, each.forum, each.key = None, forum, f"{target}/{rest}"
            Grant.objects.bulk_create(old)


def _one_after_another() -> None:
    """Nothing else is committed from here on: what is read holds until this change is."""
    Stamp.objects.select_for_update().get()


def _book() -> Book:
    return forest(stamp().structure).book


def set_forum_password(*, giver: Actor, place: int, password: str) -> None:
    """Give a forum, and all below it, a password that must be typed; an empty one takes it away. Raises Refused and Invalid."""
    refuse(why_not_give(giver))
    forum = _forum(place)
    if forum is None:
        raise Invalid(place=gettext("The whole board has no password. Choose a forum."))
    if len(password) > LONGEST_PASSWORD:
        told = gettext("A password has at most %(most)s characters.") % {"most": LONGEST_PASSWORD}
        raise Invalid(password=told)
    kept = make_password(password) if password else ""  # before the change: it takes long
    with change(is_structural=True):
        Forum.objects.filter(id=place).update(password=kept)


def opens(*, place: int, password: str) -> bool:
    """Is this the password of a forum?"""
    kept = Forum.objects.filter(id=place).values_list("password", flat=True).first()
    return (
        bool(password and kept)
        and kept is not None
        and len(password) <= LONGEST_PASSWORD
        and check_password(password, kept)
    )


def grant_key(holder: Holder, place: int, what: str) -> str:
    """What is given to whom and where in one text; `what` is the name of a capability, or `role`."""
    return f"{place}/{holder.kind}/{holder.key}/{what}"


def _forum(place: int) -> Forum | None:
    if place == BOARD:
        return None
    found = Forum.objects.filter(id=place).first()
    if found is None:
        raise Invalid(place=gettext("There is no forum %(number)s.") % {"number": place})
    return found


def _columns(holder: Holder) -> dict[str, object]:
    """The columns that name a holder."""
    if holder in CIRCLES:
        return {"circle": holder.key}
    model = {"group": Group, "member": User}.get(holder.kind)
    number = int(holder.key) if _NUMBER.fullmatch(holder.key) else 0
    found = model.objects.filter(id=number).first() if model else None  # type: ignore[attr-defined]
    if found is None:
        raise Invalid(holder=gettext("Nobody is called %(kind)s %(key)s here.") % holder._asdict())
    return {holder.kind: found}


def _check(values: Given, place: int | None) -> None:
    for name, value in values.items():
        if name not in BY_NAME:
            raise Invalid(capability=gettext("There is no capability “%(name)s”.") % {"name": name[:30]})
        if value and value not in set(Value):
            raise Invalid(
                value=gettext("A value is yes, no or never, not “%(value)s”.") % {"value": value[:20]}
            )
        if value and place and not ABOUT[BY_NAME[name]].is_local:
            raise Invalid(
                capability=gettext("“%(name)s” holds for the whole board: give it there.") % {"name": name}
            )
