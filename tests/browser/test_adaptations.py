"""Readers who change how pages look: narrow windows, forced colours, no motion, wider text."""

from statistics import median

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_accessibility import overflow
from tests.browser.visits import Visits, reply, sign_in, start_topic

pytestmark = pytest.mark.browser
PLACES = {
    "index": ("member", "/"),
    "forum": ("member", "/f/6"),
    "list": ("", "/active/"),
    "topic": ("member", "/t/12?page=2"),
    "composer": ("member", "/t/19/reply?quote=1255"),
    "sign-up": ("", "/sign-up/"),
    "settings": ("member", "/settings/profile/"),
}
# What is seen of a field or button that forced colours drew: its border differs from the page behind it.
EDGES = """
() => {
  const ground = getComputedStyle(document.documentElement).backgroundColor, bad = [];
  for (const it of document.querySelectorAll("input:not([type=hidden], [type=checkbox]), textarea, select, button, .call")) {
    if (!it.checkVisibility()) continue;
    const style = getComputedStyle(it);
    const isDrawn = parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle !== "none" && style.borderTopColor !== ground;
    const isLink = style.textDecorationLine.includes("underline");
    if (!isDrawn && !isLink) bad.push(it.outerHTML.slice(0, 120));
  }
  return bad;
}
"""
# WCAG 1.4.12, and what it must not do: cut text off, or lay it over other text.
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"
CLIPPED = """
() => [...document.querySelectorAll("body *")].filter((it) => {
  const style = getComputedStyle(it);
  if (!it.checkVisibility() || it.closest(".sr, .skip, textarea, .prose > blockquote, pre, table, svg, [hidden]")) return false;
  const cuts = (way) => !["visible", "auto", "scroll"].includes(way);
  return (cuts(style.overflowX) && it.scrollWidth > it.clientWidth + 1) || (cuts(style.overflowY) && it.scrollHeight > it.clientHeight + 1);
}).map((it) => it.outerHTML.slice(0, 120))
"""
OVERLAID = """
() => {
  const found = [], boxes = [];
  for (const it of document.querySelectorAll("main :is(h1, h2, h3, p, li, a, time, label, button, .prose > *)")) {
    if (!it.checkVisibility() || it.closest(".sr, .skip") || it.querySelector("p, li, a, time, label, button, h2, h3")) continue;
    for (const box of it.getClientRects()) boxes.push([it, box]);
  }
  for (const [one, a] of boxes) for (const [other, b] of boxes) {
    if (one === other || one.contains(other) || other.contains(one)) continue;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 6) found.push(one.outerHTML.slice(0, 90) + " / " + other.outerHTML.slice(0, 90));
  }
  return found.slice(0, 5);
}
"""


def lines_of_head(post: Locator) -> float:
    """How many lines of 24 px stand before the text of a post."""
    high: float = post.evaluate(
        """it => it.querySelector(".prose").getBoundingClientRect().top - it.querySelector(".author-name").getBoundingClientRect().top"""
    )
    return high / 24


def put_spacing(page: Page) -> None:
    """The reader's own style sheet; a style element would be refused by the page's policy."""
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        SPACING,
    )


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, visit: Visits) -> tuple[Page, str]:
    """A page of the board on a telephone, not yet opened, and its address."""
    person, address = PLACES[request.param]
    return visit(person, width=390), address


