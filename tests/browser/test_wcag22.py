"""What WCAG 2.2 added, and what axe cannot see: focus behind something, small targets, questions asked twice."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rostra.demo.making import PASSWORD
from tests.browser.test_accessibility import PAGES, overflow
from tests.browser.visits import QUIET_FORUM, Visits, open_letter

pytestmark = pytest.mark.browser
SCRIPTS = Path(__file__).parents[2] / "rostra" / "web" / "static" / "js"
TELEPHONE = 390
MOST_STOPS = 300
# Where the focus is, and whether the middle of what has it is covered by something else.
FOCUSED = """() => {
    const it = document.activeElement, box = it.getClientRects()[0] ?? it.getBoundingClientRect();
    const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const free = above !== null && (it.contains(above) || above.contains(it));
    return {tag: it.tagName, free, html: it.outerHTML.slice(0, 200), above: above?.outerHTML.slice(0, 200)};
}"""
# Targets under 24 by 24 px whose circle of 24 px touches another target (2.5.8). Links in a text are exempt:
# posts, and paragraphs in which other words stand; the browser's own list of keys does not count as one.
CROWDED = """() => {
    const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    const words = (block) => {
        const copy = block.cloneNode(true);
        copy.querySelectorAll(`${kinds}, .sr, time`).forEach((each) => each.remove());
        return copy.textContent.match(/\\p{L}{2,}/gu)?.length ?? 0;
    };
    const isInText = (it) => it.closest(".prose") ||
        (getComputedStyle(it).display === "inline" && words(it.closest("p, li, dd, h2, h3, label, div")) > 2);
    const boxes = [...document.querySelectorAll(kinds)]
        .filter((it) => it.checkVisibility({visibilityProperty: true}) && !it.matches(".skip") && !isInText(it))
        .map((it) => ({it, box: it.getBoundingClientRect()})).filter(({box}) => box.width > 1);
    const isSmall = ({box}) => box.width < 23.99 || box.height < 23.99;
    const middle = ({box}) => [box.left + box.width / 2, box.top + box.height / 2];
    const distance = (from, to) => {
        const [x, y] = middle(from);
        if (isSmall(to)) return Math.hypot(x - middle(to)[0], y - middle(to)[1]) - 12;
        return Math.hypot(Math.max(to.box.left - x, x - to.box.right, 0), Math.max(to.box.top - y, y - to.box.bottom, 0));
    };
    return boxes.filter(isSmall).flatMap((small) => {
        const near = boxes.find((other) => other.it !== small.it && distance(small, other) < 11.99);
        return near ? [`${small.it.outerHTML.slice(0, 120)} (${small.box.width} x ${small.box.height}) is near ${near.it.outerHTML.slice(0, 80)}`] : [];
    });
}"""
# Elements whose name for programs leaves out what stands on them (2.5.3): they could not be called by voice.
MISNAMED = """() => [...document.querySelectorAll("a[aria-label], button[aria-label], summary[aria-label]")]
    .filter((it) => !it.ariaLabel.toLowerCase().includes(it.innerText.trim().toLowerCase()))
    .map((it) => it.outerHTML)"""
# WCAG 1.4.12. As a style sheet of the document: the page's policy takes no style elements.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        + "p { margin-block-end: 2em !important }");
    document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll("body *")]
    .filter((it) => it.checkVisibility() && !it.closest(".sr, textarea, select, .prose") && it.innerText
        && getComputedStyle(it).overflow === "hidden" && it.scrollHeight > it.clientHeight + 1)
    .map((it) => it.outerHTML.slice(0, 200))"""
OUTLINE = """() => ({
    h1: document.querySelectorAll("h1").length, main: document.querySelectorAll("main").length,
    banner: document.querySelectorAll("body > header").length, foot: document.querySelectorAll("body > footer").length,
    skip: document.querySelector("body > a:first-of-type")?.getAttribute("href"),
})"""


def tab_through(page: Page) -> int:
    """Go through a page by Tab; nothing that has the focus may lie behind something else."""
    for stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused: dict[str, Any] = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            return stop
        assert focused["free"], f"{focused['html']} is behind {focused['above']}"
    pytest.fail(f"more than {MOST_STOPS} tab stops, or a trap")


@pytest.mark.parametrize("name", ["index", "long topic", "compose", "forum of a member", "settings: account"])
def test_nothing_that_has_the_focus_is_hidden(visit: Visits, name: str) -> None:
    person, address = PAGES[name]
    page = visit(person, width=TELEPHONE)
    page.goto(address)
    assert tab_through(page) > 10


def test_a_message_at_the_edge_hides_nothing_that_has_the_focus(visit: Visits) -> None:
    page = visit("member", width=TELEPHONE)
    page.context.grant_permissions(["clipboard-write"])
    page.goto("/t/12?page=2")
    page.clock.install()
    page.get_by_role("link", name=re.compile("^Link to post")).first.click()
    said = page.locator("#said")
    expect(said).to_have_text("The link is copied.")
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["free"], f"{focused['html']} is behind {focused['above']}"
    expect(said).to_have_text("The link is copied.")


def test_what_lies_behind_something_would_be_found(visit: Visits) -> None:
    page = visit()
    page.goto("/sign-in/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('p'), {style: 'position: fixed; inset: 0'}))"
    )
    with pytest.raises(AssertionError, match="is behind <p"):
        tab_through(page)


