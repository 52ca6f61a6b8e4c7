"""What a page does while it appears: nothing moves, whatever it improves afterwards."""

import pytest
from playwright.sync_api import Page

from tests.browser.visits import Visits

pytestmark = pytest.mark.browser
WATCH = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput) window.shifts.push([entry.value, ...entry.sources.map((one) => one.node?.outerHTML?.slice(0, 90))]);
}).observe({ type: "layout-shift", buffered: true });"""


def shifts(page: Page, address: str) -> list[object]:
    """Every movement of the page that nobody asked for."""
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(300)
    found: list[object] = page.evaluate("window.shifts")
    return found


@pytest.mark.parametrize("person", ["", "member"], ids=["guest", "member"])
@pytest.mark.parametrize("address", ["/t/12?page=2", "/t/10", "/", "/f/6", "/active/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_appears(visit: Visits, person: str, address: str, width: int) -> None:
    assert shifts(visit(person, width=width), address) == []
