"""Visits: somebody at the board in a browser of their own, watched for what no page may ever do."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, StorageState, WebError

from rostra.demo.making import PASSWORD

Scheme = Literal["light", "dark"]
PATIENCE = 10_000
QUIET_FORUM = "/f/18-housing-and-land/"


@dataclass
class Watch:
    """What a browser asked for, and what it complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of a browser."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._fault)

    @property
    def hosts(self) -> set[str]:
        """Every host that was asked for anything."""
        return {urlsplit(address).netloc for address in self.requests}

    def _request(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.requests.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        is_answer = message.text.startswith(
            "Failed to load resource: the server responded with a status of 4"
        )
        if message.type in ("error", "warning") and not is_answer:
            self.complaints.append(f"{message.type}: {message.text}")

    def _fault(self, fault: WebError) -> None:
        self.complaints.append(f"uncaught: {fault.error}")


class Visits:
    """Opens pages for people; each visit has cookies, cache and storage of its own."""

    def __init__(self, browser: Browser, site: str, signed_in: dict[str, StorageState]) -> None:
        self._browser, self._site, self._signed_in = browser, site, signed_in
        self._contexts: list[BrowserContext] = []
        self.watch = Watch()

    def __call__(
        self,
        person: str = "",
        *,
        javascript: bool = True,
        width: int = 1280,
        language: str = "en",
        zone: str = "UTC",
    ) -> Page:
        """An empty page for a guest, or for somebody of the demo board who is signed in."""
        context = self._browser.new_context(
            base_url=self._site,
            java_script_enabled=javascript,
            extra_http_headers={"Accept-Language": language},
            timezone_id=zone,
            reduced_motion="reduce",
            viewport={"width": width, "height": 800},
            storage_state=self._cookies(person) if person else None,
        )
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        self._contexts.append(context)
        return context.new_page()

    def end(self) -> None:
        """Close every browser that was opened."""
        for context in self._contexts:
            context.close()

    def _cookies(self, person: str) -> StorageState:
        if person not in self._signed_in:
            context = self._browser.new_context(base_url=self._site)
            page = context.new_page()
            sign_in(page, person)
            page.get_by_role("button", name="Sign out").wait_for()
            self._signed_in[person] = context.storage_state()
            context.close()
        return self._signed_in[person]


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page and send it."""
    page.goto("/sign-in/")
    page.get_by_label("Name or e-mail address").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def open_letter(page: Page, recipient: str, subject: str) -> None:
    """Find a mail in the demo board's mailbox, where the worker puts it within seconds, and open it."""
    letter = page.get_by_role("listitem").filter(has_text=recipient).filter(has_text=subject)
    for _ in range(40):
        page.goto("/demo/mail/")
        if letter.count() and "waits to be sent" not in (letter.first.text_content() or ""):
            break
        page.wait_for_timeout(250)
    letter.first.get_by_role("link").click()


def start_topic(page: Page, title: str, body: str = "An opening post.") -> str:
    """Begin a topic in “Housing and land”, and give its address without the post's anchor."""
    page.goto(f"{QUIET_FORUM}new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill(body)
    page.get_by_role("button", name="Post topic").click()
    page.wait_for_url("**/t/**")
    return page.url.partition("#")[0]


def reply(page: Page, topic: str, body: str) -> None:
    """Write below a topic and send it."""
    page.goto(topic)
    page.get_by_label("Your reply").fill(body)
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url("**/t/**#p*")
