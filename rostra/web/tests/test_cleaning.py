"""The page that removes all of a member's posts as spam: it shows what goes first, and one button brings it back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.bans.models import AddressBan
from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.mail.models import Letter
from rostra.moderation.models import Case
from rostra.permissions.resolution import BOARD, Holder
from rostra.topics.models import Post
from tests.cast import PASSWORD, Board

SignedIn = Callable[[str], Client]


@pytest.fixture
def form(board: Board) -> dict[str, str]:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="No advertisements.")
    return {
        "rule": str(rule),
        "facts": "Every post advertises a shop.",
        "ground": "rules",
        "source": "own",
        "quoted": "",
    }


@pytest.fixture
def written(board: Board) -> None:
    board.people["eve"] = board._person("eve")
    board.reply(board.topic(), "Cheap watches at my shop", by="eve")
    mine = board.topic("Buy shoes", by="eve")
    board.reply(mine, "No, thanks.", by="carol")


def words(answer: Any) -> str:
    return str(answer.content.decode())


def seal_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_it_shows_what_goes_removes_it_and_brings_it_back(
    board: Board, as_person: SignedIn, written: None, form: dict[str, str], sends_mail: None
) -> None:
    dora, eve = as_person("dora"), Client()
    eve.post("/sign-in/", {"login": "eve", "password": PASSWORD})
    assert "/u/eve/" in words(eve.get("/")).partition("</header>")[0]
    assert '<a href="/u/eve/spam/">' in words(dora.get("/u/eve/"))
    page = words(dora.get("/u/eve/spam/"))
    for told in ("1 topic", "Buy shoes", "1 post of others in them goes too.", "Cheap watches at my shop"):
        assert told in page
    assert not Case.objects.exists()
    there = dora.post("/u/eve/spam/", {**form, "seen": seal_in(page), "bans_email": "yes"}).headers[
        "Location"
    ]
    page = words(dora.get(there))
    assert "All posts of a member were removed as spam" in page
    assert "<dd>1 topic, 1 reply in topics of others</dd>" in page
    assert "removed as spam" in Letter.objects.get().body
    assert AddressBan.objects.get().target == "eve@example.org"
    assert "/u/eve/" not in words(eve.get("/")).partition("</header>")[0], "she was signed out"
    assert "Cheap watches" not in words(dora.get(f"/f/{board.europe.pk}-europe/"))
    assert "Take the decision back" in page
    assert dora.post(f"{there}reverse").status_code == 302
    assert Post.objects.filter(removed_at=None, topic__removed_at=None).count() == 4
    assert "This decision was taken back" in words(dora.get(there))


def test_who_was_banned_signs_in_reads_the_case_and_appeals(
    board: Board, as_person: SignedIn, written: None, form: dict[str, str]
) -> None:
    dora = as_person("dora")
    seal = seal_in(words(dora.get("/u/eve/spam/")))
    there = dora.post("/u/eve/spam/", {**form, "seen": seal, "bans_email": "yes"}).headers["Location"]
    eve = as_person("eve")
    assert "Every post advertises a shop." in words(eve.get(there))
    assert eve.post(f"{there}appeal", {"words": "I sell nothing."}).status_code == 302
    assert there not in words(dora.get("/moderate/")), "dora decided it"
    assert there not in words(as_person("bob").get("/moderate/")), "bob has not the whole board"
    mods = Holder("group", str(board.moderators.pk))
    give(giver=board.actor("dora"), holder=mods, place=BOARD, values={"mod_remove": "yes", "mod_ban": "yes"})
    assert there in words(as_person("bob").get("/moderate/"))
    sent = {"outcome": "reversed", "reasons": "She sells nothing."}
    assert as_person("bob").post(f"{there}decide", sent).status_code == 302
    assert Post.objects.filter(removed_at=None, topic__removed_at=None).count() == 4


def test_what_was_typed_stays_when_something_is_wrong(
    board: Board, as_person: SignedIn, written: None, form: dict[str, str]
) -> None:
    dora = as_person("dora")
    seal = seal_in(words(dora.get("/u/eve/spam/")))
    answer = dora.post("/u/eve/spam/", {**form, "rule": "", "seen": seal, "bans_email": "yes"})
    assert answer.status_code == 422
    assert "Name the rule that was broken" in words(answer)
    assert "Every post advertises a shop." in words(answer)
    assert 'value="yes" checked' in words(answer)
    board.reply(board.topic("News"), "More watches", by="eve")
    answer = dora.post("/u/eve/spam/", {**form, "seen": seal})
    assert answer.status_code == 422
    assert "There is more or less of it by now." in words(answer)
    assert "More watches" in words(answer)
    assert seal_in(words(answer)) != seal
    assert not Case.objects.exists()


def test_only_who_has_the_whole_board_has_the_page(
    board: Board, as_person: SignedIn, written: None, form: dict[str, str]
) -> None:
    assert Client().get("/u/eve/spam/").headers["Location"].startswith("/sign-in/")
    for name in ("alice", "bob", "eve"):
        assert as_person(name).get("/u/eve/spam/").status_code == 403
        assert as_person(name).post("/u/eve/spam/", form).status_code == 403
        assert "/spam/" not in words(as_person(name).get("/u/eve/"))
    dora = as_person("dora")
    assert dora.get("/u/nobody/spam/").status_code == 404
    assert "Moderators are not warned" in words(dora.get("/u/bob/spam/"))
