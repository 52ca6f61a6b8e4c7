"""`bench paint`: what Chromium says of a topic page on a slow processor, against the same page without style and script.

Figures are Chromium's own (https://web.dev/articles/lcp, /cls; https://www.w3.org/TR/longtasks-1/): the largest paint,
what moved by itself, and tasks of more than 50 ms, with the processor slowed down four times. The length of a task is
the CPU time of the page's main thread, slowed down too: on a machine that others use its wall time says little.
"""

import argparse
import json
import shutil
import statistics
from typing import Any

from bench.places import Failure, Place, ask
from bench.servers import serving
from bench.tables import table
from bench.visits import Visits

SLOWER = 4
BUDGET = 1.5
WATCH = """window.seen = {paint: 0, shift: 0};
new PerformanceObserver((l) => l.getEntries().forEach((e) => (seen.paint = e.startTime))).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((l) => l.getEntries().forEach((e) => (seen.shift += e.value))).observe({type: "layout-shift", buffered: true});"""
CATEGORIES = ["devtools.timeline", "toplevel"]
# The browser's own work before there is a document: it is the same for an empty page.
COMMIT = "content.mojom.NavigationClient"


def measure(options: argparse.Namespace) -> int:
    """Load the page in turn bare and whole; 0 when the budgets are met."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        raise Failure("Chromium is not there; on Debian: apt-get install chromium")
    place = Place(options.data.resolve())
    visits: Visits = ask(place, "bench.visits")
    cookies = [
        dict(zip(("name", "value"), one.split("="), strict=True)) for one in visits["cookie"].split("; ")
    ]
    with serving(place, cache_megabytes=64) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        address = server.address + visits["topic"]
        found: dict[str, list[dict[str, Any]]] = {"bare": [], "guest": [], "member": []}
        for _ in range(options.rounds):
            for kind, runs in found.items():
                sent = [{**one, "url": server.address} for one in cookies] if kind == "member" else []
                runs.append(_visit(browser, address, sent, is_bare=kind == "bare"))
        browser.close()
    return _report(found)


def _visit(browser: Any, address: str, cookies: list[dict[str, str]], *, is_bare: bool) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    context.add_cookies(cookies)
    page = context.new_page()
    if is_bare:
        page.route("**/*.css", lambda route: route.abort())
        page.route("**/*.js", lambda route: route.abort())
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    seen: dict[str, Any] = page.evaluate("window.seen")
    seen["task"] = _longest_task(json.loads(browser.stop_tracing())["traceEvents"])
    context.close()
    return seen


def _longest_task(events: list[dict[str, Any]]) -> float:
    """CPU milliseconds of the longest task of a page's main thread, by Chromium's trace."""
    mains = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    whole = [one for one in events if one.get("ph") == "X" and (one["pid"], one["tid"]) in mains]
    commits = [one["ts"] for one in whole if COMMIT in json.dumps(one.get("args"))]
    tasks = [one for one in whole if one["name"] == "ThreadControllerImpl::RunTask" and "tdur" in one]
    own = [one for one in tasks if not any(one["ts"] <= at <= one["ts"] + one["dur"] for at in commits)]
    return max((float(one["tdur"]) / 1000 for one in own), default=0.0)


def _report(found: dict[str, list[dict[str, Any]]]) -> int:
    bare = statistics.median(run["paint"] for run in found["bare"])
    rows, is_met = [], True
    for kind, runs in found.items():
        paint = statistics.median(run["paint"] for run in runs)
        shift = max(run["shift"] for run in runs)
        longest = statistics.median(run["task"] for run in runs)
        good = kind == "bare" or (paint <= BUDGET * bare and shift == 0 and longest <= 50)
        is_met &= good
        verdict = "" if kind == "bare" else "met" if good else "NOT MET"
        rows.append([kind, f"{paint:.0f}", f"{paint / bare:.2f}", f"{shift:.4f}", f"{longest:.0f}", verdict])
    heads = ("page", "largest paint ms", f"ratio (<= {BUDGET})", "moved (0)", "longest task CPU ms", "")
    print(table(heads, rows))
    return 0 if is_met else 1
