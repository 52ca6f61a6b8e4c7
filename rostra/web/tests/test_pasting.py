"""The address that makes Markdown of what was copied, and a preview that is what will be published."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from rostra.web import ratelimits
from rostra.web.topics.pasting import LARGEST
from tests.cast import Board

SignedIn = Callable[[str], Client]
COPIED = "<h2>Rents</h2><p>They <b>rose</b>, says <a href='https://example.org/'>the office</a>.</p>"
PROSE = re.compile(r'<div class="prose" dir="auto">\s*(.*?)\s*</div>', re.DOTALL)


def test_alice_gets_markdown_for_what_she_copied(board: Board, as_person: SignedIn) -> None:
    answer = as_person("alice").post("/paste", {"html": COPIED})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == "## Rents\n\nThey **rose**, says [the office](https://example.org/)."


def test_a_guest_gets_a_line_that_says_who_may(board: Board, client: Client) -> None:
    answer = client.post("/paste", {"html": COPIED})
    assert answer.status_code == 403
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.content.decode() == "Only members can write here."


def test_it_is_for_forms_of_this_board_and_no_page(board: Board, as_person: SignedIn) -> None:
    assert as_person("alice").get("/paste").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_person("alice").cookies
    assert strict.post("/paste", {"html": COPIED}).status_code == 403


@pytest.mark.parametrize(("letter", "number"), [("x", LARGEST), ("я", LARGEST // 2)])
def test_what_is_larger_than_the_bound_is_refused_by_its_bytes(
    board: Board, as_person: SignedIn, letter: str, number: int
) -> None:
    alice = as_person("alice")
    assert alice.post("/paste", {"html": letter * number}).status_code == 200
    answer = alice.post("/paste", {"html": letter * number + "x"})
    assert (answer.status_code, answer.content.decode()) == (413, "That is too much at once")


def test_an_answer_that_would_be_larger_than_the_bound_is_refused(board: Board, as_person: SignedIn) -> None:
    assert as_person("alice").post("/paste", {"html": "<ul><li>" * 20_000 + "word"}).status_code == 413


def test_too_many_are_told_when_to_come_back(
    board: Board, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ratelimits.LIMITS, "paste", (2, *ratelimits.LIMITS["paste"][1:]))
    alice = as_person("alice")
    assert [alice.post("/paste", {"html": COPIED}).status_code for _ in range(3)] == [200, 200, 429]
    answer = alice.post("/paste", {"html": COPIED})
    assert answer.content.decode() == "At most 2 formatted texts can be pasted in 60 seconds."
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert as_person("carol").post("/paste", {"html": COPIED}).status_code == 200


def test_a_preview_is_exactly_what_will_be_published(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    body = (
        "> **alice** [#1](/p/1):\n>\n> A question.\n\nTwo answers, [the law](https://example.org/law) and `code`:\n\n"
        "- one\n- two\n\n| party | seats |\n|---|---|\n| Left | 12 |\n\n```\nif a:\n    b()\n```\n\nhttps://example.org/x"
    )
    carol = as_person("carol")
    form = {"body": body, "do": "preview"}
    part = carol.post(f"{topic.address}reply", form, headers={"HX-Request": "true"}).content.decode()
    page = carol.post(f"{topic.address}reply", form).content.decode()
    published = carol.post(
        f"{topic.address}reply", {"body": body, "do": "post"}, follow=True
    ).content.decode()
    in_page = PROSE.findall(page[page.index('id="preview"') :])[0]
    assert PROSE.findall(part) == [in_page]
    assert PROSE.findall(published)[-1] == in_page
    for tag in ("blockquote", "ul", "a ", "code", "table", "pre"):
        assert f"<{tag}" in in_page


def test_the_buttons_are_asleep_in_the_page_and_bring_their_words(board: Board, as_person: SignedIn) -> None:
    topic = board.topic()
    carol = as_person("carol")
    for address in (topic.address, f"{topic.address}reply", f"/f/{board.europe.pk}-europe/new"):
        html = carol.get(address, headers={"Accept-Language": "en"}).content.decode()
        before, _tag, inside = html.partition("<text-tools")
        asleep = inside.partition("</text-tools>")[0]
        assert "toolbar" not in before.partition("<main")[2]
        assert asleep.index("<template>") < asleep.index("<button") < asleep.index("</template>")
        assert re.findall(r'<button[^>]* aria-label="([^"]+)"', asleep) == [
            "Bold", "Italic", "Link", "Picture", "Quotation", "List", "Numbered list", "Code", "Spoiler",
        ]  # fmt: skip
    assert "text-tools" not in Client().get(topic.address).content.decode()
