"""House rules, texts that wait, cases with what came of them, and reports: records on their way into the tables.

All posts that they may name must be in the tables before (`batches.py`).
"""

import json
from typing import Any

from django.db.models import Q

from rostra.accounts.models import User
from rostra.forums.models import Forum
from rostra.houserules.definitions import check_of, data_of
from rostra.houserules.models import HouseRule, RuleVersion
from rostra.houserules.rules import MOST_RULES
from rostra.importers.known import need, refuse_known, refuse_missing
from rostra.kernel.refusals import Invalid
from rostra.moderation.models import Appeal, Case, Former, Hiding, Report
from rostra.moderation.sanctions import bar_from_forums
from rostra.topics.models import Held, Post, PostMark, Topic

_STATES = {state.label: state for state in Held.State}
_ABOUT_TOPICS = (Case.Kind.REMOVE_TOPIC, Case.Kind.LOCK_TOPIC, Case.Kind.MOVE_TOPIC)
# Topics that stay: those without any post go at the end, but for such as went into another one.
_WITH_POSTS = Q(last_position__gt=0) | Q(merged_post_id__isnull=False)
_ENDED = "is needed when it has ended, and only then"


def add_rule(values: dict[str, Any]) -> None:
    """A house rule with all its versions. Raises ValueError."""
    refuse_known(HouseRule, "rule", values["id"])
    refuse_missing(Forum, "forum", "forum", values.get("forum"))
    versions, is_active = values["versions"], values.get("active", True)
    for said in versions:
        need(said["text"].strip(), "versions", "text must not be empty: say the rule in words")
        refuse_missing(User, "versions", "user", said.get("author"))
    forum, active = values.get("forum"), HouseRule.objects.filter(is_active=True, number=values["number"])
    same = (active.filter(forum_id=forum) if forum else active.filter(forum=None)).exists()
    need(not (is_active and same), "number", "this place has a rule of that number already. Number it anew")
    if is_active:
        _refuse_too_many(values.get("forum"))
    mode = HouseRule.Mode.OBSERVE if values.get("observes") else HouseRule.Mode.ENFORCE
    rule = HouseRule.objects.create(
        id=values["id"], forum_id=values.get("forum"), number=values["number"], version=len(versions),
        is_active=is_active, mode=mode, observing_until=values.get("until"), fell_back=values.get("fell_back", ""),
    )  # fmt: skip
    for number, said in enumerate(versions, 1):
        # What is history stays as it was said; what holds must be readable.
        checked = _checked(said.get("check"), is_in_force=is_active and number == len(versions))
        RuleVersion.objects.create(
            rule=rule, version=number, text=said["text"], checked=checked, author_id=said.get("author"),
            made_at=said["made"],
        )  # fmt: skip


def _refuse_too_many(forum_id: int | None) -> None:
    """With the rules of the whole board and of the forums above: more are not judged."""
    rules, forum = HouseRule.objects.filter(is_active=True), Forum.objects.filter(id=forum_id or 0).first()
    number = rules.filter(forum=None).count()
    while forum is not None:
        number += rules.filter(forum=forum).count()
        forum = forum.parent if forum.inherits_rules else None
    told = f"a forum has at most {MOST_RULES} rules, those above it among them. Leave some out, or put two into one"
    need(number < MOST_RULES, "forum", told)


def _checked(check: dict[str, Any] | None, *, is_in_force: bool) -> str:
    if not check:
        return ""
    if is_in_force:
        try:
            check = data_of(check_of(check))
        except Invalid as invalid:
            field, words = next(iter(invalid.faults.items()))
            told = f"versions: the check of the last one has a fault in {field}: {words} Mend it, or leave out the check"
            raise ValueError(told) from None
    return json.dumps(check, ensure_ascii=False, sort_keys=True)


