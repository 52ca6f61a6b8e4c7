"""Texts that were made to do harm, rendered and opened in Chromium without any other guard: no script runs."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog

from rostra.markup import MARKUPS, render
from tests.test_hostile_markup import NO_TEXTS, sets, texts

pytestmark = pytest.mark.browser


def watched(chromium: Browser, path: Path) -> tuple[list[str], list[str]]:
    """What a page of a file runs, and what it asks for beside itself; links and buttons under the mouse included."""
    page = chromium.new_page()
    scripts: list[str] = []
    requests: list[str] = []
    devtools = page.context.new_cdp_session(page)

    def parsed(event: Any) -> None:
        if (event["url"] and "playwright" not in event["url"]) or event.get("hasSourceURL"):
            scripts.append(event["url"])

    devtools.on("Debugger.scriptParsed", parsed)
    devtools.send("Debugger.enable")

    def asked(dialog: Dialog) -> None:
        scripts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri(), wait_until="load")
    page.wait_for_timeout(1000)
    for at in range(0, 800, 40):
        page.mouse.move(200, at)
    page.close()
    return scripts, [each for each in requests if each != path.as_uri()]


@NO_TEXTS
@pytest.mark.parametrize("markup", MARKUPS)
def test_no_script_runs_and_nothing_is_asked_for(chromium: Browser, tmp_path: Path, markup: str) -> None:
    pieces = [render(source, markup).html for name in sets() for source in texts(name)]
    assert len(pieces) > 5000
    path = tmp_path / "all.html"
    path.write_text("<!doctype html><meta charset=utf-8>" + "<hr>".join(pieces), errors="replace")
    assert watched(chromium, path) == ([], [])


def test_the_watch_sees_a_script_and_a_request(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "one.html"
    path.write_text("<!doctype html><img src=x.png onerror='alert(1)'><script>alert(2)</script>")
    scripts, requests = watched(chromium, path)
    assert {"1", "2"} <= set(scripts)
    assert [each.rpartition("/")[2] for each in requests] == ["x.png"]
