"""What somebody is told whose address is banned: by which ban, until when, and how to object. Reading stays free."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor, actor_of
from rostra.accounts.models import User
from rostra.bans.models import AddressBan
from rostra.bans.policy import is_never_kept_out
from rostra.bans.queries import BanRow, Bans, bans_in_force, listed_bans
from rostra.forums.queries import forest_in
from rostra.kernel.refusals import Refusal
from rostra.permissions.capabilities import MODERATING, May
from rostra.web.clients import client_address
from rostra.web.dates import day
from rostra.web.moderators import shown_name
from rostra.web.requests import stamp_of

_Stops = AddressBan.Stops


def why_not_sign_in(request: HttpRequest, user: User) -> Refusal | None:
    """Why an account does not sign in from here. Moderators and administrators always do: nobody shuts them out."""
    bans = _bans(request)
    ban = bans.of_address(client_address(request), _Stops.SIGN_IN) or bans.of_email(
        user.email, _Stops.SIGN_IN
    )
    return refusal_by(ban) if ban and not is_never_kept_out(actor_of(user)) else None


def why_not_write_from(request: HttpRequest, actor: Actor) -> Refusal | None:
    """Why a member writes nothing from here, or with this e-mail address. Moderators and administrators do."""
    if actor.is_admin:
        return None
    bans = _bans(request)
    ban = bans.of_address(client_address(request), _Stops.WRITING)
    if ban is None and bans.asks_for_emails(_Stops.WRITING):
        email = User.objects.values_list("email", flat=True).get(id=actor.id or 0)
        ban = bans.of_email(email, _Stops.WRITING)
    return refusal_by(ban) if ban and not is_never_kept_out(actor) else None


def faults_of_sign_up(request: HttpRequest, email: str) -> list[tuple[str | None, str]]:
    """What is wrong with signing up from here, or with this e-mail address: the field, or None, and the words."""
    ban = _bans(request).of_address(client_address(request), _Stops.SIGN_UP)
    if ban is not None:
        return [(None, _in_words(ban))]
    fault = fault_of_email(request, email)
    return [("email", fault)] if fault else []


def fault_of_email(request: HttpRequest, email: str) -> str:
    """What is wrong with an e-mail address that an account is to have; empty for nothing."""
    ban = _bans(request).of_email(email, _Stops.SIGN_UP)
    return _in_words(ban) if ban else ""


def why_not_confirm(request: HttpRequest, email: str) -> Refusal | None:
    """Why an e-mail address is not confirmed: it was banned since it was typed."""
    ban = _bans(request).of_email(email, _Stops.SIGN_UP)
    return refusal_by(ban) if ban else None


def refusal_by(ban: BanRow) -> Refusal:
    """By which ban, and how to object: others may share the address."""
    told = {"number": ban.id, "day": day(ban.until.date()) if ban.until else ""}
    if ban.kind == AddressBan.Kind.EMAIL:
        without = _("Your e-mail address is among those that were banned from this board: ban %(number)s.")
        until = _(
            "Your e-mail address is among those that were banned from this board until %(day)s: ban %(number)s."
        )
    else:
        without = _("The network address that you come from was banned from this board: ban %(number)s.")
        until = _(
            "The network address that you come from was banned from this board until %(day)s: ban %(number)s."
        )
    return Refusal((until if ban.until else without) % told, how_to_object(ban.id))


def how_to_object(number: int) -> str:
    """Whom to write to."""
    contact = settings.ROSTRA.contact.removeprefix("mailto:").removeprefix("tel:")
    shared = _("Others may share it with you, so this may not be about you.")
    if not contact:
        return f"{shared} " + _("Tell those who run the board, and name ban %(number)s. You can read on.") % {
            "number": number
        }
    told = _("If it is wrong, turn to %(contact)s and name ban %(number)s. You can read on.")
    return f"{shared} " + told % {"contact": contact, "number": number}


def _in_words(ban: BanRow) -> str:
    refusal = refusal_by(ban)
    return f"{refusal.reason} {refusal.remedy}"


def _bans(request: HttpRequest) -> Bans:
    return bans_in_force(stamp_of(request).structure)


def stops_in_words() -> dict[int, str]:
    """What bans stop, in words."""
    return {
        _Stops.SIGN_UP: _("stops signing up"),
        _Stops.WRITING: _("stops signing up and writing"),
        _Stops.SIGN_IN: _("stops signing up, writing and signing in"),
    }


class ShownBan(NamedTuple):
    """A ban as moderators read it in the log; `target` is what is banned as far as they may know."""

    row: BanRow
    target: str
    stops: str
    setter: str


def bans_for(request: HttpRequest, actor: Actor, number: int) -> list[ShownBan]:
    """The newest bans for the log, when a moderator reads it. Single addresses are for who may look them up."""
    rights = forest_in(request.META).book.rights(actor)
    if not actor.is_member or not any(mask & MODERATING for mask in rights.at.values()):
        return []
    knows = rights.may(May.MANAGE_MEMBERS) or bool(rights.where(May.MOD_ADDRESSES))
    words = stops_in_words()
    return [
        ShownBan(row, row.target if knows else _kind_of(row), words[row.stops], shown_name(row.setter_name))
        for row in listed_bans(2**62, number, is_all=True)[:number]
    ]  # fmt: skip


def _kind_of(row: BanRow) -> str:
    if row.kind == AddressBan.Kind.EMAIL:
        return row.target if row.target.startswith("*") else _("an e-mail address")
    return _("a network address") if "/" not in row.target else _("a range of network addresses")
