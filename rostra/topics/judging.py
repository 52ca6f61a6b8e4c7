"""What the house rules, and lists of words and domains, say of a text before it is posted: one way for the preview, for what is typed, and for sending."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from rostra.accounts.actors import Actor
from rostra.accounts.models import Group
from rostra.board.queries import conventions_in_force, profile, stamp
from rostra.forums.policy import may
from rostra.forums.queries import Node
from rostra.forums.rights import is_newcomer
from rostra.houserules.facts import Circumstances, Draft
from rostra.houserules.queries import is_judged, rules_in_force
from rostra.houserules.rules import Effect, Finding, Rule, Verdict, verdict_on
from rostra.kernel.clock import now
from rostra.kernel.statements import Statement
from rostra.permissions.capabilities import May
from rostra.topics.queries import TopicRow
from rostra.topics.renderings import document_of
from rostra.wordlists.findings import findings_of
from rostra.wordlists.queries import Lists, lists_at

MOST_IN_A_ROW = 10
_NOTHING = Verdict()


class _Author(NamedTuple):
    author_id: int | None


class _Moment(NamedTuple):
    created_at: datetime


_LAST_AUTHORS = Statement(
    "topics.last_authors",
    _Author,
    """SELECT author_id FROM topics_post WHERE topic_id = %s AND position > %s AND removed_at IS NULL
       ORDER BY position DESC LIMIT %s""",
    sample=[1, 0, MOST_IN_A_ROW],
)
_LAST_POST = Statement(
    "topics.last_post_of",
    _Moment,
    "SELECT created_at FROM topics_post WHERE author_id = %s AND removed_at IS NULL ORDER BY id DESC LIMIT 1",
    sample=[1],
)


class Judged(Exception):
    """The text was not taken as it is: the findings say by which rules."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


class Answer(NamedTuple):
    """What the author said to findings: that the text is meant, or that the rules are wrong about it."""

    is_meant: bool = False
    is_contested: bool = False


NO_ANSWER = Answer()


class Text(NamedTuple):
    """A text that somebody wants to post: in a new topic (with a title), a reply, or an edit of a post."""

    kind: str
    source: str
    markup: str
    title: str = ""
    topic: TopicRow | None = None
    is_opening: bool = False
    post: int | None = None  # that an edit changes


class Judgement(NamedTuple):
    """The rules that were asked, and what they said."""

    rules: list[Rule]
    verdict: Verdict

    def must_wait(self, answer: Answer) -> bool:
        """Must a moderator look at it first? Raises Judged when it is not taken, or must be confirmed."""
        effect = self.verdict.effect
        if self.is_contested(answer):
            return True
        if effect is Effect.REFUSE or (effect is Effect.ASK and not answer.is_meant):
            raise Judged(self.verdict.findings)
        return effect is Effect.HOLD

    def is_contested(self, answer: Answer) -> bool:
        """Does the author say that rules are wrong which would keep the text from being posted?"""
        return answer.is_contested and self.verdict.effect in (Effect.REFUSE, Effect.ASK)


NOTHING_SAID = Judgement([], _NOTHING)


def judge_text(author: Actor, forum: Node, text: Text) -> Judgement:
    """What the rules of a forum, and the lists of the board, say of a text. Raises Unfit when it cannot be rendered."""
    structure = stamp().structure
    rules = rules_in_force(forum, structure)
    has_checks, lists = any(rule.check for rule in rules), _lists_for(author, forum, structure)
    if not has_checks and lists is None:
        return Judgement(rules, _NOTHING)
    document = document_of(text.source, text.markup, conventions_in_force())
    draft = Draft(text.title, text.source, document, _circumstances(author, forum, text, rules))
    verdict = verdict_on(rules, draft) if has_checks else _NOTHING
    if lists is not None:
        found = findings_of(lists, draft, is_newcomer=is_newcomer(author))
        together = sorted((*verdict.findings, *found), key=lambda each: -each.effect.rank)
        verdict = replace(verdict, findings=tuple(together))
    return Judgement(rules, verdict)


def is_looked_at(author: Actor, forum: Node) -> bool:
    """Does a machine look at what the author writes here?"""
    structure = stamp().structure
    return is_judged(forum, structure) or _lists_for(author, forum, structure) is not None


def _lists_for(author: Actor, forum: Node, structure: int) -> Lists | None:
    """The lists, where any looks at the author's texts: who decides what waits here is not asked to wait."""
    lists = lists_at(structure)
    if not lists.of(is_newcomer=is_newcomer(author)) or may(author, forum, May.MOD_APPROVE):
        return None
    return lists


def _circumstances(author: Actor, forum: Node, text: Text, rules: list[Rule]) -> Circumstances:
    last = _LAST_POST.first(author.id) if author.id is not None else None
    age = (now() - author.joined_at).total_seconds() / 86_400 if author.joined_at else 0.0
    return Circumstances(
        kind=text.kind,
        replies_in_a_row=_in_a_row(author, text.topic) if text.kind == "reply" and text.topic else 0,
        seconds_since_last=(now() - last.created_at).total_seconds() if last else None,
        author_age_days=age,
        author_posts=author.post_count,
        is_first_post=text.is_opening or text.kind == "topic",
        is_edit=text.kind == "edit",
        groups=_groups(author) if any(rule.check and rule.check.scope.groups for rule in rules) else (),
        forums=frozenset({forum.id, *(node.id for node in forum.ancestors)}),
        language=profile(stamp().structure).language,
        host=urlsplit(str(settings.SITE_URL)).hostname or "",
    )


def _in_a_row(author: Actor, topic: TopicRow) -> int:
    """How many of the newest posts of a topic are the author's, without a word of anybody else between them."""
    number = 0
    for row in _LAST_AUTHORS.all(topic.id, max(0, topic.last_position - 3 * MOST_IN_A_ROW), MOST_IN_A_ROW):
        if row.author_id != author.id:
            break
        number += 1
    return number


def _groups(author: Actor) -> tuple[str, ...]:
    return tuple(Group.objects.filter(id__in=author.groups).order_by("name").values_list("name", flat=True))
