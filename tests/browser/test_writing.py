"""Writing: topics, replies, previews, edits; and that no text is ever lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_moderating import give_reasons
from tests.browser.visits import QUIET_FORUM, Visits, reply, sign_in, start_topic

pytestmark = pytest.mark.browser


def test_a_member_begins_a_topic(visit: Visits, javascript: bool) -> None:
    page = visit("member", javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Housing and land", exact=True).click()
    page.get_by_role("link", name="New topic").click()
    page.get_by_label("Title").fill("Who owns the stairwell")
    page.get_by_label("Text", exact=True).fill("A **strong** opening.")
    page.get_by_role("button", name="Post topic").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who owns the stairwell")
    expect(page.get_by_role("article").locator("strong")).to_have_text("strong")
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Housing and land").click()
    expect(page.get_by_role("heading", name="Who owns the stairwell").first).to_be_visible()


def test_a_member_replies_with_a_quotation(visit: Visits, javascript: bool) -> None:
    page = visit("member", javascript=javascript)
    start_topic(page, "Quote me", "Walls have ears.")
    page.get_by_role("article").first.get_by_role("link", name="Quote").click()
    text = page.get_by_label("Your reply" if javascript else "Text", exact=True)
    expect(text).to_have_value(re.compile(r"\]Walls have ears\.\["))
    text.fill(f"{text.input_value()}\n\nAnd doors have hinges.")
    page.get_by_role("button", name="Post reply").click()
    expect(page).to_have_url(re.compile(r"#p\d+$"))
    answer = page.get_by_role("article").last
    expect(answer.locator("blockquote")).to_contain_text("Walls have ears.")
    expect(answer).to_contain_text("And doors have hinges.")
    expect(answer).to_be_in_viewport()


def test_a_preview_shows_the_text_and_keeps_it(visit: Visits, javascript: bool) -> None:
    page = visit("member", javascript=javascript)
    topic = start_topic(page, "Look before you leap")
    page.get_by_label("Your reply").fill("With *emphasis*.")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview").locator("em")).to_have_text("emphasis")
    expect(page.locator("textarea")).to_have_value("With *emphasis*.")
    assert bool(loads) is not javascript, "htmx fetches the preview; without it the page is loaded"
    page.get_by_role("button", name="Post reply").click()
    expect(page).to_have_url(re.compile(re.escape(topic) + r"#p\d+$"))
    expect(page.get_by_role("article").last.locator("em")).to_have_text("emphasis")


def test_a_preview_of_nothing_says_what_is_missing(visit: Visits, javascript: bool) -> None:
    page = visit("member", javascript=javascript)
    topic = start_topic(page, "An empty preview")
    page.goto(f"{topic}reply")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".fault").first).to_be_visible()
    expect(page.get_by_role("region", name="Preview")).to_have_count(0)


def test_a_member_edits_and_everybody_can_see_the_history(visit: Visits, javascript: bool) -> None:
    page = visit("member", javascript=javascript)
    start_topic(page, "Second thoughts", "Rent is too low.")
    page.get_by_role("article").get_by_role("link", name="Edit").click()
    page.get_by_label("Title").fill("Third thoughts")
    page.get_by_label("Text", exact=True).fill("Rent is too high.")
    page.get_by_label("Reason for the edit").fill("a slip")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Third thoughts")
    expect(page.get_by_role("article")).to_contain_text("Rent is too high.")
    guest = visit(javascript=javascript)
    guest.goto(page.url)
    expect(guest.locator(".edited")).to_contain_text("a slip")
    guest.get_by_role("link", name="history").click()
    expect(guest.locator("del")).to_have_text("low")
    expect(guest.locator("ins")).to_have_text("high")


def test_a_topic_without_a_text_is_refused_and_its_title_stays(visit: Visits, javascript: bool) -> None:
    page = visit("member", javascript=javascript)
    page.goto(f"{QUIET_FORUM}new")
    page.get_by_label("Title").fill("All title and no text")
    page.get_by_label("Text", exact=True).fill("")
    page.get_by_role("button", name="Post topic").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("All title and no text")
    expect(page.get_by_label("Text", exact=True)).to_have_attribute("aria-invalid", "true")


def test_a_second_press_posts_nothing_twice(visit: Visits, javascript: bool) -> None:
    page = visit("member", javascript=javascript)
    topic = start_topic(page, "Press twice")
    page.get_by_label("Your reply").fill("Once is enough.")
    page.get_by_role("button", name="Post reply").dblclick()
    expect(page).to_have_url(re.compile(r"#p\d+$"))
    page.goto(topic)
    expect(page.get_by_role("article")).to_have_count(2)


def test_a_text_is_kept_when_the_topic_was_locked_meanwhile(visit: Visits, javascript: bool) -> None:
    member, moderator = visit("member", javascript=javascript), visit("admin", javascript=javascript)
    topic = start_topic(member, "The door closes")
    member.get_by_label("Your reply").fill("A long and careful answer.")
    moderator.goto(topic)
    moderator.get_by_role("link", name="Lock …").click()
    give_reasons(moderator, "The same was said five times.", "Lock it")
    expect(moderator.get_by_role("button", name="Unlock")).to_be_visible()
    member.get_by_role("button", name="Post reply").click()
    expect(member.get_by_role("alert")).to_contain_text("This topic is locked")
    expect(member.get_by_label("Text", exact=True)).to_have_value("A long and careful answer.")
    moderator.get_by_role("button", name="Unlock").click()
    expect(moderator.get_by_role("link", name="Lock …")).to_be_visible()
    member.get_by_role("button", name="Post reply").click()
    expect(member.get_by_role("article").last).to_contain_text("A long and careful answer.")


def test_a_text_is_kept_when_its_author_was_signed_out_meanwhile(visit: Visits, javascript: bool) -> None:
    page = visit("moderator", javascript=javascript)
    start_topic(page, "The light goes out")
    page.get_by_label("Your reply").fill("Written before the session ended.")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_role("alert")).to_contain_text("Only members can write here.")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Written before the session ended.")


def test_replies_come_in_order(visit: Visits) -> None:
    page = visit("member")
    topic = start_topic(page, "One after the other")
    for word in ("first", "second"):
        reply(page, topic, f"The {word} answer.")
    expect(page.locator(".prose")).to_contain_text(
        ["An opening post.", "The first answer.", "The second answer."]
    )


def test_a_form_that_is_older_than_the_sign_in_gives_its_text_back(visit: Visits) -> None:
    page = visit("moderator")
    start_topic(page, "The light goes on again")
    page.get_by_label("Your reply").fill("Sent after signing in again.")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Post reply").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    sign_in(opened.value, "moderator")
    expect(opened.value.get_by_role("button", name="Sign out")).to_be_visible()
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_label("What you typed")).to_have_value("Sent after signing in again.")


def test_characters_are_counted_near_a_limit_only(visit: Visits) -> None:
    page = visit("member")
    page.goto(f"{QUIET_FORUM}new")
    count = page.locator("text-count")
    page.get_by_label("Title").fill("x" * 105)
    expect(count.first).to_have_text("Characters left: 15")
    page.get_by_label("Title").fill("x" * 90)
    expect(count.first).to_be_empty()
    body = page.get_by_label("Text", exact=True)
    body.fill("😀" * 59_500)
    expect(count.last).to_have_text("Characters left: 500")
    body.fill("y" * 61_000)
    expect(count.last).to_have_text("Characters too many: 1,000")
    body.fill("A short text.")
    expect(count.last).to_be_empty()


def test_what_is_still_needed_is_counted_without_quotations(visit: Visits) -> None:
    page = visit("member")
    page.goto(f"{QUIET_FORUM}new")
    count = page.locator("text-count").last
    count.evaluate("element => (element.dataset.least = 20)")
    body = page.get_by_label("Text", exact=True)
    body.fill("> A long quotation of somebody else.\n\nAgreed.")
    expect(count).to_have_text("Characters still needed: 13")
    body.fill("> A long quotation of somebody else.\n\nAgreed, and here is why.")
    expect(count).to_be_empty()
