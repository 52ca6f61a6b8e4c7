"""A moderator at work."""

import pytest
from playwright.sync_api import expect

from tests.browser.visits import QUIET_FORUM, Visits, reply, start_topic

pytestmark = pytest.mark.browser


def test_a_moderator_locks_a_topic_and_opens_it_again(visit: Visits, javascript: bool) -> None:
    member = visit("member", javascript=javascript)
    moderator = visit("moderator", javascript=javascript)
    topic = start_topic(member, "Lock and key")
    expect(member.get_by_role("region", name="Moderator's tools")).to_have_count(0)
    moderator.goto(topic)
    moderator.get_by_role("button", name="Lock", exact=True).click()
    expect(moderator.get_by_role("button", name="Unlock")).to_be_visible()
    member.reload()
    expect(member.get_by_role("region", name="Reply")).to_contain_text("This topic is locked")
    expect(member.get_by_label("Your reply")).to_have_count(0)
    expect(member.locator("article").get_by_role("link", name="Quote")).to_have_count(0)
    moderator.get_by_role("button", name="Unlock").click()
    expect(moderator.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    reply(member, topic, "Open again.")
    expect(member.get_by_role("article")).to_have_count(2)


def test_a_moderator_makes_a_topic_sticky_and_normal_again(visit: Visits, javascript: bool) -> None:
    page, guest = visit("moderator", javascript=javascript), visit(javascript=javascript)
    topic = start_topic(page, "Stick to it")
    page.get_by_role("button", name="Make sticky").click()
    expect(page.get_by_text("Sticky ·")).to_be_visible()
    guest.goto(QUIET_FORUM)
    row = guest.get_by_role("listitem").filter(has=guest.get_by_role("heading", name="Stick to it"))
    expect(row.get_by_text("Sticky", exact=True).first).to_be_visible()
    page.goto(topic)
    page.get_by_role("button", name="Make normal").click()
    expect(page.get_by_text("Sticky ·")).to_have_count(0)
