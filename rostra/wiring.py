"""What follows from what: one table, event -> reactions. Reactions run inside the transaction of the event."""

from rostra.bans.actions import note_use
from rostra.bans.present import present_network
from rostra.board.events import TagDefined, TagDropped
from rostra.drafts import actions as drafts
from rostra.drafts.actions import discard_draft
from rostra.forums.events import ForumMoved
from rostra.houserules.inheritance import refuse_when_moved
from rostra.kernel.events import Event, Reaction, react
from rostra.moderation import journal, reports
from rostra.moderation.actions import end_locks
from rostra.moderation.events import AppealDecided, CaseOpened, CaseReversed, TextPurged
from rostra.moderation.following import follow_posts as have_cases_follow
from rostra.moderation.purging import away_by
from rostra.moderation.timers import drop_overtaken
from rostra.reading.actions import carry_marks
from rostra.reading.following import follow_posts as carry_marks_of_posts
from rostra.topics.events import (
    AuthorChanged,
    HeldTextPosted,
    PostEdited,
    PostRemoved,
    PostsMoved,
    PostWithdrawn,
    ReplyPosted,
    TextHeld,
    TopicArranged,
    TopicMoved,
    TopicPosted,
    TopicRemoved,
)
from rostra.topics.holding import follow_posts as have_held_follow
from rostra.topics.holding import follow_topic, place_of_draft
from rostra.topics.queries import topic
from rostra.topics.tagged import plan_rerendering_of


def _keep_what_was_read(event: TopicMoved) -> None:
    carry_marks(topic_id=event.topic, forum_id=event.from_forum, came_at=event.came_at)


def _end_draft_of_topic(event: TopicPosted) -> None:
    found = topic(event.topic)
    if found is not None and not event.was_held:
        discard_draft(author_id=event.author, place=f"forum:{found.forum_id}")


def _end_draft_of_reply(event: ReplyPosted) -> None:
    if not event.was_held:
        discard_draft(author_id=event.author, place=f"topic:{event.topic}")


def _note_address(event: TopicPosted | ReplyPosted | TextHeld) -> None:
    """What waited was sent before: the request that posts it is a moderator's."""
    if isinstance(event, TextHeld) or not event.was_held:
        note_use(member_id=event.author, network=present_network())


def _end_draft_of_edit(event: PostEdited) -> None:
    if not event.was_held:
        discard_draft(author_id=event.editor, place=f"post:{event.post}")


def _forget_edits(event: TextPurged) -> None:
    posts = away_by(event.case).posts
    drafts.forget_edits(posts=[number for (number,) in posts.values_list("id")])


def _end_draft_of_held(event: TextHeld) -> None:
    """It ends when the text is kept, not when it is approved: its author may write another one meanwhile."""
    discard_draft(author_id=event.author, place=place_of_draft(event.held))


def _render_posts_anew(event: TagDefined | TagDropped) -> None:
    plan_rerendering_of(event.name)


def _follow_topic(event: TopicMoved) -> None:
    follow_topic(topic_id=event.topic, to=event.to_forum)
    reports.follow_topic(topic_id=event.topic, to=event.to_forum)


def _follow_posts(event: PostsMoved) -> None:
    source, target, is_whole = event.source, event.target, event.is_whole
    have_held_follow(source=source, target=target, forum=event.target_forum, is_whole=is_whole)
    reports.follow_topic(topic_id=target, to=event.target_forum)
    have_cases_follow(source=source, target=target, is_whole=is_whole)
    found = topic(target)
    if is_whole and found is not None:
        drafts.follow_topic(source=source, target=target, base=found.newest_position)


def _close_reports_of_post(event: PostRemoved | PostWithdrawn) -> None:
    reports.close_for_gone(post_id=event.post)


def _close_reports_of_topic(event: TopicRemoved) -> None:
    reports.close_for_gone(topic_id=event.topic)


def _refuse_too_many_rules(event: ForumMoved) -> None:
    """Where a forum is now, other rules hold in it."""
    refuse_when_moved(forum_id=event.forum)


def _end_locks(event: TopicArranged) -> None:
    end_locks(topic_id=event.topic, opener=event.moderator)


def _drop_overtaken_timers(event: TopicArranged) -> None:
    drop_overtaken(topic_id=event.topic)


REACTIONS: dict[type[Event], list[Reaction]] = {
    ForumMoved: [_refuse_too_many_rules],
    TopicPosted: [_end_draft_of_topic, _note_address],
    ReplyPosted: [_end_draft_of_reply, _note_address],
    PostEdited: [_end_draft_of_edit],
    TextHeld: [_end_draft_of_held, _note_address],
    TopicArranged: [_end_locks, _drop_overtaken_timers, journal.log_arranged],
    TopicMoved: [_keep_what_was_read, _follow_topic, journal.log_moved],
    PostsMoved: [carry_marks_of_posts, _follow_posts, journal.log_posts_moved],
    AuthorChanged: [journal.log_author],
    HeldTextPosted: [journal.log_approved],
    CaseOpened: [journal.log_case],
    CaseReversed: [journal.log_case],
    AppealDecided: [journal.log_case],
    TextPurged: [_forget_edits, journal.log_case],
    PostRemoved: [_close_reports_of_post],
    PostWithdrawn: [_close_reports_of_post],
    TopicRemoved: [_close_reports_of_topic],
    TagDefined: [_render_posts_anew],
    TagDropped: [_render_posts_anew],
}


def connect() -> None:
    """Put the table in force."""
    react(REACTIONS)
