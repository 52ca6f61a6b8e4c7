"""A moderator decides by keys alone: at an entry of the queue, three actions at most."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import NOTHING, examine
from tests.browser.test_moderating import report
from tests.browser.visits import Visits, reply, start_topic

pytestmark = pytest.mark.browser


def go_to(page: Page, entry: Locator) -> None:
    """Press j until the entry has the focus."""
    for _ in range(page.locator(".waiting").count()):
        page.keyboard.press("j")
        if entry.evaluate("it => it === document.activeElement"):
            return
    pytest.fail("j did not lead to the entry")


def reported(visit: Visits, title: str, *insults: str) -> Page:
    """A moderator at the queue, where a member's posts are reported by an administrator."""
    member, admin, moderator = visit("member"), visit("admin"), visit("moderator")
    topic = start_topic(admin, title)
    for insult in insults:
        reply(member, topic, insult)
        report(admin, topic)
    moderator.goto("/moderate/")
    return moderator


def test_a_reported_post_is_removed_with_three_actions_and_the_next_entry_has_the_focus(
    visit: Visits,
) -> None:
    page = reported(visit, "Three keys", "You are a goose.", "You are a gander.")
    go_to(page, page.get_by_role("article").filter(has_text="You are a goose."))
    page.keyboard.press("r")
    facts = page.get_by_label("What happened")
    expect(facts).to_be_focused()
    expect(page.get_by_label("The rule that was broken")).not_to_have_value("")
    expect(page.get_by_label("How it was found")).to_have_value("report")
    assert examine(page) == NOTHING
    page.keyboard.type("It calls another member a goose.")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/moderate/\?done=removed#report\d+$"))
    expect(page.get_by_role("status")).to_contain_text("It is removed")
    following = page.get_by_role("article").filter(has_text="You are a gander.")
    expect(following).to_be_focused()
    page.keyboard.press("s")  # one action: it stays
    expect(page.get_by_role("status")).to_contain_text("The reports are closed")
    expect(following).to_have_count(0)


def test_keys_do_nothing_without_an_entry_in_focus_nor_when_they_are_switched_off(visit: Visits) -> None:
    page = reported(visit, "No key", "You are a duck.")
    entry = page.get_by_role("article").filter(has_text="You are a duck.")
    page.keyboard.press("s")
    expect(entry).to_be_visible()
    go_to(page, entry)
    page.evaluate("localStorage.setItem('keys-off', '1')")
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile("/moderate/$"))
    page.evaluate("localStorage.removeItem('keys-off')")
    page.keyboard.press("c")
    expect(entry).to_contain_text("moderator is at it.")
    expect(entry).to_be_focused()
    page.keyboard.press("s")
    expect(entry).to_have_count(0)
