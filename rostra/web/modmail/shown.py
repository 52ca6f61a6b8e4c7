"""Who speaks with whom, as a page says it; and telling a member of what came."""

from typing import Any

from django.utils.translation import gettext as _

from rostra.accounts.actors import actor_of
from rostra.accounts.models import User
from rostra.forums.queries import forest_in
from rostra.modmail.models import Conversation, Message
from rostra.modmail.queries import ConversationRow, MessageRow
from rostra.web.letters import write_letter
from rostra.web.moderators import shown_name
from rostra.web.requests import Request, forest_of


def other_side(request: Request, forum_id: int | None) -> str:
    """The moderators of a forum, without its name where whoever asks may not see it."""
    node = forest_of(request).by_id.get(forum_id or 0)
    if node is not None:
        return _("Moderators of %(forum)s") % {"forum": node.name}
    return _("The administrators") if forum_id is None else _("The moderators")


def told(request: Request, rows: list[ConversationRow]) -> list[dict[str, Any]]:
    """Conversations of a list."""
    return [
        {"row": row, "side": other_side(request, row.forum_id), "state": states()[row.state]} for row in rows
    ]


def states() -> dict[int, str]:
    """What a conversation waits for, in words."""
    return {
        Conversation.State.WAITING.value: _("waits for the moderators"),
        Conversation.State.ANSWERED.value: _("answered by the moderators"),
        Conversation.State.CLOSED.value: _("closed"),
    }


def messages(
    request: Request, row: ConversationRow, rows: list[MessageRow], *, is_moderator: bool
) -> list[dict[str, Any]]:
    """Messages, the first first. Moderators have their names before each other; the member is told what the board says."""
    side = other_side(request, row.forum_id)
    found = []
    for each in reversed(rows):
        shown = each.author_name
        if not each.is_by_member and not is_moderator:
            shown = f"{side} · {shown_name(each.author_name)}"
        elif not each.is_by_member:
            shown = f"{each.author_name} · {side}"
        found.append({"row": each, "who": shown})
    return found


def tell_of_letter(request: Request, message: Message) -> None:
    """Write to the member that the moderators have written; the board tells of it on the next page."""
    conversation = message.conversation
    member = User.objects.filter(id=conversation.member_id, is_active=True).first()
    if member is None or not member.email:
        return
    seen = forest_in(request.META).seen_by(
        actor_of(member)
    )  # it names no forum that the member does not find
    node = seen.by_id.get(conversation.forum_id or 0)
    write_letter(
        request, member.email, "moderators_wrote", language=member.language, name=member.name,
        number=conversation.pk, subject=conversation.subject, words=message.words,
        who=shown_name(message.author_name), forum=node.name if node else "",
        is_of_board=conversation.forum_id is None,
    )  # fmt: skip
