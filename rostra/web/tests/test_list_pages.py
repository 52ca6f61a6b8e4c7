"""Lists of words and domains in a browser: who keeps them, and what authors see of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.board.models import CensoredWord
from rostra.forums.giving import give
from rostra.houserules.actions import lay_down_rule
from rostra.moderation.models import Case
from rostra.permissions.resolution import BOARD, Holder
from rostra.topics.models import Held, Post
from rostra.wordlists.models import WordList
from tests.cast import Board

SignedIn = Callable[[str], Client]
HOME, NEW = "/manage/words/", "/manage/words/lists/new/?kind=words"
FORM = {
    "name": "Insults",
    "effect": "refuse",
    "scope": "everybody",
    "sentence": "",
    "rule": "",
    "entries": "darn\nheck",
}


def _html(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("who", ["guest", "alice", "bob"])
def test_nobody_but_who_manages_the_board_has_the_pages(board: Board, as_person: SignedIn, who: str) -> None:
    as_person("dora").post(NEW, FORM)
    number = WordList.objects.get().pk
    browser = Client() if who == "guest" else as_person(who)
    for page in (NEW, f"{HOME}lists/{number}/"):
        assert browser.get(page).status_code == (302 if who == "guest" else 403)
        assert browser.post(page, {**FORM, "name": "Others"}).status_code == 403
    assert browser.post(f"{HOME}lists/{number}/drop/").status_code == 403
    assert WordList.objects.get().name == "Insults"


def test_a_member_who_was_given_the_board_to_manage_keeps_lists_and_finds_the_page(
    board: Board, as_person: SignedIn
) -> None:
    carol = as_person("carol")
    assert "/manage/words/" not in _html(carol.get("/"))
    holder = Holder("member", str(board.people["carol"].pk))
    give(giver=board.actor("dora"), place=BOARD, holder=holder, values={"manage_board": "yes"})
    assert '<a href="/manage/board/">' in _html(carol.get("/"))
    page = _html(carol.get(HOME))
    assert "/manage/tags/" not in page
    assert carol.post(NEW, FORM).status_code == 302
    assert carol.post(HOME, {"word": "darn"}).status_code == 302


def test_a_list_is_made_changed_and_dropped(board: Board, as_person: SignedIn) -> None:
    dora = as_person("dora")
    page = _html(dora.post(NEW, FORM, follow=True))
    assert "The list “Insults” is saved" in page
    assert "Words: 2 · It is not posted · everybody" in page
    address = f"{HOME}lists/{WordList.objects.get().pk}/"
    page = _html(dora.get(address))
    assert "darn\nheck</textarea>" in page
    page = _html(dora.post(address, {**FORM, "effect": "hold", "entries": "darn"}, follow=True))
    assert "Words: 1 · A moderator looks at it first" in page
    assert "is dropped" in _html(dora.post(f"{address}drop/", follow=True))
    assert dora.get(address).status_code == 404


def test_what_cannot_be_taken_names_the_line_and_stays_in_the_form(board: Board, as_person: SignedIn) -> None:
    domains = NEW.replace("words", "domains").replace("manage/domains", "manage/words")
    answer = as_person("dora").post(
        domains, {**FORM, "effect": "allow", "entries": "example.org\nhttps://a.example/b"}
    )
    page = _html(answer)
    assert answer.status_code == 422
    assert "Line 2: “https://a.example/b” is more than a domain" in page
    assert "example.org\nhttps://a.example/b</textarea>" in page
    assert 'value="allow" checked' in page
    assert not WordList.objects.exists()


def test_while_typing_in_the_preview_and_when_it_is_sent_the_same_is_said(
    board: Board, as_person: SignedIn
) -> None:
    topic, carol = board.topic(by="dora"), as_person("carol")
    assert 'id="verdict"' not in _html(carol.get(f"{topic.address}reply"))
    as_person("dora").post(NEW, FORM)
    assert 'id="verdict"' in _html(carol.get(f"{topic.address}reply"))
    for do in ("judge", "preview", "post"):
        answer = carol.post(f"{topic.address}reply", {"body": "Oh, <b> Darn it.", "do": do})
        page = _html(answer)
        assert answer.status_code == (422 if do == "post" else 200)
        for told in ("As it is, this cannot be posted.", "The list “Insults”", "Found: “Darn”. This board does not take this.",
                     "<mark>Darn</mark>", "Say it in other words, or leave it out.", 'value="contest"'):  # fmt: skip
            assert told in page, (do, told)
        assert "Rule 0" not in page
    assert Post.objects.count() == 1


def test_a_refused_text_goes_to_a_moderator_who_finds_list_and_rule(
    board: Board, as_person: SignedIn
) -> None:
    rule = lay_down_rule(author=board.actor("dora"), forum=None, text="Do not swear.")
    as_person("dora").post(NEW, {**FORM, "rule": str(rule)})
    topic, carol, bob = board.topic(by="dora"), as_person("carol"), as_person("bob")
    carol.post(f"{topic.address}reply", {"body": "Darn it.", "do": "contest", "token": "t"})
    for page in (_html(carol.get("/waiting/")), _html(bob.get("/moderate/"))):
        assert "Do not swear." in page
        assert "The list “Insults”" in page
    held = Held.objects.get().pk
    page = _html(bob.get(f"/moderate/held/{held}/refuse"))
    assert f'<option value="{rule}" selected>' in page
    form = {"rule": str(rule), "facts": "It swears for no reason.", "ground": "rules", "source": "rule"}
    assert bob.post(f"/moderate/held/{held}/refuse", form).status_code == 302
    assert Case.objects.get().rule.rule_id == rule


def test_many_words_are_censored_at_once_or_none(board: Board, as_person: SignedIn) -> None:
    dora = as_person("dora")
    answer = dora.post(HOME, {"lines": "darn => d—\n\n***\nheck"})
    assert answer.status_code == 422
    assert "Line 3: Type a word" in _html(answer)
    assert "darn =&gt; d—\n\n***\nheck</textarea>" in _html(answer)
    assert not CensoredWord.objects.exists()
    page = _html(dora.post(HOME, {"lines": "darn => d—\n\nheck"}, follow=True))
    assert "Words that are not shown any more: 2." in page
    assert dict(CensoredWord.objects.values_list("word", "instead")) == {"darn": "d—", "heck": "***"}
