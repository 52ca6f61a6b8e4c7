"""The interface in machine-made languages: all of it translated, none of it too wide, also from right to left.

`xa` puts accents on every text of the interface, so what has none was never translated. See docs/translating.md.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from rostra.web.pseudo import accented
from tests.browser.test_accessibility import NOTHING, examine, overflow
from tests.browser.visits import QUIET_FORUM, Visits

pytestmark = pytest.mark.browser
# What: (who looks, where)
PAGES = {
    "index": ("", "/"),
    "forum": ("", "/f/6"),
    "topic": ("", "/t/10"),
    "profile": ("", "/u/member/"),
    "sign-up": ("", "/sign-up/"),
    "sign-in": ("", "/sign-in/"),
    "404": ("", "/u/nobody-of-this-name/"),
    "forum of a member": ("member", QUIET_FORUM),
    "topic of a moderator": ("moderator", "/t/19"),
    "editor": ("member", "/t/19/reply?quote=1255"),
    "edit": ("moderator", "/p/1104/edit"),
    "history": ("", "/p/1104/history"),
    "settings": ("member", "/settings/language/"),
    "settings of the profile": ("member", "/settings/profile/"),
    "settings of the account": ("member", "/settings/account/"),
    "sessions": ("member", "/settings/sessions/"),
    "forgotten password": ("", "/sign-in/forgotten/"),
    "active topics": ("", "/active/"),
    "new topics": ("", "/new/"),
    "unanswered topics": ("", "/unanswered/"),
    "unread topics": ("member", "/unread/"),
    "own topics": ("member", "/mine/"),
    "drafts": ("member", "/drafts/"),
    "keys": ("", "/keys/"),
    "accessibility statement": ("", "/accessibility/"),
    "new topic": ("member", f"{QUIET_FORUM}new"),
    "print view": ("", "/t/10/print"),
    "topics of a member": ("", "/u/member/topics/"),
    "mail of the demo board": ("", "/demo/mail/"),
}
# What members and owners wrote, and what the CLDR says: no text of the interface.
NOT_OURS = ", ".join(
    (
        "[dir=auto]:not(main > h1)", "bdi", "time", "textarea", ".prose", ".author .avatar", ".board-name", ".tagline", ".masthead title",
        ".forum h3 > a", ".category h2 > a", ".subforums > a", ".crumbs a[href^='/f/']", "main > .lead > h1", ".description",
        "select option[value]:not([value=''])", "script", "style", "title",
    )
)  # fmt: skip
PLAIN = """
skipped => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const say = (element, text) => {
    if (text && /[A-Za-z]{2}/.test(text) && !/[\\u0080-\\u024f\\u1e00-\\u1eff]/.test(text) && !element.closest(skipped))
      found.push(text.trim());
  };
  while (walk.nextNode()) say(walk.currentNode.parentElement, walk.currentNode.data);
  for (const element of document.querySelectorAll("body *"))
    for (const name of ["aria-label", "title", "placeholder", "alt"]) say(element, element.getAttribute(name));
  return [...new Set(found)];
}
"""


def plain_texts(page: Page) -> list[str]:
    """Texts of the interface that have no accents."""
    found: list[str] = page.evaluate(PLAIN, NOT_OURS)
    return found


@pytest.mark.parametrize("language", ["xa", "xb"])
@pytest.mark.parametrize("name", PAGES)
def test_every_text_of_the_interface_is_translated(visit: Visits, name: str, language: str) -> None:
    person, address = PAGES[name]
    page = visit(person, language=language)
    page.goto(address)
    assert plain_texts(page) == []


@pytest.mark.parametrize("language", ["xa", "xb"])
@pytest.mark.parametrize("name", PAGES)
def test_longer_texts_fit_on_a_telephone(visit: Visits, name: str, language: str) -> None:
    person, address = PAGES[name]
    page = visit(person, language=language, width=390)
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "xb" else "ltr")
    assert overflow(page) == 0


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_from_right_to_left(visit: Visits, name: str) -> None:
    person, address = PAGES[name]
    page = visit(person, language="xb")
    page.goto(address)
    assert examine(page) == NOTHING


def test_a_text_that_is_not_translated_would_be_found(visit: Visits) -> None:
    page = visit(language="xa")
    page.goto("/sign-in/")
    page.evaluate("document.querySelector('main').append('Forgotten words')")
    page.evaluate("document.querySelector('main').setAttribute('aria-label', 'Forgotten label')")
    assert plain_texts(page) == ["Forgotten words", "Forgotten label"]


def test_faults_of_sign_up_are_translated(visit: Visits) -> None:
    page = visit(language="xa")
    page.goto("/sign-up/")
    for label, typed in (("Name", "x"), ("E-mail address", "x@example"), ("Password", "12345678")):
        page.get_by_label(accented(label), exact=True).fill(typed)
    page.locator("main button.call").evaluate("button => button.form.noValidate = true")
    page.locator("main button.call").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert plain_texts(page) == []


def test_columns_are_mirrored_from_right_to_left(visit: Visits) -> None:
    left, right = visit(language="xa"), visit(language="xb")
    for page in (left, right):
        page.goto("/")
    for_left, for_right = (page.locator(".recent").bounding_box() for page in (left, right))
    assert for_left is not None
    assert for_right is not None
    assert for_left["x"] > 640 > for_right["x"] + for_right["width"]


def test_a_member_chooses_a_language_and_gets_it(visit: Visits, javascript: bool) -> None:
    page = visit("admin", javascript=javascript)
    page.goto("/settings/language/")
    page.get_by_label("Language of the pages").select_option(label="Deutsch")
    page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Gespeichert.")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("contentinfo")).to_contain_text("Zeitzone: Mitteleuropäische Zeit")
    page.get_by_label("Sprache der Seiten").select_option("")
    page.get_by_label("Zeitzone").select_option("")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")


def test_times_move_into_the_zone_of_the_browser(visit: Visits) -> None:
    here, there = visit(zone="UTC"), visit(zone="Asia/Kolkata")
    shown = []
    for page in (here, there):
        page.goto("/t/10")
        shown.append(page.locator(".post-head time").first)
    moment = shown[0].get_attribute("datetime")
    assert moment is not None
    hours, minutes = map(int, re.findall(r"T(\d\d):(\d\d)", moment)[0])
    later = (hours * 60 + minutes + 330) % (24 * 60)
    expect(shown[0]).to_contain_text(f"{hours:02}:{minutes:02}")
    expect(shown[1]).to_contain_text(f"{later // 60:02}:{later % 60:02}")
    expect(here.get_by_role("contentinfo")).to_contain_text("Times are in UTC")
    expect(there.get_by_role("contentinfo")).to_contain_text("Times are in your zone: India")


def test_times_in_the_browsers_zone_are_written_as_the_server_writes_them(visit: Visits) -> None:
    for language in ("en", "de", "fr"):
        server = visit(language=language, zone="UTC")
        browser = visit(language=language, zone="Atlantic/Reykjavik")
        for page in (server, browser):
            page.goto("/t/10")
        expect(browser.locator("local-times")).not_to_contain_text("UTC")
        assert browser.locator("time").all_text_contents() == server.locator("time").all_text_contents()


def test_without_javascript_times_are_in_the_boards_zone_and_say_so(visit: Visits) -> None:
    page = visit(zone="Asia/Kolkata", javascript=False)
    page.goto("/t/10")
    expect(page.get_by_role("contentinfo")).to_contain_text("Times are in UTC")