def test_nothing_asks_to_be_dragged(visit: Visits) -> None:
    for script in SCRIPTS.glob("*.js"):
        assert not re.search(r"drag|(pointer|mouse|touch)move", script.read_text(encoding="utf-8")), (
            script.name
        )
    pages = {person: visit(person) for person, _ in PAGES.values()}
    for person, address in PAGES.values():
        page = pages[person]
        page.goto(address)
        assert page.locator("[draggable=true], input[type=range]").count() == 0, address


@pytest.mark.parametrize("width", [TELEPHONE, 1280])
def test_targets_are_large_or_stand_apart(visit: Visits, width: int) -> None:
    pages = {person: visit(person, width=width) for person, _ in PAGES.values()}
    crowded = {}
    for name, (person, address) in PAGES.items():
        page = pages[person]
        page.goto(address)
        crowded[name] = page.evaluate(CROWDED)
    assert [f"{name}: {each}" for name, found in crowded.items() for each in found] == []


def test_targets_that_are_small_and_close_would_be_found(visit: Visits) -> None:
    page = visit()
    page.goto("/sign-in/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p><a href=/a>a</a> <a href=/b>b</a></p>')"
    )
    assert len(page.evaluate(CROWDED)) == 2


def test_what_is_read_on_a_button_or_link_is_in_its_name(visit: Visits) -> None:
    pages = {person: visit(person) for person, _ in PAGES.values()}
    for name, (person, address) in PAGES.items():
        page = pages[person]
        page.goto(address)
        assert page.evaluate(MISNAMED) == [], name


def test_lines_words_and_letters_can_be_spaced_out(visit: Visits) -> None:
    pages = {person: visit(person, width=TELEPHONE) for person, _ in PAGES.values()}
    for name, (person, address) in PAGES.items():
        page = pages[person]
        page.goto(address)
        page.evaluate(SPACED)
        assert overflow(page) == 0, name
        assert page.evaluate(CUT) == [], name


def test_every_page_has_its_landmarks_one_heading_of_the_first_level_and_a_way_past_its_head(
    visit: Visits,
) -> None:
    pages = {person: visit(person) for person, _ in PAGES.values()}
    for name, (person, address) in PAGES.items():
        page = pages[person]
        page.goto(address)
        wanted = {"h1": 1, "main": 1, "banner": 1, "foot": 1, "skip": "#main"}
        if name == "print":  # paper: its head is the title and one line of links
            wanted |= {"foot": 0, "skip": None}
        assert page.evaluate(OUTLINE) == wanted, name


def test_each_post_is_an_article_named_by_its_heading(visit: Visits) -> None:
    page = visit()
    page.goto("/t/12?page=2")
    posts = page.get_by_role("article")
    assert posts.count() == 20
    for post in posts.all():
        heading = post.get_by_role("heading", level=2)
        assert heading.count() == 1
        assert post.get_attribute("aria-labelledby") == heading.get_attribute("id")
        expect(heading).to_have_text(re.compile(r"^Post by .+ #\d+$"))


def test_nothing_is_asked_twice_from_sign_up_to_the_first_visit(visit: Visits) -> None:
    page = visit()
    page.goto("/sign-up/")
    main = page.get_by_role("main")
    assert main.get_by_role("textbox").count() == 3
    page.get_by_label("Name", exact=True).fill("Asked Once")
    page.get_by_label("E-mail address").fill("once@example.org")
    page.get_by_label("Password").fill("a quiet word or five")
    main.get_by_role("button", name="Sign up").click()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("status")).to_have_text("Another e-mail is on its way.")
    open_letter(page, "once@example.org", "Confirm")
    page.get_by_role("link", name="/sign-up/confirm/").click()
    assert main.get_by_role("textbox").count() == 0
    main.get_by_role("button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_title_and_a_text_stay_through_preview_and_refusal(visit: Visits) -> None:
    page = visit("member", javascript=False)
    page.goto(f"{QUIET_FORUM}new")
    page.get_by_label("Title").fill("Typed once")
    page.get_by_label("Text", exact=True).fill("All of it.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_label("Title")).to_have_value("Typed once")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save draft").click()
    page.goto(f"{QUIET_FORUM}new")
    expect(page.get_by_label("Text", exact=True)).to_have_value("All of it.")


def test_signing_in_needs_no_memory_passwords_are_pasted_and_filled_in(visit: Visits) -> None:
    page = visit()
    page.goto("/sign-in/")
    name, secret = page.get_by_label("Name or e-mail address"), page.get_by_label("Password")
    expect(name).to_have_attribute("autocomplete", "username")
    expect(secret).to_have_attribute("autocomplete", "current-password")
    name.fill(PASSWORD)
    name.press("Control+a")
    name.press("Control+c")
    secret.press("Control+v")
    expect(secret).to_have_value(PASSWORD)
    name.fill("member")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


@pytest.mark.parametrize(
    ("person", "address", "purposes"),
    [
        ("", "/sign-up/", {"Name": "username", "E-mail address": "email", "Password": "new-password"}),
        ("", "/sign-in/forgotten/", {"E-mail address": "email"}),
        ("member", "/settings/account/", {"New e-mail address": "email", "Your password": "current-password",
         "Present password": "current-password", "New password": "new-password"}),
    ],
)  # fmt: skip
def test_fields_say_to_programs_what_goes_into_them(
    visit: Visits, person: str, address: str, purposes: dict[str, str]
) -> None:
    page = visit(person)
    page.goto(address)
    for label, purpose in purposes.items():
        expect(page.get_by_label(label, exact=True)).to_have_attribute("autocomplete", purpose)
