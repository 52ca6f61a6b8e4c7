"""No violation that axe can find, in light and dark, on a telephone and on a desk; and nothing sticks out."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.visits import QUIET_FORUM, Scheme, Visits, sign_in, start_topic

pytestmark = pytest.mark.browser
# What: (who looks, where)
PAGES = {
    "index": ("", "/"),
    "forum": ("", "/f/6"),
    "topic": ("", "/t/10"),
    "profile": ("", "/u/member/"),
    "sign-in": ("", "/sign-in/"),
    "sign-up": ("", "/sign-up/"),
    "profile's topics": ("member", "/u/member/topics/"),
    "forgotten": ("", "/sign-in/forgotten/"),
    "letter sent": ("", "/sign-in/forgotten/sent/"),
    "confirm": ("", "/sign-up/confirm/"),
    "bad link": ("", "/sign-up/confirm/nonsense/"),
    "used link": ("", "/sign-in/forgotten/1-nonsense/"),
    "password set": ("", "/sign-in/forgotten/done/"),
    "settings: profile": ("member", "/settings/profile/"),
    "settings: account": ("member", "/settings/account/"),
    "settings: sessions": ("member", "/settings/sessions/"),
    "settings: filters": ("member", "/settings/filters/"),
    "settings: language": ("member", "/settings/language/"),
    "demo mail": ("", "/demo/mail/"),
    "active": ("", "/active/"),
    "hot": ("", "/hot/"),
    "unread": ("moderator", "/unread/"),
    "mine": ("member", "/mine/"),
    "drafts": ("member", "/drafts/"),
    "keys": ("", "/keys/"),
    "rules": ("", "/rules/"),
    "accessibility statement": ("", "/accessibility/"),
    "one author": ("member", "/t/12/by/Halyna/"),
    "print": ("", "/t/10/print"),
    "long topic": ("member", "/t/12?page=2"),
    "compose": ("member", "/t/19/reply?quote=1255"),
    "history": ("", "/p/1104/history"),
    "404": ("", "/no/such/page"),
    "forum of a member": ("member", "/f/6"),
    "topic of a moderator": ("moderator", "/t/19"),
    "edit": ("moderator", "/p/1104/edit"),
}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (390, 1280)
NOTHING: dict[str, list[str]] = {f"{scheme}, {width} px": [] for scheme in SCHEMES for width in WIDTHS}
# All of axe's rules, also those of WCAG 2.2 that are off unless asked for.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
WIDE = f"| {' | '.join('column' + str(n) for n in range(12))} |\n|{'---|' * 12}\n| {' | '.join('x' * 9 for _ in range(12))} |"
NASTY = f"{'unbroken' * 40}\n\n> > > {'deep ' * 30}\n\n`{'code' * 50}`\n\n```\n{'line' * 60}\n```\n\n{WIDE}\n\nhttps://example.org/{'a' * 200}"


def violations(page: Page) -> list[str]:
    """What axe has to say of the page as it looks now, one line for each element."""
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(options)", RULES)["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


def examine(page: Page) -> dict[str, list[str]]:
    """What axe has to say of the page in each scheme and width."""
    page.evaluate(Axe().axe_script)
    found = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[f"{scheme}, {width} px"] = violations(page)
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_and_dark_on_a_telephone_and_a_desk(visit: Visits, name: str) -> None:
    person, address = PAGES[name]
    page = visit(person)
    page.goto(address)
    assert examine(page) == NOTHING


def test_axe_finds_nothing_where_something_went_wrong(visit: Visits) -> None:
    member, guest = visit("member"), visit()
    member.goto(f"{QUIET_FORUM}new")
    member.get_by_label("Text", exact=True).fill("")
    member.get_by_role("button", name="Post topic").click()
    expect(member.get_by_role("alert").first).to_be_visible()
    sign_in(guest, "member", "not the password")
    expect(guest.get_by_role("alert").first).to_be_visible()
    for page in (member, guest):
        assert examine(page) == NOTHING


def test_axe_finds_nothing_where_titles_are_short(visit: Visits) -> None:
    page = visit("member")
    start_topic(page, "Why")
    for address in ("/", QUIET_FORUM, "/u/member/", "/u/member/topics/"):
        page.goto(address)
        assert examine(page) == NOTHING


def test_axe_finds_nothing_in_a_preview(visit: Visits) -> None:
    page = visit("member")
    page.goto(f"{QUIET_FORUM}new")
    page.get_by_label("Text", exact=True).fill(f"# A heading\n\n> A quotation, [a link](/).\n\n{NASTY}")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview")).to_be_visible()
    assert examine(page) == NOTHING


def test_axe_would_find_what_is_wrong(visit: Visits) -> None:
    page = visit()
    page.goto("/sign-in/")
    page.evaluate(
        "document.querySelector('label').style.color = getComputedStyle(document.body).backgroundColor"
    )
    page.evaluate("document.querySelector('main .hint').style.color = 'light-dark(#ddd, #333)'")
    page.evaluate("document.querySelector('main input:not([type=hidden])').removeAttribute('id')")
    for look, found in examine(page).items():
        assert "color-contrast:" in " ".join(found), look
        assert "label:" in " ".join(found), look


def test_nothing_scrolls_sideways_on_the_smallest_telephone(visit: Visits) -> None:
    pages = {person: visit(person, width=360) for person, _ in PAGES.values()}
    for person, address in PAGES.values():
        page = pages[person]
        page.goto(address)
        assert overflow(page) == 0, address


def test_nothing_scrolls_sideways_at_four_times_the_size(visit: Visits) -> None:
    pages = {person: visit(person, width=320) for person, _ in PAGES.values()}  # 1280 px at 400 %
    for person, address in PAGES.values():
        page = pages[person]
        page.goto(address)
        assert overflow(page) == 0, address


@pytest.mark.parametrize("name", ["index", "topic", "compose"])
def test_letters_can_be_twice_as_large(visit: Visits, name: str) -> None:
    person, address = PAGES[name]
    page = visit(person, width=640)
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == 0


def test_no_post_makes_its_page_scroll_sideways(visit: Visits) -> None:
    page = visit("member", width=360)
    topic = start_topic(page, "W" * 120, NASTY)
    for address in (topic, QUIET_FORUM, "/", f"{topic}reply", "/u/member/"):
        page.goto(address)
        assert overflow(page) == 0, address
