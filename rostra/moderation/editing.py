"""A moderator's edit of somebody else's post: never silent, and never without its reasons."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from rostra.accounts.actors import Actor
from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, refuse
from rostra.moderation.models import Case, Former, Report
from rostra.moderation.opening import open_case
from rostra.moderation.reasons import Reasons, checked_reasons
from rostra.moderation.reports import close_reports
from rostra.permissions.capabilities import May
from rostra.topics.actions import edit_post
from rostra.topics.models import Post, Topic
from rostra.topics.queries import TopicRow
from rostra.topics.undoing import Text, undo_edit


class Edit(NamedTuple):
    """What a post shall say: the text, with an opening post the title, the public reason, and the edits that were known."""

    body: str
    title: str | None = None
    reason: str = ""
    base: int | None = None


def must_state_reasons(editor: Actor, author_id: int | None) -> bool:
    """Whoever changes what somebody else wrote says why; of one's own one is the author."""
    return author_id is None or editor.id != author_id


def edit_with_reasons(
    *, moderator: Actor, post_id: int, topic: TopicRow, forum: Node, edit: Edit, reasons: Reasons
) -> Case | None:
    """Change somebody else's post and open the case; None where that changes nothing.

    Raises what `edit_post` raises, and then Invalid by field for the reasons.
    """
    refuse(why_not_moderate(moderator, forum, May.MOD_EDIT))
    with change():
        topic_before = Topic.objects.select_for_update().get(id=topic.id)
        before = Post.objects.select_for_update().get(id=post_id, topic_id=topic.id)
        after = edit_post(
            editor=moderator, post_id=post_id, topic=topic, forum=forum, body=edit.body, title=edit.title,
            reason=edit.reason, base=edit.base,
        )  # fmt: skip
        if after.edit_count == before.edit_count:
            return None
        checked = checked_reasons(reasons, forum)
        about = {
            "post": before, "topic_id": topic.id, "member_id": before.author_id, "member_name": before.author_name,
        }  # fmt: skip
        opened = open_case(Case.Kind.EDIT_POST, moderator, forum, checked, about)
        _keep(opened, before, after, topic_before.title)
        if checked.source == Case.Source.REPORT:
            close_reports(post_id=post_id, outcome=Report.Outcome.AGREED, case=opened)
    return opened


def _keep(opened: Case, before: Post, after: Post, title: str) -> None:
    is_opening = before.position == 1
    titles = {"title": title, "new_title": Topic.objects.get(id=before.topic_id).title} if is_opening else {}
    Former.objects.create(
        case=opened, edit=after.edit_count, source=before.source, new_source=after.source, edited_at=before.edited_at,
        editor_name=before.editor_name, edit_reason=before.edit_reason, **titles,
    )  # fmt: skip


def take_back_edit(found: Case) -> None:
    """The post says again what it said before. Raises Gone when it was edited since, or deleted for good."""
    if Post.objects.filter(id=found.post_id or 0, source="").exists():  # nobody posts nothing
        raise Gone(_("What this decision was about was deleted for good: it cannot come back."))
    former = Former.objects.get(case=found)
    text = Text(
        former.source,
        former.title,
        former.new_title,
        former.edited_at,
        former.editor_name,
        former.edit_reason,
    )
    undo_edit(post_id=found.post_id or 0, number=former.edit, before=text)
