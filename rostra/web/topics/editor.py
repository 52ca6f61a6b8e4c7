"""The editor page: what is written, for what, what was wrong with it, and where a draft of it lies."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rostra.drafts.actions import Ended, Newer, save_draft
from rostra.drafts.queries import draft
from rostra.houserules.queries import number_of_rules
from rostra.houserules.rules import Effect, Finding
from rostra.kernel.refusals import Invalid, Refusal, Refused
from rostra.topics.judging import is_looked_at
from rostra.topics.queries import PostRow
from rostra.topics.texts import REASON_LENGTH, TITLE_LENGTH
from rostra.web.pages import render
from rostra.web.requests import Request, sieve_of, stamp_of
from rostra.web.stating import ReasonsForm
from rostra.web.topics.reminders import Reminders, post_limits

LONGEST_PASSAGE = 300  # characters of a passage that are shown
_TOKEN = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass
class Editor:
    """The state of the editor page. `place` is what the text is for, as drafts name it."""

    heading: str
    action: str
    back: str
    submit: str
    crumbs: Any
    place: str
    title: str | None = None
    body: str = ""
    markup: str = field(default_factory=lambda: settings.ROSTRA.markup)
    reason: str | None = None
    token: str = ""
    base: int | None = None
    faults: dict[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    preview: str = ""
    findings: tuple[Finding, ...] = ()  # of house rules, in the preview or when it was sent
    unnamed_pictures: int = 0  # in the preview, of one's own
    status: int = 200
    notice: str = ""
    draft_version: int = 0
    draft_saved_at: datetime | None = None
    # What others did meanwhile: replies that came, or the text that is there now.
    arrived: list[PostRow] = field(default_factory=list)
    theirs: str | None = None
    changes: list[tuple[str, str]] = field(default_factory=list)
    review: list[PostRow] = field(default_factory=list)
    reminders: Reminders | None = None
    ends_at: datetime | None = None  # until when changes can be saved
    stating: ReasonsForm | None = None  # of a moderator who changes what somebody else wrote
    is_kept: bool = False  # what may not be posted was kept as a draft

    @property
    def effect(self) -> Effect | None:
        """What follows from the findings."""
        return self.findings[0].effect if self.findings else None

    def passage(self, finding: Finding) -> str:
        """What in the text a finding is about, as it was typed; nothing for all of it."""
        place = finding.passage
        if place is None:
            return ""
        typed = (self.title or "") if place.where == "title" else self.body.replace("\r\n", "\n")
        words = typed[place.start : place.end].strip()
        return words if len(words) <= LONGEST_PASSAGE else f"{words[:LONGEST_PASSAGE].rstrip()}…"


def begin(request: Request, editor: Editor, *, keeps_body: bool = False) -> None:
    """A fresh editor: the draft for its place comes back, unless a quotation was asked for and there is none."""
    editor.token = uuid4().hex
    found = draft(request.actor.id or 0, editor.place)
    if found is None:
        return
    asked = editor.body if keeps_body else ""
    editor.body = f"{found.body.rstrip()}\n\n{asked}".lstrip() if asked else found.body
    editor.title = found.title if editor.title is not None else None
    editor.reason = found.reason if editor.reason is not None else None
    editor.base = found.base
    editor.draft_version, editor.draft_saved_at = found.version, found.saved_at
    editor.notice = _("Your draft is back. It was saved on the server and is not posted yet.")


def read_form(request: Request, editor: Editor) -> None:
    """What was typed."""
    editor.body = request.POST.get("body", "")
    if editor.title is not None:
        editor.title = request.POST.get("title", "")
    if editor.reason is not None:
        editor.reason = request.POST.get("reason", "")
    if editor.stating is not None:
        editor.stating.read(request)
    editor.token = _token(request.POST.get("token", ""))
    base, version = request.POST.get("base", ""), request.POST.get("version", "")
    editor.base = int(base) if base.isascii() and base.isdigit() and len(base) < 18 else None
    editor.draft_version = (
        int(version) if version.isascii() and version.isdigit() and len(version) < 12 else 0
    )


def check_encoding(request: Request, editor: Editor) -> None:
    """Bytes that are no UTF-8 have become U+FFFD on the way in: say so, instead of storing them."""
    if request.content_type != "application/x-www-form-urlencoded":
        return  # the other kind of form is read as a stream: its bytes are gone
    typed = editor.body + (editor.title or "") + (editor.reason or "")
    if (
        "\ufffd" in typed
        and b"%EF%BF%BD" not in request.body.upper()
        and "\ufffd".encode() not in request.body
    ):
        fault = _(
            "Some bytes of the text were not valid UTF-8; they are shown as “�” below. Mend them and send again."
        )
        raise Invalid(body=fault)


def keep_as_draft(request: Request, editor: Editor) -> None:
    """Save what is typed as a draft, and say so."""
    try:
        _save(request, editor)
        editor.notice = _("The draft is saved on the server. You can go on here or on another device.")
    except Newer as newer:
        editor.theirs, editor.draft_version, editor.status = newer.found.body, newer.found.version, 409
        editor.notice = _(
            "A newer draft was saved from another window or device; it is below. Save again to keep yours instead."
        )
    except Ended:
        editor.draft_version, editor.status = 0, 409
        editor.notice = _(
            "This draft was posted or discarded in another window. Save again to keep the text all the same."
        )
    except Invalid as invalid:
        editor.faults, editor.status = invalid.faults, 422


def keep_what_was_refused(request: Request, editor: Editor) -> None:
    """What may not be posted stays as a member's draft where that can be, to copy from or for better times."""
    if request.actor.is_member:
        with suppress(Newer, Ended, Invalid, Refused):
            _save(request, editor)
            editor.is_kept = bool(editor.draft_version)


def _save(request: Request, editor: Editor) -> None:
    editor.draft_version = save_draft(
        author_id=request.actor.id or 0, place=editor.place, title=editor.title or "", body=editor.body,
        reason=editor.reason or "", base=editor.base or 0, version=editor.draft_version,
    )  # fmt: skip


def say_what_arrived(editor: Editor, arrived: list[PostRow]) -> None:
    """Replies came while the text was written: they are shown, and the next press posts."""
    editor.arrived, editor.status = arrived[::-1], 409
    number = len(arrived)
    words = ngettext(
        "A reply came while you were writing. It is below; post again when you have read it.",
        "%(number)s replies came while you were writing. They are below; post again when you have read them.",
        number,
    )
    editor.notice = words % {"number": number}


def show(request: Request, editor: Editor) -> HttpResponse:
    """The editor page; what was typed is in it, whatever happened."""
    context = {
        "editor": editor,
        "stated": editor.stating.context() if editor.stating is not None else None,
        "ignored": sieve_of(request).members,
        "shown": editor.body.replace("\0", "␀"),
        "limits": post_limits(request, editor.markup),
        "title_length": TITLE_LENGTH,
        "reason_length": REASON_LENGTH,
        "rules": number_of_rules(editor.crumbs, stamp_of(request).structure),
        "is_judged": is_looked_at(request.actor, editor.crumbs),
    }
    response = render(request, "topics/compose.html", context, status=editor.status)
    if editor.status == 429:
        response.headers["Retry-After"] = "60"
    return response


def _token(text: str) -> str:
    """The form's own token; another one would go into a cookie as it came."""
    return text if _TOKEN.fullmatch(text) else ""
