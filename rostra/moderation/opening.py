"""A case is opened: within the change that restricts somebody."""

from typing import Any

from rostra.accounts.actors import Actor
from rostra.accounts.models import User
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.moderation.events import CaseOpened
from rostra.moderation.models import Case
from rostra.moderation.reasons import Checked


def open_case(
    kind: Case.Kind, moderator: Actor, forum: Node, reasons: Checked, about: dict[str, Any]
) -> Case:
    """Write the case, and have the member told on the next page. `about`: its object, the member, how long it holds."""
    with change() as this:
        opened = Case.objects.create(
            kind=kind, forum_id=forum.id, moderator_id=moderator.id, moderator_name=moderator.name, decided_at=now(),
            **reasons._asdict(), **about,
        )  # fmt: skip
        if opened.member_id not in (None, moderator.id):
            User.objects.filter(id=opened.member_id).update(has_unseen_cases=True)
        this.record(CaseOpened(case=opened.pk))
    return opened
