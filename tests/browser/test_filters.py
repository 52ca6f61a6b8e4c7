"""Not seeing what one does not want to see, and getting it back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import NOTHING, examine
from tests.browser.visits import QUIET_FORUM, Visits, reply, start_topic

pytestmark = pytest.mark.browser
# Brackwater began this topic of the demo board, and moderates nothing.
IGNORED, TOPIC, POST = "Brackwater", "A forty-kilometre queue of lorries", "/p/1656"


def ignore(page: Page, name: str) -> None:
    page.goto(f"/u/{name}/")
    page.get_by_role("button", name="Ignore this member").click()
    expect(page.get_by_role("status").first).to_contain_text("You ignore this member")


def press(page: Page, button: str, name: str) -> None:
    """The button of a line in the settings; its name says of what."""
    page.get_by_role("button", name=re.compile(f"^{button} ?: {name}")).click()


def stop(page: Page, name: str) -> None:
    page.goto("/settings/filters/")
    press(page, "Stop ignoring", name)
    expect(page.get_by_role("status")).to_contain_text(f"You no longer ignore “{name}”.")


def test_a_member_folds_somebodys_posts_and_opens_one_by_the_keyboard(
    visit: Visits, javascript: bool
) -> None:
    page = visit("member", javascript=javascript)
    ignore(page, IGNORED)
    page.goto(POST)
    post = page.locator(f"#p{POST.rpartition('/')[2]}")
    summary = post.get_by_text(f"Post by {IGNORED}, whom you ignore")
    expect(post).to_be_in_viewport()
    expect(summary).to_be_visible()
    expect(post.get_by_role("heading", level=2)).to_be_visible()
    expect(post.locator(".prose")).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(post.locator(".prose")).to_be_visible()
    page.keyboard.press("Enter")
    expect(post.locator(".prose")).to_be_hidden()
    if javascript:
        assert examine(page) == NOTHING
        post.focus()
        page.keyboard.press("o")
        expect(post.locator(".prose")).to_be_visible()
    stop(page, IGNORED)
    page.get_by_role("button", name="Undo").click()
    stop(page, IGNORED)
    page.goto(POST)
    expect(post.locator(".prose")).to_be_visible()


def test_a_filtered_word_leaves_a_topic_out_and_the_list_says_so(visit: Visits, javascript: bool) -> None:
    moderator, page = visit("moderator"), visit("member", javascript=javascript)
    word = "Quandary" if javascript else "Imbroglio"
    start_topic(moderator, f"The great {word} of parking")
    title = page.get_by_role("heading", name=f"The great {word} of parking")
    page.goto("/active/")
    expect(title).to_be_visible()
    page.goto("/settings/filters/")
    page.get_by_label("A further word").fill(word.lower())
    page.get_by_role("button", name="Filter this word").click()
    expect(page.get_by_role("status")).to_contain_text(f"You filter “{word.lower()}” now.")
    for address in ("/active/", QUIET_FORUM):
        page.goto(address)
        expect(title).to_have_count(0)
        expect(page.get_by_text("1 topic left out.")).to_be_visible()
        page.get_by_role("link", name="Show all", exact=True).click()
        expect(title).to_be_visible()
        page.get_by_role("link", name="Leave out again").click()
        expect(title).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="What you filter out").click()
    press(page, "Remove", word.lower())
    expect(page.get_by_role("status")).to_contain_text(f"You no longer filter “{word.lower()}”.")
    page.goto("/active/")
    expect(title).to_be_visible()


def test_a_forum_and_a_topic_are_ignored_and_followed_again(visit: Visits) -> None:
    moderator, page = visit("moderator"), visit("member")
    # Whatever was written before, this topic is now the first of the list.
    reply(moderator, POST, "The queue has grown since.")
    page.goto("/active/")
    expect(page.get_by_role("heading", name=TOPIC)).to_be_visible()
    page.goto(POST)
    page.get_by_role("button", name="Ignore this topic").click()
    expect(page.get_by_role("status").first).to_contain_text("You ignore this topic")
    page.goto(QUIET_FORUM)
    page.get_by_role("button", name="Ignore this forum").click()
    expect(page.get_by_role("status").first).to_contain_text("You ignore this forum")
    assert examine(page) == NOTHING
    page.goto("/active/")
    expect(page.get_by_role("heading", name=TOPIC)).to_have_count(0)
    expect(page.locator(".topic .in", has_text="Housing and land")).to_have_count(0)
    page.goto("/settings/filters/")
    assert examine(page) == NOTHING
    for name in ("Housing and land", TOPIC):
        press(page, "Stop ignoring", name)
    page.goto("/active/")
    expect(page.get_by_role("heading", name=TOPIC)).to_be_visible()
