"""The moderators' log: what each of them did, a line for every forum that it concerns. Written by reactions to events."""

from rostra.accounts.queries import name_of
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.moderation.events import AppealDecided, CaseOpened, CaseReversed, TextPurged
from rostra.moderation.models import Appeal, Case, LogEntry
from rostra.topics.events import AuthorChanged, HeldTextPosted, PostsMoved, TopicArranged, TopicMoved
from rostra.topics.models import Post, Topic
from rostra.topics.queries import topic as topic_row

LONGEST = 300


def log(
    what: str, moderator: int, forums: set[int], *, topic: int | None = None, post: int | None = None,
    case: int | None = None, words: str = "",
) -> None:  # fmt: skip
    """Write a line, for each of these forums. `moderator` is 0 where a machine did it."""
    about = {
        "topic_id": topic,
        "post_id": post,
        "case_id": case,
        "words": words[:LONGEST],
        "at": now(),
        "what": what,
    }
    who = {"moderator_id": moderator or None, "moderator_name": name_of(moderator) or "" if moderator else ""}
    with change(is_visible=False):
        LogEntry.objects.bulk_create(LogEntry(forum_id=forum, **about, **who) for forum in sorted(forums))


def log_moved(event: TopicMoved) -> None:
    """A topic went to another forum."""
    log(
        "topic_moved",
        event.moderator,
        {event.from_forum, event.to_forum},
        topic=event.topic,
        words=_title(event.topic),
    )


def log_posts_moved(event: PostsMoved) -> None:
    """Posts went to another topic, or all of a topic."""
    what = "topics_merged" if event.is_whole else "posts_moved"
    words = f"#{event.source} → #{event.target} {_title(event.target)}"
    log(what, event.moderator, {event.target_forum}, topic=event.target, words=words)
    if event.source_forum != event.target_forum:  # they may not see what it is called there
        words = f"#{event.source} {_title(event.source)}"
        log(what, event.moderator, {event.source_forum}, topic=event.source, words=words)


def log_arranged(event: TopicArranged) -> None:
    """A topic stands elsewhere in its list, or is open or locked."""
    row = Topic.objects.get(id=event.topic)
    what = f"now_{Topic.Kind(row.kind).label}{'_locked' if row.is_locked else ''}"
    log(what, event.moderator, {row.forum_id}, topic=row.pk, words=row.title)


def log_author(event: AuthorChanged) -> None:
    """Whose post it is was corrected."""
    _log_post("author_changed", event)


def log_approved(event: HeldTextPosted) -> None:
    """A text that waited is a post."""
    _log_post("text_posted", event)


def _log_post(what: str, event: AuthorChanged | HeldTextPosted) -> None:
    post = Post.objects.select_related("topic").get(id=event.post)
    about = {"topic": post.topic_id, "post": post.pk}
    log(what, event.moderator, {post.topic.forum_id}, **about, words=post.author_name)


def log_case(event: CaseOpened | CaseReversed | AppealDecided | TextPurged) -> None:
    """A decision was taken, taken back, looked at again, or its text deleted for good."""
    case = Case.objects.get(id=event.case)
    if isinstance(event, CaseOpened):
        what, moderator = case.kind, case.moderator_id or 0
    elif isinstance(event, AppealDecided):
        what = "appeal_reversed" if event.is_reversed else "appeal_upheld"
        moderator = Appeal.objects.values_list("decider_id", flat=True).get(case=case) or 0
    else:
        what = "text_purged" if isinstance(event, TextPurged) else "case_reversed"
        moderator = event.moderator
    log(
        what,
        moderator,
        {case.forum_id},
        topic=case.topic_id,
        post=case.post_id,
        case=case.pk,
        words=case.member_name,
    )


def _title(topic_id: int) -> str:
    found = topic_row(topic_id)
    return found.title if found else ""
