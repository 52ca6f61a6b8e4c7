"""A moderator at work."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import NOTHING, examine, overflow
from tests.browser.visits import QUIET_FORUM, Visits, reply, start_topic

pytestmark = pytest.mark.browser


RULE = "Argue with what people say, not with people."


def give_reasons(page: Page, facts: str, button: str) -> None:
    page.get_by_label("The rule that was broken").select_option(label=f"Board 1. {RULE}")
    page.get_by_label("What happened").fill(facts)
    page.get_by_role("button", name=button).click()


def test_a_moderator_locks_a_topic_and_opens_it_again(visit: Visits, javascript: bool) -> None:
    member = visit("member", javascript=javascript)
    moderator = visit("moderator", javascript=javascript)
    topic = start_topic(member, "Lock and key")
    expect(member.get_by_role("region", name="Moderator's tools")).to_have_count(0)
    moderator.goto(topic)
    moderator.get_by_role("link", name="Lock …").click()
    give_reasons(moderator, "The same was said five times.", "Lock it")
    expect(moderator.get_by_role("button", name="Unlock")).to_be_visible()
    member.reload()
    expect(member.get_by_role("region", name="Reply")).to_contain_text("This topic is locked")
    expect(member.get_by_label("Your reply")).to_have_count(0)
    expect(member.locator("article").get_by_role("link", name="Quote")).to_have_count(0)
    moderator.get_by_role("button", name="Unlock").click()
    expect(moderator.get_by_role("link", name="Lock …")).to_be_visible()
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


def report(page: Page, topic: str) -> None:
    """Report the last post of a topic."""
    page.goto(topic)
    page.get_by_role("article").last.get_by_role("link", name="Report").click()
    page.get_by_label(f"Board 1. {RULE}").check()
    page.get_by_label("What is wrong").fill("He calls me a fool.")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_role("status")).to_contain_text("The moderators have your report")


def remove_what_was_reported(page: Page, is_examined: bool) -> None:
    page.goto("/moderate/")
    reported = page.get_by_role("article").filter(has_text="You are a fool.")
    expect(reported).to_contain_text("He calls me a fool.")
    if is_examined:
        assert examine(page) == NOTHING
        assert overflow(page) == 0
    reported.get_by_role("link", name="Remove …").click()
    expect(page.get_by_label("How it was found")).to_have_value("report")
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("alert")).to_have_count(
        1
    )  # the facts are missing; the rule is that of the report
    give_reasons(page, "It calls another member a fool.", "Remove it")
    expect(page.get_by_role("status")).to_contain_text("It is removed, and its author told why.")


def appeal(page: Page, is_examined: bool) -> None:
    page.goto("/")
    page.get_by_role("link", name="Moderators have decided on something of yours.").click()
    page.get_by_role("link", name="A post was removed").first.click()
    expect(page.get_by_text("It calls another member a fool.")).to_be_visible()
    page.get_by_label("Why it is wrong").fill("I quoted what he says of himself.")
    page.get_by_role("button", name="Appeal").click()
    expect(page.get_by_text("Somebody who took no part will look at it.")).to_be_visible()
    if is_examined:
        assert examine(page) == NOTHING


def test_a_report_leads_to_a_case_an_appeal_and_back(visit: Visits, javascript: bool) -> None:
    author, moderator = visit("member", javascript=javascript), visit("moderator", javascript=javascript)
    admin = visit("admin", javascript=javascript)
    topic = start_topic(admin, "Who said it" if javascript else "Who said it, plainly")
    reply(author, topic, "You are a fool.")
    report(admin, topic)
    remove_what_was_reported(moderator, javascript)
    appeal(author, javascript)
    admin.goto("/moderate/")
    admin.get_by_role("region", name="Appeals").get_by_role("link").last.click()
    admin.get_by_label("Your reasons").fill("So he did.")
    admin.get_by_role("button", name="Take the decision back").click()
    expect(admin.get_by_text("the decision is taken back")).to_be_visible()
    author.goto(topic)
    expect(author.get_by_role("article").get_by_text("You are a fool.")).to_be_visible()
    guest = visit(javascript=javascript, width=390)
    guest.goto("/moderation/log/")
    expect(guest.get_by_text("taken back").first).to_be_visible()
    if javascript:
        assert examine(guest) == NOTHING
        assert overflow(guest) == 0
