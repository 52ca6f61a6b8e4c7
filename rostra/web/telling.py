"""Telling a member of a decision: a letter in the transaction of the decision; the board tells of it on the next page."""

from typing import Any

from django.conf import settings

from rostra.accounts.models import User
from rostra.board.queries import profile, stamp
from rostra.mail.actions import can_send, post_letter
from rostra.moderation.models import Case
from rostra.web.letters import render_letter, write_letter
from rostra.web.moderators import shown_name
from rostra.web.requests import Request


def tell_of_case(request: Request, opened: Case) -> None:
    """Write to the member whom a decision concerns."""
    member = User.objects.filter(id=opened.member_id or 0).first()
    if member is not None and member.email:
        write_letter(request, member.email, "case_opened", language=member.language, **_said(member, opened))


def tell_of_timed_case(opened: Case) -> None:
    """Write to the member whom a decision concerns that a job carried out: nobody's page is being made."""
    member = User.objects.filter(id=opened.member_id or 0).first()
    if member is None or not member.email or not can_send():
        return
    offered: tuple[str, ...] = settings.BOARD_LANGUAGES
    spoken = (member.language, profile(stamp().structure).language, *offered)
    language = next(each for each in spoken if each in offered)
    subject, body = render_letter(
        "case_opened", language, site=str(settings.SITE_URL), **_said(member, opened)
    )
    post_letter(to=member.email, subject=subject, body=body)


def _said(member: User, opened: Case) -> dict[str, Any]:
    return {
        "name": member.name, "case_id": opened.pk, "kind": opened.kind, "facts": opened.facts, "quoted": opened.quoted,
        "rule_text": opened.rule.text, "moderator": shown_name(opened.moderator_name),
    }  # fmt: skip