def add_held(values: dict[str, Any]) -> None:
    """A text that waits, or waited. Raises ValueError."""
    refuse_known(Held, "held text", values["id"])
    for model, field in ((Forum, "forum"), (Topic, "topic"), (Post, "post")):
        refuse_missing(model, field, field, values.get(field))
    for field in ("author", "decider"):
        refuse_missing(User, field, "user", values.get(field))
    is_topic = values["kind"] == Held.Kind.TOPIC
    need(
        is_topic != ("topic" in values),
        "topic",
        "a reply and an edit are for a topic, a new topic is for none",
    )
    need(values["kind"] != Held.Kind.EDIT or "post" in values, "post", "an edit is of a post: name it")
    state = _STATES[values.get("state", "waiting")]
    need((state == Held.State.WAITING) != ("decided" in values), "decided", _ENDED)
    findings = values.get("findings")
    Held.objects.create(
        id=values["id"], kind=values["kind"], forum_id=values["forum"], topic_id=values.get("topic"),
        post_id=values.get("post"), base=values.get("base", 0), author_id=values["author"],
        title=values.get("title", ""), markup=values["markup"], source=values["body"],
        findings=json.dumps(findings, ensure_ascii=False) if findings else "",
        is_contested=values.get("contested", False), held_at=values["held"], state=state,
        decided_at=values.get("decided"), decider_id=values.get("decider"),
    )  # fmt: skip


def add_case(values: dict[str, Any]) -> None:
    """A decision with its reasons. Raises ValueError."""
    refuse_known(Case, "case", values["id"])
    for model, field in ((Forum, "forum"), (Post, "post"), (Held, "held")):
        refuse_missing(model, field, "held text" if field == "held" else field, values.get(field))
    topic = values.get("topic")
    is_there = topic is None or Topic.objects.filter(_WITH_POSTS, id=topic).exists()
    need(
        is_there,
        "topic",
        f"there is no topic {topic} with a post before this line. Put its lines above this one",
    )
    for field in ("member", "moderator"):
        refuse_missing(User, field, "user", values.get(field))
    for field in ("facts", "member_name", "moderator_name"):
        need(values[field].strip(), field, "must not be empty")
    _refuse_without_object(values)
    until = values.get("until")
    need(until is None or until > values["decided"], "until", "must be later than the time of the decision")
    Case.objects.create(
        id=values["id"], kind=values["kind"], forum_id=values["forum"], topic_id=topic, post_id=values.get("post"),
        held_id=values.get("held"), member_id=values.get("member"), member_name=values["member_name"],
        moderator_id=values.get("moderator"), moderator_name=values["moderator_name"], rule=_rule(values),
        facts=values["facts"], quoted=values.get("quoted", ""), ground=values["ground"], source=values["source"],
        is_automated=values.get("automated", False), points=values.get("points", 0), until=until,
        decided_at=values["decided"], reversed_at=values.get("reversed"), seen_at=values.get("seen"), purged_at=values.get("purged"),
    )  # fmt: skip
    if values["kind"] == Case.Kind.BAN_FORUM and "member" in values:
        bar_from_forums(member_id=values["member"])


def _refuse_without_object(values: dict[str, Any]) -> None:
    kind, held = values["kind"], values.get("held")
    if kind == Case.Kind.SPAM:
        return  # what it is about are its hidings
    field = "held" if kind == Case.Kind.REFUSE_TEXT else "topic" if kind in _ABOUT_TOPICS else "post"
    need(field in values, field, f"a case of the kind {kind} is about one: name it")
    taken = held is not None and Case.objects.filter(held_id=held).exists()
    need(not taken, "held", f"another case is about the held text {held} already")


def _rule(values: dict[str, Any]) -> RuleVersion:
    found = RuleVersion.objects.filter(rule_id=values["rule"], version=values.get("version", 0)).first()
    told = f"rule {values['rule']} has no version {values.get('version')} before this line. Put its line above this one"
    if found is None:
        raise ValueError(f"version: {told}")
    return found


def add_hiding(values: dict[str, Any]) -> None:
    """A post, topic or held text that is away by a case; a case of spam can hide many. Raises ValueError."""
    refuse_missing(Case, "case", "case", values["case"])
    post, topic, held = values.get("post"), values.get("topic"), values.get("held")
    need(
        [post, topic, held].count(None) == 2,
        "post",
        "a case hides a post, or else a topic, or else a held text",
    )
    if held is not None:
        refuse_missing(Held, "held", "held text", held)
        need(not Hiding.objects.filter(held_id=held).exists(), "held", "another case hides this")
        Hiding.objects.create(case_id=values["case"], held_id=held)
        return
    thing = Post.objects.filter(id=post) if post else Topic.objects.filter(_WITH_POSTS, id=topic or 0)
    field = "post" if post else "topic"
    is_away = thing.filter(removed_at__isnull=False).exists()
    need(is_away, field, f"there is no {field} {post or topic} before this line that is removed")
    column = {f"{field}_id": post or topic}
    of_case = Hiding.objects.filter(case_id=values["case"]).exclude(case__kind=Case.Kind.SPAM)
    known = of_case | Hiding.objects.filter(**column)
    need(not known.exists(), "case", "this case hides something already, or another case hides this")
    Hiding.objects.create(case_id=values["case"], **column)


