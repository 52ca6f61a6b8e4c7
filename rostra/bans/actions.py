"""Writes: addresses are banned and free again; which members used which is noted, looked up, and forgotten."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.bans.events import AddressBanEnded, AddressBanned, AddressesLookedUp
from rostra.bans.models import AddressBan, AddressUse, Look
from rostra.bans.policy import why_not_look_up, why_not_manage_bans
from rostra.bans.queries import MOST_BANS, oldest_kept
from rostra.bans.targets import Target, covers, read_target
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Gone, Invalid, refuse
from rostra.kernel.text import is_visible

LEAST_REASON, LONGEST_REASON = 10, 1_000
MOST_DAYS = 3_650


def ban_address(
    *, setter: Actor, target: str, stops: int, days: int, reason: str, own_address: str = ""
) -> AddressBan:
    """Ban what was typed, for so many days, 0 for no end. `own_address` is where the setter comes from now.

    Raises Refused by policy, Invalid by field.
    """
    refuse(why_not_manage_bans(setter))
    faults, found = {}, None
    try:
        found = read_target(target)
    except Invalid as invalid:
        faults.update(invalid.faults)
    else:
        faults.update(_faults_of(found, setter, stops, own_address))
    if stops not in AddressBan.Stops.values:
        faults["stops"] = _("Choose what the ban stops.")
    if not 0 <= days <= MOST_DAYS:
        faults["days"] = _("From 1 to %(most)s days, or 0 for no end.") % {"most": f"{MOST_DAYS:,}"}
    good = ""
    try:
        good = checked_reason(reason)
    except Invalid as invalid:
        faults.update(invalid.faults)
    if faults or found is None:
        raise Invalid(**faults)
    return set_ban(setter=setter, target=found, stops=stops, days=days, reason=good)


def _faults_of(target: Target, setter: Actor, stops: int, own_address: str) -> dict[str, str]:
    own_email = User.objects.values_list("email", flat=True).get(id=setter.id or 0)
    if covers(target, own_address, own_email):
        return {"target": _("This is your own address: you would shut yourself out.")}
    if stops == AddressBan.Stops.SIGN_IN and not target.is_single and target.kind == AddressBan.Kind.NETWORK:
        return {"stops": _("Others share a range: it can stop signing up and writing, not signing in.")}
    is_of_somebody = target.kind == AddressBan.Kind.EMAIL and target.is_single and _is_known(target.text)
    if is_of_somebody and stops in (AddressBan.Stops.WRITING, AddressBan.Stops.SIGN_IN):
        told = _("A member has this address: here it can stop signing up only.")
        return {"stops": told + " " + _("Ban the member instead, by a decision about one of their posts.")}
    return {}


def _is_known(email: str) -> bool:
    """Is it the address of an account? Against those there are decisions, with reasons and an appeal."""
    return User.objects.filter(email=email, is_waiting=False).exists()


def set_ban(
    *, setter: Actor, target: Target, stops: int, days: int, reason: str, case_number: int | None = None
) -> AddressBan:
    """Write a ban whose right to be was checked. Raises Invalid when there is one already, or there are too many."""
    with change(is_structural=True) as this:
        held = AddressBan.objects.filter(ended_at=None)
        held.filter(until__lte=now()).update(ended_at=now())  # their time was over: they make room
        known = held.filter(target=target.text).first()
        if known is not None:
            told = {"target": target.text, "number": known.pk}
            raise Invalid(
                target=_("%(target)s is banned already: ban %(number)s. End that one first.") % told
            )
        if held.count() >= MOST_BANS:
            raise Invalid(
                target=_("At most %(most)s bans hold at once. End one first.") % {"most": f"{MOST_BANS:,}"}
            )
        made = AddressBan.objects.create(
            kind=target.kind, target=target.text, stops=stops, reason=reason, setter_id=setter.id,
            setter_name=setter.name, made_at=now(), until=now() + timedelta(days=days) if days else None,
            case_number=case_number,
        )  # fmt: skip
        this.record(AddressBanned(ban=made.pk))
    return made


def end_ban(*, ender: Actor, ban_id: int) -> None:
    """Take a ban back. Raises Refused by policy, Gone when it holds no more."""
    refuse(why_not_manage_bans(ender))
    if not _ended(AddressBan.objects.filter(id=ban_id), ender):
        raise Gone(_("This ban does not hold any more."))


def end_bans_of_case(*, ender: Actor, case_number: int) -> None:
    """Take back what came with a case that is taken back."""
    came = AddressBan.objects.filter(case_number=case_number)
    if came.filter(ended_at=None).exists():
        _ended(came, ender)


def _ended(bans: QuerySet[AddressBan], ender: Actor) -> bool:
    with change(is_structural=True) as this:
        held = bans.select_for_update().filter(Q(until=None) | Q(until__gt=now()), ended_at=None)
        numbers = list(held.values_list("id", flat=True))
        AddressBan.objects.filter(id__in=numbers).update(ended_at=now(), ender_name=ender.name)
        for number in numbers:
            this.record(AddressBanEnded(ban=number))
    return bool(numbers)


def note_use(*, member_id: int, network: str) -> None:
    """Note that a member posts or signs in from a network, within that change; twice is one row."""
    if not settings.ROSTRA.address_days or network in ("", "unknown"):
        return
    moment = now()
    with change(is_visible=False, passes_gates=True):
        AddressUse.objects.bulk_create(
            [AddressUse(member_id=member_id, address=network, first_at=moment, last_at=moment)],
            update_conflicts=True, unique_fields=["member", "address"], update_fields=["last_at"],
        )  # fmt: skip


def forget_uses() -> int:
    """Forget the addresses that nobody used within the days that they are kept. Returns how many."""
    with change(is_visible=False):
        late = AddressUse.objects.filter(last_at__lte=oldest_kept())
        forgotten, _kinds = late.delete()
    return forgotten


def look_up(*, looker: Actor, member: User, reason: str) -> Look:
    """Note who wants to see whose addresses, and why. Raises Refused by policy, Invalid without a reason."""
    refuse(why_not_look_up(looker, member))
    good = checked_reason(reason)
    with change(is_visible=False) as this:
        look = Look.objects.create(
            looker_id=looker.id, looker_name=looker.name, member=member, member_name=member.name, reason=good,
            made_at=now(),
        )  # fmt: skip
        this.record(AddressesLookedUp(look=look.pk, member=member.pk, looker=looker.id or 0))
    return look


def checked_reason(text: str) -> str:
    """Why it is done, as it is kept. Raises Invalid."""
    good = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not is_visible(good) or len(good) < LEAST_REASON:
        raise Invalid(reason=_("Say why, in a sentence at least: others check it."))
    if len(good) > LONGEST_REASON:
        raise Invalid(reason=_("At most %(most)s characters, please.") % {"most": f"{LONGEST_REASON:,}"})
    return good
