"""Telling a member of a decision: a letter in the transaction of the decision; the board tells of it on the next page."""

from rostra.accounts.models import User
from rostra.moderation.models import Case
from rostra.web.letters import write_letter
from rostra.web.moderators import shown_name
from rostra.web.requests import Request


def tell_of_case(request: Request, opened: Case) -> None:
    """Write to the member whom a decision concerns."""
    member = User.objects.filter(id=opened.member_id or 0).first()
    if member is None or not member.email:
        return
    write_letter(
        request, member.email, "case_opened", language=member.language, name=member.name, case_id=opened.pk,
        kind=opened.kind, facts=opened.facts, quoted=opened.quoted, rule_text=opened.rule.text,
        moderator=shown_name(opened.moderator_name),
    )  # fmt: skip
