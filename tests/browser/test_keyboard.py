"""Everything can be done without a mouse."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from rostra.demo.making import PASSWORD
from tests.browser.visits import QUIET_FORUM, Visits, reply, start_topic

pytestmark = pytest.mark.browser
MOST_STOPS = 250
FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
    return {tag: it.tagName, ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight, html: it.outerHTML.slice(0, 200)};
}"""


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(MOST_STOPS):
        if wanted.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{MOST_STOPS} times Tab did not lead to {wanted}")


def test_the_first_tab_stop_skips_to_the_content(visit: Visits, javascript: bool) -> None:
    page = visit(javascript=javascript)
    page.goto("/")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


def test_a_member_signs_in_and_replies_by_keyboard_alone(visit: Visits) -> None:
    topic = start_topic(visit("moderator"), "Hands off the mouse")
    page = visit()
    page.goto(topic)
    tab_to(page, page.get_by_role("region", name="Reply").get_by_role("link", name="Sign in"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    tab_to(page, page.get_by_label("Name or e-mail address"))
    page.keyboard.type("member")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(topic)
    tab_to(page, page.get_by_label("Your reply"))
    page.keyboard.type("Typed")
    page.keyboard.press("Enter")
    page.keyboard.type("and sent.")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"#p\d+$"))
    expect(page.get_by_role("article").last).to_contain_text(re.compile(r"Typed\s+and sent\."))


def test_the_editor_goes_from_text_to_button_and_can_be_left(visit: Visits) -> None:
    page = visit("member")
    page.goto(QUIET_FORUM)
    tab_to(page, page.get_by_role("link", name="New topic"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Title"))
    page.keyboard.type("From the keyboard")
    tab_to(page, page.get_by_label("Text", exact=True))
    page.keyboard.type("No trap in here.")
    for name in ("Post topic", "Preview"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Preview")).to_contain_text("No trap in here.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("From the keyboard")


@pytest.mark.parametrize("address", ["/", "/f/6", "/t/19", "/sign-up/"])
def test_every_tab_stop_is_seen(visit: Visits, address: str) -> None:
    page = visit("" if "sign" in address else "moderator")
    page.goto(address)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            return
        assert focused["ring"], focused["html"]
        assert focused["shown"], focused["html"]
    pytest.fail(f"{address} has more than {MOST_STOPS} tab stops, or a trap")


def test_single_keys_walk_through_a_topic_and_quote_into_the_reply(visit: Visits) -> None:
    page = visit("member")
    topic = start_topic(page, "One key at a time", "The first words.")
    reply(page, topic, "The second words.")
    page.goto(topic)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("article").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("article").nth(0)).to_be_focused()
    page.keyboard.press("q")
    field = page.get_by_label("Your reply")
    expect(field).to_have_value(re.compile(r"\]The first words\.\["))
    expect(field).to_be_focused()
    page.keyboard.type("jkq are letters here.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article").last).to_contain_text("jkq are letters here.")
    page.get_by_role("article").last.focus()
    page.keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Edit #")


def test_the_list_of_keys_opens_and_switches_them_off(visit: Visits) -> None:
    page = visit("member")
    page.goto(QUIET_FORUM)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("next post, topic, forum or entry of the queue")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page).to_have_url(re.compile(re.escape(QUIET_FORUM)))
    page.goto("/keys/")
    page.get_by_role("checkbox").check()
    page.keyboard.press("Tab")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Active topics")


def test_single_keys_turn_the_pages_of_a_topic(visit: Visits) -> None:
    page = visit()
    page.goto("/t/12")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile(r"/t/12-[^?]+/$"))


def test_a_moderator_locks_a_topic_by_keyboard_alone(visit: Visits) -> None:
    topic = start_topic(visit("member"), "Locked without a mouse")
    page = visit("admin")
    page.goto(topic)
    tab_to(page, page.get_by_role("link", name="Lock …"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("The rule that was broken"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("What happened"))
    page.keyboard.type("The same was said five times.")
    tab_to(page, page.get_by_role("button", name="Lock it"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Unlock")).to_be_visible()


def test_words_that_are_selected_are_quoted_alone(visit: Visits) -> None:
    page = visit("member")
    start_topic(page, "Only some words", "Keep this. Leave that.")
    page.get_by_role("article").locator(".prose p").evaluate(
        "it => getSelection().setBaseAndExtent(it.firstChild, 0, it.firstChild, 10)"
    )
    page.keyboard.press("q")
    expect(page.get_by_label("Your reply")).to_have_value(re.compile(r"\]Keep this\.\["))
    expect(page.get_by_label("Your reply")).not_to_have_value(re.compile("Leave that"))
