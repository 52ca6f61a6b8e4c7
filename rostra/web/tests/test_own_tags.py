"""The pages where administrators define the board's own tags, and what members see of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rostra.board.actions import define_tag
from rostra.board.models import OwnTag
from tests.cast import Board

SignedIn = Callable[[str], Client]
KEY = {
    "usage": "[key]{SIMPLETEXT}[/key]",
    "template": "[b]{SIMPLETEXT}[/b]",
    "hint": "A key",
    "sample": "Press [key]F1[/key]",
}
PAGES = ("/manage/tags/", "/manage/tags/new/", "/manage/tags/key/change/", "/manage/tags/key/drop/")


@pytest.fixture
def dora(as_person: SignedIn) -> Client:
    """The administrator's browser."""
    return as_person("dora")


def _html(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["alice", "bob"])
def test_members_and_moderators_have_none_of_these_pages(as_person: SignedIn, who: str, address: str) -> None:
    define_tag(**KEY)
    browser = as_person(who)
    for answer in (browser.get(address), browser.post(address, {**KEY, "usage": "[x]{SIMPLETEXT}[/x]"})):
        assert answer.status_code in ((403, 405) if address == PAGES[0] else (403,))
        assert "{SIMPLETEXT}" not in _html(answer)
    assert list(OwnTag.objects.values_list("name", flat=True)) == ["key"]
    assert 'href="/manage/' not in _html(browser.get("/"))


@pytest.mark.parametrize("address", PAGES)
def test_guests_are_led_to_the_sign_in_page(board: Board, client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"][:15]) == (302, "/sign-in/?next=")
    if address != PAGES[0]:
        assert client.post(address, KEY).status_code == 403
    assert not OwnTag.objects.exists()


def test_an_administrator_defines_changes_and_drops_a_tag(dora: Client) -> None:
    assert 'href="/manage/tags/"' in _html(dora.get("/"))
    assert "No tags yet." in _html(dora.get("/manage/tags/"))
    done = dora.post("/manage/tags/new/", KEY, follow=True)
    assert "The tag [key] is defined." in _html(done)
    assert "Posts with [key] are being rendered anew: 99% done." in _html(done)
    assert KEY["usage"] in _html(done)
    page = _html(dora.get("/manage/tags/key/change/"))
    assert all(text in page for text in KEY.values())
    dora.post("/manage/tags/key/change/", {**KEY, "template": "[i]{SIMPLETEXT}[/i]", "hint": ""})
    tag = OwnTag.objects.get()
    assert (tag.template, tag.hint) == ("[i]{SIMPLETEXT}[/i]", "")
    assert "Drop the tag [key]?" in _html(dora.get("/manage/tags/key/drop/"))
    assert OwnTag.objects.exists(), "asking drops nothing"
    assert "The tag [key] was dropped." in _html(dora.post("/manage/tags/key/drop/", follow=True))
    assert not OwnTag.objects.exists()
    for address in PAGES[2:]:
        assert dora.get(address).status_code == 404


def test_a_sample_is_tried_without_anything_being_stored(dora: Client) -> None:
    define_tag(usage="[two]{TEXT}[/two]", template="[u]{TEXT}[/u]")
    typed = {**KEY, "sample": "[two][key]F1[/key][/two] <b>", "do": "try"}
    answer = dora.post("/manage/tags/new/", typed)
    assert answer.status_code == 200
    assert "<u><strong>F1</strong></u> &lt;b&gt;" in _html(answer)
    assert OwnTag.objects.count() == 1
    without = dora.post("/manage/tags/new/", {**typed, "sample": ""})
    assert without.status_code == 422
    assert "Type a text that uses the tag" in _html(without)


def test_the_tag_that_is_changed_is_tried_as_it_is_typed(dora: Client) -> None:
    define_tag(**KEY)
    answer = dora.post("/manage/tags/key/change/", {**KEY, "template": "[i]{SIMPLETEXT}[/i]", "do": "try"})
    assert "Press <em>F1</em>" in _html(answer)
    assert OwnTag.objects.get().template == KEY["template"]


@pytest.mark.parametrize("do", ["define", "try"])
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(dora: Client, do: str) -> None:
    typed = {**KEY, "usage": "[b]{SIMPLETEXT}[/b]", "template": "\0 & kept", "do": do}
    answer = dora.post("/manage/tags/new/", typed)
    assert answer.status_code == 422
    html = _html(answer)
    assert "Every board has a tag [b] already. Choose another name." in html
    assert 'aria-describedby="usage_hint usage_fault" aria-invalid="true"' in html
    assert "␀ &amp; kept" in html
    assert not OwnTag.objects.exists()


def test_another_name_for_a_tag_is_refused(dora: Client) -> None:
    define_tag(**KEY)
    answer = dora.post("/manage/tags/key/change/", {**KEY, "usage": "[keys]{SIMPLETEXT}[/keys]"})
    assert answer.status_code == 422
    assert "The name stays [key]" in _html(answer)


def test_a_board_of_markdown_says_that_tags_are_not_read(dora: Client, settings: Any) -> None:
    assert "Markdown alone" not in _html(dora.get("/manage/tags/new/"))
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"markup": "markdown"})
    assert "Markdown alone" in _html(dora.get("/manage/tags/new/"))
    assert "<strong>F1</strong>" in _html(dora.post("/manage/tags/new/", {**KEY, "do": "try"}))


def test_whoever_writes_finds_the_tags_below_the_field(
    board: Board, as_person: SignedIn, settings: Any
) -> None:
    topic, alice = board.topic(), as_person("alice")
    places = (topic.address, f"{topic.address}reply")
    assert all("Tags of this board" not in _html(alice.get(place)) for place in places)
    define_tag(**{**KEY, "hint": "A <key>"})
    for place in places:
        html = _html(alice.get(place))
        assert "Tags of this board" in html
        assert KEY["usage"] in html
        assert "A &lt;key&gt;" in html
    settings.ROSTRA = settings.ROSTRA.model_copy(update={"markup": "markdown"})
    assert "Tags of this board" not in _html(alice.get(places[1]))


def test_previews_posts_and_quotations_know_the_tags(board: Board, as_person: SignedIn) -> None:
    define_tag(**KEY)
    topic, alice = board.topic(body="[key]F1[/key] is help"), as_person("alice")
    preview = alice.post(f"{topic.address}reply", {"body": "[key]F2[/key]", "do": "preview"})
    assert "<strong>F2</strong>" in _html(preview)
    quoted = _html(alice.get(f"/p/{topic.last_post_id}/quotation"))
    assert "][key]F1[/key] is help[/quote]" in quoted
    alice.post(f"{topic.address}reply", {"body": f"{quoted}Thanks.", "token": "t1"})
    html = _html(alice.get(topic.address))
    assert html.count("<strong>F1</strong>") == 2


def test_no_tag_of_the_board_breaks_a_quotation_open(board: Board, as_person: SignedIn) -> None:
    define_tag(usage="[x]{INTTEXT}[/x]", template="a\n```\n{INTTEXT}")
    topic, alice = board.topic(body="Look: [x]a[/x]"), as_person("alice")
    quoted = _html(alice.get(f"/p/{topic.last_post_id}/quotation"))
    alice.post(f"{topic.address}reply", {"body": f"{quoted}My answer.", "token": "t1"})
    assert '</blockquote>\n<p dir="auto">My answer.</p>' in _html(alice.get(topic.address))
