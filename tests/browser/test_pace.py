"""A moderator slows a topic, sets a time for it, puts a notice beside a post, and treats several topics at once."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import NOTHING, examine, overflow
from tests.browser.test_moderating import give_reasons
from tests.browser.test_wcag22 import CROWDED, TELEPHONE
from tests.browser.visits import QUIET_FORUM, Visits, reply, start_topic

pytestmark = pytest.mark.browser


def looked_at(page: Page, javascript: bool) -> None:
    """Nothing that axe finds, that sticks out, or that stands too near to something else; axe needs scripts."""
    if javascript:
        assert examine(page) == NOTHING
        page.set_viewport_size({"width": TELEPHONE, "height": 800})
        assert page.evaluate(CROWDED) == []
        assert overflow(page) == 0
        page.set_viewport_size({"width": 1280, "height": 800})


def soon() -> str:
    return (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


def test_a_slow_topic_says_so_and_when_one_can_post_again(visit: Visits, javascript: bool) -> None:
    member = visit("member", javascript=javascript)
    moderator = visit("moderator", javascript=javascript)
    topic = start_topic(member, "Slowly now")
    moderator.goto(topic)
    moderator.get_by_role("link", name="Slow mode …").click()
    looked_at(moderator, javascript)
    moderator.get_by_label("Pace").select_option("one post every 15 minutes")
    moderator.get_by_label("Until").fill(soon())
    moderator.get_by_role("button", name="Save").click()
    answer = member.get_by_role("region", name="Reply")
    member.goto(topic)
    expect(answer).to_contain_text("You can do it again from")
    expect(answer.get_by_role("textbox")).to_have_count(0)
    looked_at(member, javascript)
    expect(moderator.get_by_role("region", name="Reply")).to_contain_text(
        "Slow mode: one post every 15 minutes."
    )
    reply(moderator, topic, "We are not slowed.")


def test_readers_see_when_a_topic_is_locked_and_what_moderators_say_of_a_post(
    visit: Visits, javascript: bool
) -> None:
    moderator, guest = visit("moderator", javascript=javascript), visit(javascript=javascript)
    topic = start_topic(visit("member", javascript=javascript), "It ends soon")
    moderator.goto(topic)
    moderator.get_by_role("link", name="Lock at a time …").click()
    looked_at(moderator, javascript)
    moderator.get_by_label("When").fill(soon())
    give_reasons(moderator, "The same was said five times.", "Lock it then")
    moderator.get_by_text("More …").first.click()
    moderator.get_by_role("link", name="Notice …").click()
    looked_at(moderator, javascript)
    moderator.get_by_label("Notice").fill("The figures were corrected.")
    moderator.get_by_role("button", name="Save").click()
    guest.goto(topic)
    expect(guest.get_by_text("This topic will be locked at")).to_be_visible()
    expect(guest.get_by_role("note")).to_contain_text("The figures were corrected.")
    looked_at(guest, javascript)
    looked_at(moderator, javascript)
    moderator.get_by_role("button", name="Do not lock at").click()
    guest.reload()
    expect(guest.get_by_text("This topic will be locked at")).to_have_count(0)


def test_several_topics_are_locked_and_opened_at_once(visit: Visits, javascript: bool) -> None:
    member = visit("member", javascript=javascript)
    moderator = visit("moderator", javascript=javascript)
    names = [f"One of two, {number}" for number in (1, 2)]
    for name in names:
        start_topic(member, name)
    for what, button in (("Lock …", "Lock them"), ("Unlock", "Open them")):
        moderator.goto(QUIET_FORUM)
        expect(moderator.get_by_role("checkbox", name="Choose “")).to_have_count(0)
        moderator.get_by_role("link", name="Choose topics …").click()
        for name in names:
            moderator.get_by_role("checkbox", name=f"Choose “{name}”").first.check()
        moderator.get_by_label("With the chosen topics:").select_option(what)
        looked_at(moderator, javascript)
        moderator.get_by_role("button", name="Go on").click()
        looked_at(moderator, javascript)
        expect(moderator.get_by_role("checkbox", checked=True)).to_have_count(2)
        if what == "Unlock":
            moderator.get_by_role("button", name=button).click()
        else:
            give_reasons(moderator, "Both are about the same shop.", button)
        for name in names:
            row = (
                moderator.get_by_role("listitem")
                .filter(has=moderator.get_by_role("heading", name=name))
                .first
            )
            expect(row.get_by_text("(locked)")).to_have_count(0 if what == "Unlock" else 1)


def test_several_posts_are_removed_at_once(visit: Visits, javascript: bool) -> None:
    member = visit("member", javascript=javascript)
    moderator = visit("moderator", javascript=javascript)
    topic = start_topic(member, "Too many")
    for words in ("Buy here.", "Buy there."):
        reply(member, topic, words)
    moderator.goto(topic)
    moderator.get_by_role("link", name="Choose posts …").click()
    boxes = moderator.get_by_role("checkbox", name="Choose post #")
    expect(boxes).to_have_count(2)
    for number in range(2):
        boxes.nth(number).check()
    looked_at(moderator, javascript)
    moderator.get_by_role("button", name="Remove the chosen posts …").click()
    looked_at(moderator, javascript)
    give_reasons(moderator, "Both only sell something.", "Remove them")
    expect(moderator.locator("article.post")).to_have_count(1)
