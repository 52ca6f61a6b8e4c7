"""Reading, as a guest and as a member."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import Visits, reply, start_topic

pytestmark = pytest.mark.browser


def open_long_topic(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Voting and representation", exact=True).click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^The case for lists")).click()


def test_a_guest_reads_from_the_index_to_a_permalink(visit: Visits, javascript: bool) -> None:
    page = visit(javascript=javascript)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Europe", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Europe")
    page.get_by_role("main").get_by_role("link", name=re.compile("^The night train")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The night train")
    post = page.get_by_role("article").nth(4)
    number = (post.get_attribute("id") or "").removeprefix("p")
    post.get_by_role("heading").get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/t/\d+-[^/]+/#p{number}$"))
    expect(page.locator(f"#p{number}")).to_be_in_viewport()


def test_a_guest_turns_the_pages_of_a_long_topic(visit: Visits) -> None:
    page = visit()
    open_long_topic(page)
    first = page.get_by_role("article").first.get_attribute("id")
    pager = page.get_by_role("navigation", name="Pages").first
    pager.get_by_role("link", name="Next").click()
    expect(pager.locator("[aria-current=page]")).to_have_text("Page 2")
    pager.get_by_role("link", name="Page 12").click()
    expect(pager.get_by_role("link", name="Next")).to_have_count(0)
    page.go_back()
    pager.get_by_role("link", name="Previous").click()
    expect(page.get_by_role("article").first).to_have_id(first or "")


def test_a_permalink_leads_to_a_post_on_a_later_page(visit: Visits) -> None:
    page = visit()
    open_long_topic(page)
    page.get_by_role("navigation", name="Pages").first.get_by_role("link", name="Page 12").click()
    expect(page).to_have_url(re.compile(r"page=12$"))
    anchor = page.get_by_role("article").last.get_attribute("id") or ""
    page.goto(f"/p/{anchor.removeprefix('p')}")
    expect(page).to_have_url(re.compile(rf"page=12#{anchor}$"))
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_the_trail_and_the_recent_topics_lead_on(visit: Visits) -> None:
    page = visit()
    open_long_topic(page)
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Ideas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ideas")
    recent = page.get_by_role("complementary", name="Recent topics").get_by_role("listitem").first
    title = recent.get_by_role("link").first.inner_text()
    recent.get_by_role("link").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page).to_have_url(re.compile(r"#p\d+$"))


def test_a_guest_finds_the_rules_folded_at_the_second_visit(visit: Visits) -> None:
    page = visit()
    for is_open in (True, False):
        page.goto("/")
        page.get_by_role("main").get_by_role("link", name="Europe", exact=True).click()
        rules = page.get_by_text("No one line posts please.")
        expect(rules).to_be_visible(visible=is_open)


def test_a_member_finds_what_is_new_marked_until_it_was_read(visit: Visits) -> None:
    moderator, member = visit("moderator"), visit("member")
    topic = start_topic(moderator, "Something new under the sun")
    reply(moderator, topic, "And a second thought.")
    member.goto("/")
    member.get_by_role("link", name="Housing and land", exact=True).click()
    row = member.get_by_role("listitem").filter(
        has=member.get_by_role("heading", name="Something new under the sun")
    )
    expect(row.locator(".badge")).to_be_visible()
    row.get_by_role("link", name="Something new under the sun", exact=True).click()
    expect(member.get_by_role("article")).to_have_count(2)
    member.go_back()
    member.reload()
    expect(row.locator(".badge")).to_have_count(0)