@pytest.mark.parametrize(("width", "usual"), [(390, 2), (320, 3)])
def test_the_head_of_a_post_is_short_on_a_telephone(visit: Visits, width: int, usual: int) -> None:
    page = visit("member", width=width)
    page.goto("/t/12?page=2")
    posts = page.get_by_role("article").all()
    heads = [lines_of_head(post) for post in posts]
    assert median(heads) < usual + 1, heads
    assert max(heads) < 4, heads
    for link in posts[0].locator(".author a, .post-head a, .controls a").all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, link.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_buttons_have_edges_in_forced_colours(place: tuple[Page, str], scheme: str) -> None:
    page, address = place
    page.emulate_media(forced_colors="active", color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(EDGES) == []
    assert overflow(page) == 0


def test_what_is_new_is_more_than_a_colour(visit: Visits) -> None:
    moderator, member = visit("moderator"), visit("member")
    topic = start_topic(moderator, "Seen in black and white")
    member.goto(topic)
    reply(moderator, topic, "This is new.")
    member.emulate_media(forced_colors="active")
    member.goto("/active/")
    row = member.locator("li.topic", has_text="Seen in black and white")
    expect(row.get_by_role("link", name="new first new post in Seen in black and white")).to_be_visible()
    assert row.evaluate("it => getComputedStyle(it).borderInlineStartWidth") == "3px"
    assert row.locator("h3").evaluate("it => getComputedStyle(it).fontWeight") == "700"
    member.goto(topic)
    expect(member.get_by_text("New since you were here")).to_be_visible()
    old, new = member.get_by_role("article").all()
    assert new.evaluate("it => getComputedStyle(it).borderInlineStartWidth") == "3px"
    assert old.evaluate("it => getComputedStyle(it).borderInlineStartWidth") == "0px"


def test_the_post_of_an_address_a_fault_and_a_notice_have_edges_in_forced_colours(visit: Visits) -> None:
    page = visit()
    page.emulate_media(forced_colors="active")
    page.goto("/p/1120")
    expect(page.locator("#p1120")).to_be_in_viewport()
    assert page.locator("#p1120").evaluate("it => getComputedStyle(it).outlineWidth") == "2px"
    page.locator("#p1120").get_by_role("link", name="Link").click()
    notice = page.locator(".said")
    expect(notice).to_be_visible()
    assert notice.evaluate("it => getComputedStyle(it).borderTopWidth") == "1px"
    sign_in(page, "member", "not the password")
    fault = page.locator(".fault").first
    expect(fault).to_be_visible()
    assert fault.evaluate("it => getComputedStyle(it).borderTopWidth") == "1px"


def test_the_place_in_the_pager_and_the_timeline_shows_in_forced_colours(visit: Visits) -> None:
    page = visit()
    page.emulate_media(forced_colors="active")
    page.goto("/t/12?page=2")
    current = page.locator(".pager [aria-current]").first
    assert current.evaluate("it => getComputedStyle(it).borderBlockEndWidth") == "2px"
    dots = page.locator(".timeline li")
    colours = dots.evaluate_all("all => all.map(it => getComputedStyle(it, '::before').backgroundColor)")
    assert len(set(colours)) == 2, colours


def test_nothing_moves_for_who_wants_no_motion(place: tuple[Page, str]) -> None:
    page, address = place
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.locator("main a, main button").first.hover()
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    assert page.evaluate("document.getAnimations().map(each => each.effect.target.outerHTML)") == []
    moving = """[...document.querySelectorAll("*")].filter((it) => {
        const style = getComputedStyle(it);
        return style.animationName !== "none" || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
    }).map((it) => it.outerHTML.slice(0, 90))"""
    assert page.evaluate(moving) == []


def test_nothing_moves_while_pages_join(visit: Visits) -> None:
    page = visit()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/t/12")
    page.get_by_role("switch").first.check()
    page.get_by_role("article").last.focus()
    expect(page.get_by_role("article").nth(20)).to_be_attached()
    assert page.evaluate("document.getAnimations().length") == 0


def test_wider_text_is_neither_cut_nor_laid_over_other_text(place: tuple[Page, str]) -> None:
    page, address = place
    page.goto(address)
    put_spacing(page)
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).letterSpacing") != "normal"
    assert overflow(page) == 0
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(OVERLAID) == []


def test_a_quotation_that_wider_text_makes_long_can_be_read_to_its_end(visit: Visits) -> None:
    page = visit("member", width=390)
    text = "\n".join(f"> Line {number} of what was said.\n>" for number in range(6))
    start_topic(page, "Quoted at length", f"{text}\n\nSo it was.")
    quotation = page.locator(".prose > blockquote")
    expect(page.get_by_role("button", name="Show the whole quotation")).to_have_count(0)
    put_spacing(page)
    cut = "it => it.scrollHeight > it.clientHeight + 8"
    expect(page.get_by_role("button", name="Show the whole quotation")).to_be_visible()
    page.get_by_role("button", name="Show the whole quotation").click()
    assert not quotation.evaluate(cut)
    page.get_by_role("link", name="Only this author").click()
    page.wait_for_url("**/by/**")
    put_spacing(page)
    page.get_by_role("button", name="Show the whole quotation").click()
    assert not quotation.evaluate(cut)