def add_mark(values: dict[str, Any]) -> None:
    """A notice beside a post, and whether its author leaves it as it is. Raises ValueError."""
    refuse_missing(Post, "post", "post", values["post"])
    refuse_missing(User, "noticer", "user", values.get("noticer"))
    need(not PostMark.objects.filter(post_id=values["post"]).exists(), "post", "this post has one already")
    PostMark.objects.create(
        post_id=values["post"], notice=values.get("notice", ""), noticed_at=values.get("noticed"),
        noticer_id=values.get("noticer"), noticer_name=values.get("noticer_name", ""), is_locked=values.get("locked", False),
    )  # fmt: skip


def add_former(values: dict[str, Any]) -> None:
    """What a post or a topic was before a case changed it. Raises ValueError."""
    refuse_missing(Case, "case", "case", values["case"])
    known = Former.objects.filter(case_id=values["case"]).exists()
    need(not known, "case", "this case has one already")
    for field in ("forum", "new_forum"):
        refuse_missing(Forum, field, "forum", values.get(field))
    is_edit = values.get("edit", 0) > 0
    for field in ("body", "new_body"):
        need(bool(values.get(field)) == is_edit, field, "is needed of an edit, and only there")
    for field in ("forum", "new_forum"):
        need((field in values) != is_edit, field, "is needed of a move, and only there")
    Former.objects.create(
        case_id=values["case"], edit=values.get("edit", 0), source=values.get("body", ""), new_source=values.get("new_body", ""),
        title=values.get("title", ""), new_title=values.get("new_title", ""), edited_at=values.get("edited"),
        editor_name=values.get("editor", ""), edit_reason=values.get("reason", ""), forum_id=values.get("forum"),
        new_forum_id=values.get("new_forum"), moved_at=values.get("moved"),
    )  # fmt: skip


def add_appeal(values: dict[str, Any]) -> None:
    """That a case is to be looked at again, and what came of it. Raises ValueError."""
    refuse_missing(Case, "case", "case", values["case"])
    refuse_missing(User, "decider", "user", values.get("decider"))
    need(
        not Appeal.objects.filter(case_id=values["case"]).exists(), "case", "this case has an appeal already"
    )
    need(values["words"].strip(), "words", "must not be empty")
    outcome, first = values.get("outcome", ""), values.get("first_decider", 0)
    for field in ("decided", "reasons", "decider_name"):
        need(bool(outcome) == bool(values.get(field)), field, _ENDED)
    need(
        values.get("decider") != first or not first,
        "decider",
        "who decided the case cannot decide its appeal",
    )
    Appeal.objects.create(
        case_id=values["case"], words=values["words"], made_at=values["made"], first_decider=first,
        decider_id=values.get("decider"), decider_name=values.get("decider_name", ""), outcome=outcome,
        reasons=values.get("reasons", ""), decided_at=values.get("decided"),
    )  # fmt: skip


def add_report(values: dict[str, Any]) -> None:
    """That somebody thinks a post is against a rule. Raises ValueError."""
    refuse_known(Report, "report", values["id"])
    for model, field in ((Post, "post"), (Forum, "forum"), (Case, "case")):
        refuse_missing(model, field, field, values.get(field))
    refuse_missing(User, "reporter", "user", values["reporter"])
    rule = _rule(values) if "rule" in values else None
    words, closed = values.get("words", ""), values.get("closed")
    need(rule or "version" not in values, "version", "is of a rule: name the rule too")
    need(rule or words.strip(), "words", "a report names a rule, or says in words what is wrong")
    need(bool(values.get("outcome")) == bool(closed), "closed", _ENDED)
    same = Report.objects.filter(post_id=values["post"], reporter_id=values["reporter"], closed_at=None)
    need(closed or not same.exists(), "post", "the same member has an open report of it already")
    Report.objects.create(
        id=values["id"], post_id=values["post"], forum_id=values["forum"], reporter_id=values["reporter"], rule=rule,
        words=words, made_at=values["made"], claimer_name=values.get("claimer", ""), claimed_at=values.get("claimed"),
        outcome=values.get("outcome", ""), closed_at=closed, case_id=values.get("case"),
    )  # fmt: skip
