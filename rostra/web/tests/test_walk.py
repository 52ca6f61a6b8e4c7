"""A walk over every address of the board, found in the address table: nobody restricts without the right, nor without a reason.

What is added to the table is walked too, without a line here.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from rostra.accounts.models import Group, User
from rostra.forums.models import Forum, Grant
from rostra.houserules.actions import lay_down_rule
from rostra.houserules.models import RuleVersion
from rostra.moderation.models import Case, Hiding
from rostra.topics.models import Held, Post, Topic
from tests.cast import Board

SignedIn = Callable[[str], Client]
LONG = "A question that has more than five words in it."
# What people send to pages that are not for them: everything that any form has.
FORMS: list[dict[str, Any]] = [
    {"facts": "It calls another member a liar three times.", "ground": "rules", "source": "own", "kind": "ban", "days": "7",
     "points": "20", "reason": "A reason.", "words": "A reason in words.", "title": "Another title", "body": LONG, "name": "alice",
     "onward": "1", "where": "new", "do": "save", "sure": "yes", "outcome": "reversed", "reasons": "Some reasons.", "posts": "2",
     "topics": "1", "what": "remove", "address": "192.0.2.1", "scope": "forum"},
    {"locked": "yes", "kind": "announcement", "do": "merge", "into": "1", "member": "1", "text": "Text.", "remove": "1"},
]  # fmt: skip
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()\\]|\\.|\[[^]]*\]|\([^()]*\))*\)")
# Signing out, and what ends the browser's own session, is nothing that others are kept from.
NOT_WALKED = {"legacy-feed", "legacy-index", "legacy-folder", "account_logout", "style", "live", "ready"}


def _patterns(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each)
        elif isinstance(each, URLPattern) and each.name not in NOT_WALKED:
            yield str(each.name), _shape(str(each.pattern))


def _shape(pattern: str) -> str:
    """An address with names in braces for its parts, out of what the table says."""
    text = re.sub(r"\(\?:[^()]*\(\?P<slug>[^()]*\)\)\?", "", pattern)
    text = text.replace("[^/]{1,40}", "forum")
    text = re.sub(r"\(\?:([^()]*)\)\??", r"\1", _GROUP.sub(r"{\1}", text))
    text = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", text)
    return "/" + re.sub(r"/\?\$?$|\$$", "", text.lstrip("^")).replace("\\", "")


ADDRESSES = dict(_patterns(get_resolver()))


@pytest.fixture
def ids(board: Board, as_person: SignedIn) -> dict[str, int]:
    """A board with something of everything in Europe; erin moderates Asia, carol is whom all of it concerns."""
    dora = board.actor("dora")
    rule = lay_down_rule(author=dora, forum=None, text="Argue with what people say, not with people.")
    check = {"condition": "own_words < 5", "effect": "hold", "say": "Short.", "remedy": "Say more."}
    lay_down_rule(author=dora, forum=board.node(), text="No one line posts.", check=check, is_waived=True)
    board.people["erin"] = board._person("erin")
    board.moderate(board.asia, Group.objects.create(name="Asia Mods"), "erin")
    topic = board.topic(body=LONG, by="dora")
    as_person("carol").post(f"{topic.address}reply", {"body": "Short.", "do": "post"})
    first, second = (board.reply(topic, f"{LONG} {number}", by="carol") for number in (1, 2))
    form = {"rule": str(rule), "facts": FORMS[0]["facts"], "ground": "rules", "source": "own"}
    as_person("dora").post(f"/p/{first.pk}/remove", form)
    return {
        "t": topic.id, "p": second.pk, "f": board.europe.pk, "held": Held.objects.get().pk, "waiting": Held.objects.get().pk,
        "case": Case.objects.get().pk, "rule": rule,
    }  # fmt: skip


WORDS = {"name": "carol", "key": "nonsense", "uidb36": "1", "token": "x", "slug": "x", "kind": "x"}


def _address(shape: str, ids: dict[str, int]) -> str:
    """Numbers stand for what is there, as the part before them says."""
    parts = shape.split("/")
    for at, part in enumerate(parts):
        for name in re.findall(r"\{(\w+)\}", part):
            parts[at] = parts[at].replace(f"{{{name}}}", WORDS.get(name) or str(ids.get(parts[at - 1], 1)))
    return "/".join(parts)


def restricted(europe: Forum) -> dict[str, Any]:
    """Everything by which somebody in Europe may do less than before."""
    return {
        "posts": set(Post.objects.filter(removed_at=None).values_list("id", "source", "author_id")),
        "topics": set(Topic.objects.filter(forum=europe, removed_at=None, is_locked=False).values_list("id", "title")),
        "waiting": set(Held.objects.filter(state=Held.State.WAITING).values_list("id")),
        "members": set(User.objects.values_list("id", "muted_until", "banned_until", "is_active", "is_admin")),
        "cases": set(Case.objects.values_list("id")), "decided": set(Case.objects.values_list("id", "reversed_at", "purged_at")), "hidden": set(Hiding.objects.values_list("id")),
        "forums": set(Forum.objects.values_list("id", "is_closed")), "grants": set(Grant.objects.values_list("id", "value")),
        "rules": set(RuleVersion.objects.values_list("id")), "groups": set(Group.objects.values_list("id")),
    }  # fmt: skip


def test_the_walk_finds_addresses_of_every_kind() -> None:
    assert len(ADDRESSES) > 80
    assert ADDRESSES["remove"] == "/p/{number}/remove"
    assert ADDRESSES["lock"] == "/t/{number}/lock"
    assert ADDRESSES["held-refuse"] == "/moderate/held/{number}/refuse"
    assert not [shape for shape in ADDRESSES.values() if re.search(r"[()?*^]", shape)]


@pytest.mark.parametrize("who", ["guest", "alice", "erin"])
def test_nobody_restricts_anything_where_they_do_not_moderate(
    board: Board, as_person: SignedIn, ids: dict[str, int], who: str
) -> None:
    before = restricted(board.europe)
    for name, shape in ADDRESSES.items():
        address = _address(shape, ids)
        for form in FORMS:
            browser = Client() if who == "guest" else as_person(who)
            answer = browser.post(address, {**form, "rule": str(ids["rule"])})
            assert answer.status_code < 500, (name, address)
            now = restricted(board.europe)
            lost = {what: before[what] - now[what] for what in before if before[what] - now[what]}
            assert not lost, (name, address, lost)
            assert now["cases"] == before["cases"], (name, address)


@pytest.mark.parametrize("who", ["bob", "dora"])
def test_no_moderator_restricts_anybody_without_reasons(
    board: Board, as_person: SignedIn, ids: dict[str, int], who: str
) -> None:
    before = restricted(board.europe)
    silent = {"facts": "", "rule": "", "quoted": "", "reason": "", "reasons": "", "words": ""}
    for name, shape in ADDRESSES.items():
        address = _address(shape, ids)
        for form in FORMS:
            answer = as_person(who).post(address, {**form, **silent, "title": "", "body": ""})
            assert answer.status_code < 500, (name, address)
            now = restricted(board.europe)
            assert now["cases"] == before["cases"], (name, address)
            for what in ("posts", "topics", "members"):
                assert not before[what] - now[what], (name, address, what)
            if before["waiting"] - now["waiting"]:  # approved, which restricts nobody
                assert not Held.objects.filter(state=Held.State.REFUSED), (name, address)
            before = now


@pytest.mark.parametrize("who", ["guest", "alice", "carol", "erin", "bob", "dora"])
def test_looking_changes_nothing_and_breaks_nothing(
    board: Board, as_person: SignedIn, ids: dict[str, int], who: str
) -> None:
    before = restricted(board.europe)
    for name, shape in ADDRESSES.items():
        browser = Client() if who == "guest" else as_person(who)
        answer = browser.get(_address(shape, ids))
        assert answer.status_code < 500, name
        assert restricted(board.europe) == before, name
