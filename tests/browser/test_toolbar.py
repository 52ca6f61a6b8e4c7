"""The text field: its buttons, its keys, lists that go on, and what was copied elsewhere."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.test_accessibility import NOTHING, examine, overflow
from tests.browser.test_paint import shifts
from tests.browser.visits import Visits, start_topic

pytestmark = pytest.mark.browser
FORUM = "/f/6/new"  # other tests begin no topics there
NAMES = ["Bold", "Italic", "Link", "Picture", "Quotation", "List", "Numbered list", "Code", "Spoiler"]
COPIED = "<meta charset='utf-8'><h2>Rents</h2><ul><li>They <b>rose</b></li></ul>"
PLAIN = "Rents\n\nThey rose"
MARKDOWN = "## Rents\n\n- They **rose**"
PASTE = """(field, [plain, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", plain);
  if (html) clipboardData.setData("text/html", html);
  return field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


class Waiting:
    """Requests that get no answer yet."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def __call__(self, route: Route) -> None:
        self.routes.append(route)


def editor(page: Page) -> Locator:
    """The empty field for the text of a new topic, whatever draft an earlier test left there."""
    page.goto(FORUM)
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    field = page.get_by_label("Text", exact=True)
    field.fill("")
    return field


def choose(field: Locator, text: str, words: str) -> None:
    """Fill the field and select words in it."""
    field.fill(text)
    field.evaluate(
        "(it, [from, to]) => { it.focus(); it.setSelectionRange(from, to); }",
        [text.index(words), text.index(words) + len(words)],
    )


def paste(field: Locator, plain: str, html: str = "") -> bool:
    """Paste; was it left to the browser?"""
    field.focus()
    return bool(field.evaluate(PASTE, [plain, html]))


@pytest.mark.parametrize(
    ("name", "text", "words", "result", "again"),
    [
        ("Bold", "They rose.", "rose", "They **rose**.", "They rose."),
        ("Bold", "They rose.", " rose", "They **rose**.", "They rose."),
        ("Italic", "They **rose**.", "rose", "They ***rose***.", "They **rose**."),
        ("Spoiler", "The end: all die.", "all die", "The end: ||all die||.", "The end: all die."),
        ("Code", "Use pip.", "pip", "Use `pip`.", "Use pip."),
        ("Bold", "- one\n- two", "- one\n- two", "- **one**\n- **two**", None),
        ("Code", "So:\na\nb\nEnd", "a\nb", "So:\n```\na\nb\n```\nEnd", None),
        ("Quotation", "one\ntwo\nthree", "one\ntwo", "> one\n> two\n\nthree", "one\ntwo\n\nthree"),
        ("List", "one\n\ntwo", "one\n\ntwo", "- one\n\n- two", "one\n\ntwo"),
        ("Numbered list", "- one\n- two", "- one\n- two", "1. one\n2. two", "one\ntwo"),
        ("Link", "See the law.", "the law", "See [the law]().", None),
        ("Picture", "See the map.", "the map", "See ![the map]().", None),
        ("Picture", "https://example.org/m.png", "https://example.org/m.png", "![what the picture shows](https://example.org/m.png)", None),
        ("Link", "See https://example.org/law", "https://example.org/law", "See [](https://example.org/law)", None),
    ],
)  # fmt: skip
def test_a_button_marks_what_is_selected_and_frees_it_again(
    visit: Visits, name: str, text: str, words: str, result: str, again: str | None
) -> None:
    page = visit("member")
    field = editor(page)
    choose(field, text, words)
    button = page.get_by_role("button", name=name, exact=True)
    button.click()
    expect(field).to_have_value(result)
    expect(field).to_be_focused()
    if again is not None:
        button.click()
        expect(field).to_have_value(again)
    page.keyboard.press("Control+z")
    expect(field).to_have_value(text if again is None else result)


def test_with_nothing_selected_one_types_between_the_signs(visit: Visits) -> None:
    page = visit("member")
    field = editor(page)
    field.focus()
    for key, words in (("b", "bold"), ("i", "slanted"), ("k", "words")):
        page.keyboard.press(f"Control+{key}")
        page.keyboard.type(words)
        page.keyboard.press("Control+End")
        page.keyboard.type(" ")
    expect(field).to_have_value("**bold** *slanted* [words]() ")


def test_what_a_button_did_is_kept_as_a_draft(visit: Visits) -> None:
    page = visit("member")
    field = editor(page)
    choose(field, "They rose.", "rose")
    with page.expect_request(lambda asked: asked.url.endswith("/drafts/save")) as sent:
        page.get_by_role("button", name="Bold", exact=True).click()
    assert "They+**rose**." in (sent.value.post_data or "")


def test_the_bar_is_one_stop_of_the_tab_key_and_the_arrows_go_on(visit: Visits) -> None:
    page = visit("member")
    field = editor(page)
    field.focus()
    page.keyboard.press("Shift+Tab")
    reached = page.locator("[role=toolbar] button:focus")
    expect(reached).to_have_accessible_name("Bold")
    expect(reached).to_have_attribute("title", re.compile(r"^Bold \((Ctrl\+|⌘)B\)$"))
    for key, name in (
        ("ArrowRight", "Italic"), ("ArrowLeft", "Bold"), ("ArrowLeft", "Spoiler"), ("ArrowRight", "Bold"),
        ("End", "Spoiler"), ("Home", "Bold"), ("End", "Spoiler"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(reached).to_have_accessible_name(name)
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("they win")
    expect(field).to_have_value("||they win||")
    page.keyboard.press("Shift+Tab")
    expect(reached).to_have_accessible_name("Spoiler")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("Title")).to_be_focused()
    field.focus()
    page.keyboard.press("Tab")
    expect(field).not_to_be_focused()


def test_enter_goes_on_with_lists_and_quotations_and_ends_them(visit: Visits) -> None:
    page = visit("member")
    field = editor(page)
    field.focus()
    page.keyboard.type("- one\ntwo\n\nplain\n9. nine\nten\n\n> said\nmore\n\n  * deep\ndeeper\n\nend")
    expect(field).to_have_value(
        "- one\n- two\n\nplain\n9. nine\n10. ten\n\n> said\n> more\n\n  * deep\n  * deeper\n\nend"
    )
    field.fill("")
    page.keyboard.type("> - both\nagain\n\n\nnone\n```\n- code\nis code\n```")
    expect(field).to_have_value("> - both\n> - again\n>\n\nnone\n```\n- code\nis code\n```")


def test_enter_in_the_middle_of_an_item_takes_its_end_along(visit: Visits) -> None:
    page = visit("member")
    field = editor(page)
    choose(field, "- one and two", " and")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(field).to_have_value("- one\n-  two")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("- one two")


def test_what_was_copied_with_formatting_comes_as_markdown(visit: Visits) -> None:
    page = visit("member")
    topic = start_topic(page, "Copied elsewhere")
    page.goto(topic)
    field = page.get_by_label("Your reply")
    choose(field, "Look: HERE and so on.", "HERE")
    assert not paste(field, PLAIN, COPIED)
    expect(field).to_have_value(f"Look: {MARKDOWN} and so on.")
    page.keyboard.type("!")
    expect(field).to_have_value(f"Look: {MARKDOWN}! and so on.")
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(field).to_have_value(f"Look: {PLAIN} and so on.")
    field.fill("")


def test_plain_text_stays_what_it_is_and_the_server_is_not_asked(visit: Visits) -> None:
    page = visit("member")
    field = editor(page)
    asked = Waiting()
    page.route("**/paste", asked)
    assert paste(field, "They rose", "<meta charset='utf-8'><span style='color: red'>They rose</span>")
    assert paste(field, "They <b>rose</b>")
    assert paste(field, "https://example.org/", "<a href='https://example.org/'>https://example.org/</a>")
    assert paste(field, "long", f"<b>{'long' * 50_001}</b>")
    assert asked.routes == []


@pytest.mark.parametrize("fault", ["away", "refused", "slow"])
def test_when_the_server_does_not_help_the_plain_text_is_there(visit: Visits, fault: str) -> None:
    page = visit("member")
    field = editor(page)
    waiting = Waiting()
    answer: dict[str, Callable[[Route], None]] = {
        "away": lambda route: route.abort(),
        "refused": lambda route: route.fulfill(status=429, body="Too many"),
        "slow": waiting,
    }
    page.route("**/paste", answer[fault])
    assert not paste(field, PLAIN, COPIED)
    expect(field).to_have_value(PLAIN)
    page.wait_for_timeout(2500 if fault == "slow" else 300)
    for late in waiting.routes:
        late.fulfill(body="Late")
    page.wait_for_timeout(100)
    expect(field).to_have_value(PLAIN)
    visit.watch.complaints.clear()  # the browser says that /paste failed, as it should


def test_what_is_typed_before_the_answer_comes_stays(visit: Visits) -> None:
    page = visit("member")
    field = editor(page)
    waiting = Waiting()
    page.route("**/paste", waiting)
    assert not paste(field, PLAIN, COPIED)
    page.keyboard.type(" and I go on")
    waiting.routes[0].continue_()
    expect(field).to_have_value(f"{MARKDOWN} and I go on")
    page.keyboard.type("!")
    expect(field).to_have_value(f"{MARKDOWN} and I go on!")


def test_an_address_pasted_over_words_links_them(visit: Visits) -> None:
    page = visit("member")
    field = editor(page)
    choose(field, "See the law.", "the law")
    assert not paste(field, "https://example.org/law\n", "<a href='https://example.org/law'>law</a>")
    expect(field).to_have_value("See [the law](https://example.org/law).")
    choose(field, "See https://example.org/old", "https://example.org/old")
    assert paste(field, "https://example.org/law"), "an address over an address takes its place"


def test_without_javascript_there_is_no_bar_and_no_gap(visit: Visits) -> None:
    page = visit("member", javascript=False)
    page.goto(FORUM)
    expect(page.locator("text-tools")).to_be_hidden()
    expect(page.get_by_role("button", name="Bold")).to_have_count(0)
    expect(page.get_by_text("Markdown or BBCode: *emphasis*")).to_be_visible()


def test_nothing_moves_when_the_bar_comes(visit: Visits) -> None:
    for width in (320, 1280):
        page = visit("member", width=width)
        assert shifts(page, FORUM) == []
        assert overflow(page) == 0
        bar = page.get_by_role("toolbar")
        assert bar.evaluate("it => it.scrollWidth - it.clientWidth") == 0
        boxes = [button.bounding_box() for button in bar.get_by_role("button").all()]
        assert len(boxes) == len(NAMES)
        assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)


def test_axe_finds_nothing_in_the_bar(visit: Visits) -> None:
    page = visit("member")
    editor(page)
    assert examine(page) == NOTHING


def test_where_one_reads_from_the_right_the_arrows_turn_round(visit: Visits) -> None:
    page = visit("member", language="xb")
    page.goto(FORUM)
    first = page.locator("[role=toolbar] button").first
    first.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[role=toolbar] button").nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(first).to_be_focused()


def test_the_preview_looks_like_the_post(visit: Visits) -> None:
    page = visit("member")
    topic = start_topic(page, "Exactly so")
    body = "> They said\n\n[the law](https://example.org/) and `code`\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    page.goto(topic)
    page.get_by_label("Your reply").fill(body)
    page.get_by_role("button", name="Preview").click()
    look = "it => [it.className, it.dir, it.innerHTML.trim(), getComputedStyle(it).font, getComputedStyle(it).color]"
    preview = page.get_by_role("region", name="Preview").locator(".prose").evaluate(look)
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url("**/t/**#p*")
    assert page.get_by_role("article").last.locator(".prose").evaluate(look) == preview
