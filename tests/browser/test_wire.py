"""What goes over the wire: only to this server, and little of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import Visits

pytestmark = pytest.mark.browser
LONGEST = "/t/10"
KILOBYTE = 1000


def weigh(page: Page, address: str) -> int:
    """Bytes received for a page and all that belongs to it, headers included."""
    sizes: list[float] = []
    devtools = page.context.new_cdp_session(page)
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    devtools.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    devtools.detach()
    assert sizes, "nothing was measured"
    return round(sum(sizes))


def test_no_request_leaves_the_server_and_no_policy_is_broken(visit: Visits, site: str) -> None:
    guest, member = visit(), visit("member")
    for address in ("/", "/f/6", LONGEST, "/u/member/", "/sign-in/", "/sign-up/", "/p/1104/history", "/none"):
        guest.goto(address)
    for address in ("/", "/f/6", LONGEST, "/f/6/new"):
        member.goto(address)
    member.get_by_label("Text", exact=True).fill("![a picture](https://example.org/picture.png)")
    member.get_by_role("button", name="Preview").click()
    expect(member.get_by_role("region", name="Preview")).to_be_visible()
    member.wait_for_load_state("networkidle")
    assert visit.watch.hosts == {site.removeprefix("http://")}
    assert visit.watch.complaints == []
    assert any(re.search(r"/static/htmx-2\.min\.\w+\.js$", address) for address in visit.watch.requests)


def test_the_watch_sees_what_leaves_and_what_is_refused(visit: Visits) -> None:
    page = visit()
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/spy.gif'}))")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in complaint for complaint in visit.watch.complaints)
    visit.watch.complaints.clear()
    visit.watch.requests.clear()


@pytest.mark.parametrize("person", ["", "member"], ids=["guest", "member"])
def test_a_long_topic_is_light_at_the_first_visit_and_lighter_at_the_second(
    visit: Visits, person: str
) -> None:
    page = visit(person)
    assert weigh(page, LONGEST) <= 100 * KILOBYTE
    page.close()
    assert weigh(page.context.new_page(), LONGEST) <= 25 * KILOBYTE
