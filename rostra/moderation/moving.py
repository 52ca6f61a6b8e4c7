"""Moving a topic to where its author, or guests, can no longer read it: that restricts, and so it states its reasons."""

from django.utils.translation import gettext as _

from rostra.accounts.actors import GUEST, Actor, actor_of
from rostra.accounts.models import User
from rostra.board.queries import stamp
from rostra.forums import policy as forum_policy
from rostra.forums.policy import why_not_moderate
from rostra.forums.queries import Forest, Node, forest
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, refuse
from rostra.moderation.models import Case, Former
from rostra.moderation.opening import open_case
from rostra.moderation.reasons import Reasons, checked_reasons
from rostra.permissions.capabilities import May
from rostra.topics.models import Topic
from rostra.topics.moving import move_topic
from rostra.topics.queries import TopicRow
from rostra.topics.undoing import undo_move

NO_REASONS = Reasons(0, "")


def closes(topic: TopicRow, here: Node, to: Node) -> bool:
    """Does moving a topic take reading from its author, or from guests who could read it?"""
    tree = forest(stamp().structure)
    author = User.objects.filter(id=topic.author_id or 0).first()
    readers = [GUEST, *([actor_of(author)] if author is not None else [])]
    return any(_reads(tree, each, here, topic) and not _reads(tree, each, to, topic) for each in readers)


def _reads(tree: Forest, reader: Actor, forum: Node, topic: TopicRow) -> bool:
    is_seen = forum.id in tree.seen_by(reader).by_id
    return (
        is_seen
        and forum_policy.why_not_read(reader, forum) is None
        and forum_policy.may_read_of(reader, forum, topic.author_id)
    )


def move_with_reasons(
    *, moderator: Actor, topic: TopicRow, forum: Node, to: Node, reasons: Reasons = NO_REASONS, days: int = 0
) -> Case | None:
    """Bring a topic into another forum; where that takes reading from its author or from guests, open the case.

    `days`: how long a link stays behind; none does where the case is opened.

    Raises Refused in either forum, Invalid for no change and, by field, for reasons that are needed; Gone.
    """
    refuse(why_not_moderate(moderator, forum, May.MOD_MOVE) or why_not_moderate(moderator, to, May.MOD_MOVE))
    with change():
        before = Topic.objects.select_for_update().get(id=topic.id)
        is_closing = to.kind == "forum" and to.id != forum.id and closes(topic, forum, to)
        checked = checked_reasons(reasons, forum) if is_closing else None
        move_topic(moderator=moderator, topic=topic, forum=forum, to=to, days=0 if is_closing else days)
        if checked is None:
            return None
        about = {"topic_id": before.pk, "member_id": before.author_id, "member_name": before.author_name}
        opened = open_case(Case.Kind.MOVE_TOPIC, moderator, forum, checked, about)
        Former.objects.create(case=opened, forum_id=forum.id, new_forum_id=to.id, moved_at=before.moved_at)
    return opened


def take_back_move(found: Case, moderator: Actor, here: Node) -> None:
    """The topic is back where it was. Raises Gone when it was moved on since, Refused where one may not move topics."""
    former = Former.objects.get(case=found)
    to = forest(stamp().structure).by_id.get(former.forum_id or 0)
    if to is None or former.new_forum_id != here.id:
        raise Gone(_("The topic was moved on since: that would be undone too. Move it instead."))
    undo_move(moderator=moderator, topic_id=found.topic_id or 0, here=here, to=to, came_at=former.moved_at)
