"""Continuous reading: switched on by who wants it, pages join at their end, and nothing else changes."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_accessibility import NOTHING, examine, overflow
from tests.browser.test_paint import WATCH
from tests.browser.visits import Visits, start_topic

pytestmark = pytest.mark.browser
LONG = "/t/12"  # twelve pages
POSTS = 20


def switch_on(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("switch", name="Continuous reading").first.check()


def scroll_until(page: Page, selector: str) -> None:
    """Scroll down as a reader does, until there is something on the page."""
    for _ in range(300):
        if page.locator(selector).count():
            return
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(30)
    pytest.fail(f"Nothing like {selector} came.")


def go_to(page: Page, selector: str) -> None:
    """Bring something to the top of the window, and wait until the place is noted."""
    page.locator(selector).evaluate("it => it.scrollIntoView()")
    page.wait_for_timeout(600)


def read_three_pages(page: Page) -> str:
    """Read on into the third page; returns the anchor of the post that is at the top of the window then."""
    switch_on(page, LONG)
    scroll_until(page, f"article.post:nth-of-type({2 * POSTS + 5})")
    go_to(page, f"article.post:nth-of-type({2 * POSTS + 5})")
    return page.locator(f"article.post:nth-of-type({2 * POSTS + 5})").get_attribute("id") or ""


def top_of(page: Page, anchor: str) -> float:
    top: float = page.locator(f"#{anchor}").evaluate("it => it.getBoundingClientRect().top")
    return top


def test_a_guest_reads_three_pages_in_one_go_and_comes_back_to_the_same_place(visit: Visits) -> None:
    page = visit()
    page.add_init_script(WATCH)
    anchor = read_three_pages(page)
    expect(page).to_have_url(re.compile(r"/t/12-[^/]+/\?page=3$"))
    expect(page.locator("[role=status]", has_text="of 12 is loaded.")).to_have_count(1)
    assert page.evaluate("window.shifts") == []
    expect(page.get_by_role("link", name="Page 3", exact=True).first).to_have_attribute(
        "href", re.compile(r"\?page=3$")
    )
    expect(page.locator(".timeline [aria-current]")).to_have_text(re.compile("page 3"))
    top = top_of(page, anchor)
    page.reload()
    expect(page).to_have_url(re.compile(r"\?page=3$"))
    page.wait_for_timeout(300)
    assert top_of(page, anchor) == pytest.approx(top, abs=3)
    page.locator(f"#{anchor} .author-name a").click()
    page.wait_for_url("**/u/**")
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?page=3$"))
    page.wait_for_timeout(300)
    assert top_of(page, anchor) == pytest.approx(top, abs=3)
    assert page.context.cookies() == []


def test_it_is_off_until_asked_for_and_off_again_when_no_longer_wanted(visit: Visits) -> None:
    page = visit()
    page.goto(LONG)
    expect(page.get_by_role("switch").first).not_to_be_checked()
    page.get_by_role("article").last.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    expect(page.get_by_role("article")).to_have_count(POSTS)
    read_three_pages(page)
    page.get_by_role("switch").last.uncheck()
    count = page.get_by_role("article").count()
    page.get_by_role("article").last.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    expect(page.get_by_role("article")).to_have_count(count)
    page.reload()
    expect(page.get_by_role("switch").first).not_to_be_checked()


def test_without_javascript_there_is_a_pager_and_no_switch(visit: Visits) -> None:
    page = visit(javascript=False)
    for address in (LONG, "/active/"):
        page.goto(address)
        expect(page.get_by_role("switch")).to_have_count(0)
        expect(page.get_by_role("link", name=re.compile("^(Next|Older topics)")).first).to_be_visible()


def test_the_keys_walk_over_the_border_of_a_page(visit: Visits) -> None:
    page = visit()
    switch_on(page, LONG)
    articles = page.get_by_role("article")
    articles.first.focus()
    for at in range(1, POSTS + 1):
        expect(articles.nth(at)).to_be_attached()  # the next page may still be on its way
        page.keyboard.press("j")
        expect(articles.nth(at)).to_be_focused()
    expect(articles.nth(POSTS)).to_contain_text("Page 2")
    page.keyboard.press("k")
    expect(articles.nth(POSTS - 1)).to_be_focused()


def test_after_five_pages_a_button_asks_and_what_stands_below_can_be_reached(visit: Visits) -> None:
    page = visit()
    switch_on(page, LONG)
    scroll_until(page, ".flow-end button")
    button = page.get_by_role("button", name="Go on")
    page.keyboard.press("End")
    expect(page.get_by_role("contentinfo")).to_be_in_viewport()
    page.wait_for_timeout(500)
    articles = page.get_by_role("article")
    expect(articles).to_have_count(6 * POSTS)
    button.focus()
    page.keyboard.press("Enter")
    expect(articles.nth(6 * POSTS)).to_be_focused()
    expect(articles.nth(6 * POSTS)).to_have_attribute("aria-posinset", str(6 * POSTS + 1))
    articles.last.focus()
    expect(articles.nth(7 * POSTS)).to_be_attached()


def test_a_page_that_does_not_come_can_be_asked_for_again(visit: Visits) -> None:
    page = visit()

    def refuse(route: Route) -> None:
        route.fulfill(status=429, body="Too many.")

    page.route("**/*page=2", refuse)
    switch_on(page, LONG)
    scroll_until(page, ".flow-end button")
    expect(page.locator("p[role=status]", has_text="The next page could not be loaded.")).to_have_count(1)
    button = page.get_by_role("button", name="Try again")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_be_focused()
    page.unroute("**/*page=2")
    page.get_by_role("article").last.focus()
    page.keyboard.press("j")
    expect(page.get_by_role("article").nth(POSTS)).to_be_focused()


def test_what_a_post_can_do_it_can_do_on_a_page_that_joined(visit: Visits) -> None:
    page = visit("member", zone="Asia/Tokyo")
    switch_on(page, LONG)
    scroll_until(page, f"article.post:nth-of-type({POSTS + 1})")
    post = page.get_by_role("article").nth(POSTS)
    shown = post.locator(".post-head time")
    expected = shown.evaluate(
        "it => new Intl.DateTimeFormat('en-GB', {timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit'}).format(new Date(it.dateTime))"
    )
    expect(shown).to_contain_text(expected)
    post.get_by_role("link", name=re.compile("^Quote")).click()
    number = (post.get_attribute("id") or "").removeprefix("p")
    expect(page.get_by_label("Your reply")).to_have_value(re.compile(rf"post_id={number} "))
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.wait_for_timeout(300)
    count = page.get_by_role("article").count()
    page.keyboard.type("I am writing, and nothing pushes me away.")
    page.wait_for_timeout(600)
    expect(page.get_by_role("article")).to_have_count(count)


def test_a_long_quotation_unfolds_on_a_page_that_joined(visit: Visits) -> None:
    page = visit()
    page.set_viewport_size({"width": 390, "height": 800})
    switch_on(page, LONG)
    page.route("**/*page=2", _with_a_long_quotation)
    scroll_until(page, "#p1 .unfold")
    page.get_by_role("button", name="Show the whole quotation").click()
    expect(page.locator("#p1 blockquote")).to_have_class("open")


def _with_a_long_quotation(route: Route) -> None:
    text = route.fetch().text()
    quotation = f"<blockquote>{'<p>Again and again.</p>' * 40}</blockquote>"
    article = (
        f'<article class="post" id="p1" aria-label="Long"><div class="prose">{quotation}</div></article>'
    )
    before, opening, after = text.partition('<article class="post')
    route.fulfill(body=before + article + opening + after, content_type="text/html; charset=utf-8")


def test_the_members_mark_moves_as_pages_join(visit: Visits) -> None:
    moderator, member = visit("moderator"), visit("member")
    topic = start_topic(moderator, "Fifty short posts")
    _write(moderator, topic, 2 * POSTS + 4)
    member.goto(f"{topic}unread")
    expect(member).to_have_url(re.compile(r"/#p\d+$"))
    switch_on(member, topic)
    scroll_until(member, f"article.post:nth-of-type({2 * POSTS + 5})")
    other = visit("member")
    other.goto("/unread/")
    row = other.get_by_role("main").get_by_role("link", name="Fifty short posts", exact=True)
    expect(row).to_have_count(0)
    other.goto(f"{topic}unread")
    expect(other).to_have_url(re.compile(r"page=3#p\d+$"))


def _write(page: Page, topic: str, number: int) -> None:
    """Many short replies, without waiting for their pages."""
    page.goto(topic)
    secret = page.locator(".composer input[name=csrfmiddlewaretoken]").input_value()
    for each in range(number):
        form: dict[str, str | float | bool] = {
            "csrfmiddlewaretoken": secret,
            "do": "post",
            "body": f"Number {each}.",
            "token": f"{each:032x}",
        }
        answer = page.request.post(f"{topic}reply", form=form, headers={"Referer": topic}, max_redirects=0)
        assert answer.status == 302, answer.text()


@pytest.mark.parametrize("person", ["", "member"], ids=["guest", "member"])
def test_a_list_goes_on_and_the_address_follows(visit: Visits, person: str) -> None:
    page = visit(person)
    switch_on(page, "/active/")
    scroll_until(page, "li.seam + li.topic")
    number = page.locator("li.seam ~ li.topic").count()
    expect(page.locator("[role=status]", has_text=f"Loaded: {number} more.")).to_have_count(1)
    go_to(page, "li.seam + li.topic")
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(600)
    expect(page).to_have_url(re.compile(r"/active/\?before="))
    address = page.url
    in_view = page.locator("li.seam ~ li.topic").nth(5)
    expect(in_view).to_be_in_viewport()  # a click scrolls to what is not, and the address follows
    in_view.locator("h3 a").first.click()
    page.wait_for_url("**/t/**")
    page.go_back()
    expect(page).to_have_url(address)
    expect(page.get_by_role("link", name="Newest").first).to_be_visible()


def test_axe_finds_nothing_with_three_pages_shown(visit: Visits) -> None:
    page = visit("member")
    read_three_pages(page)
    feed = page.get_by_role("feed", name=re.compile("^The case for lists"))
    expect(feed).to_have_attribute("aria-busy", "false")
    expect(page.get_by_role("article").nth(44)).to_have_attribute("aria-posinset", "45")
    assert examine(page) == NOTHING
    assert overflow(page) == 0


def test_axe_finds_nothing_in_a_list_of_two_pages(visit: Visits) -> None:
    page = visit()
    switch_on(page, "/active/")
    scroll_until(page, "li.seam")
    assert examine(page) == NOTHING
