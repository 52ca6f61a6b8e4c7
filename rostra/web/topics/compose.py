"""Writing: a new topic, a reply, an edit. One editor page, one way to fail without losing the text."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect

from rostra.kernel.refusals import Invalid, Refusal, Refused
from rostra.markup import quotation
from rostra.markup import render as render_markup
from rostra.topics import policy
from rostra.topics.actions import edit_post, post_reply, post_topic
from rostra.topics.drafts import REASON_LENGTH, TITLE_LENGTH, checked_body
from rostra.topics.models import Post
from rostra.web.loading import forum_at, number_from, post_at, topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import TooMany, spend
from rostra.web.requests import Request


@dataclass
class Editor:
    """The state of the editor page: what is written, for what, and what was wrong with it."""

    heading: str
    action: str
    back: str
    submit: str
    crumbs: Any
    title: str | None = None
    body: str = ""
    reason: str | None = None
    token: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    preview: str = ""
    status: int = 200


@takes("GET", "POST")
def new_topic(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Begin a topic."""
    forum = forum_at(request, number)
    address = f"{forum.address}new"
    editor = Editor("New topic", address, forum.address, "Post topic", forum, title="")
    refusal = policy.why_not_post_topic(request.actor, forum)
    return _answer(
        request, editor, refusal,
        lambda: post_topic(author=request.actor, forum=forum, title=editor.title or "", body=editor.body, token=editor.token),
    )  # fmt: skip


@takes("GET", "POST")
def reply(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Reply to a topic, with a quotation when one is asked for."""
    topic, forum = topic_at(request, number)
    editor = Editor(f"Reply to “{topic.title}”", f"{topic.address}reply", topic.address, "Post reply", forum)
    refusal = policy.why_not_reply(request.actor, topic, forum)
    if request.method == "GET" and "quote" in request.GET:
        editor.body = _quoted(request, request.GET["quote"])
    return _answer(
        request, editor, refusal,
        lambda: post_reply(author=request.actor, topic=topic, forum=forum, body=editor.body, token=editor.token),
    )  # fmt: skip


@takes("GET", "POST")
def edit(request: Request, number: str) -> HttpResponse:
    """Change a post; its earlier texts stay in its history."""
    post, topic, forum = post_at(request, number)
    is_opening = post.position == 1
    editor = Editor(
        f"Edit #{post.id}", f"/p/{post.id}/edit", f"/p/{post.id}", "Save", forum,
        title=topic.title if is_opening else None, body=post.source, reason="",
    )  # fmt: skip
    refusal = policy.why_not_edit(request.actor, post.author_id, topic, forum)
    return _answer(
        request, editor, refusal,
        lambda: edit_post(
            editor=request.actor, post_id=post.id, topic=topic, forum=forum, body=editor.body,
            title=editor.title, reason=editor.reason or "",
        ),
    )  # fmt: skip


def _answer(
    request: Request, editor: Editor, refusal: Refusal | None, write: Callable[[], Post]
) -> HttpResponse:
    """Show the editor, the preview, or what came of writing; whatever goes wrong, the text is shown again."""
    if request.method != "POST":
        if refusal is not None:
            raise Refused(refusal)
        editor.token = uuid4().hex
        return _show(request, editor)
    _read_form(request, editor)
    if request.POST.get("do") == "preview":
        return _preview(request, editor, refusal)
    try:
        _check_encoding(request, editor)
        spend("post", request.actor.id)
        post = write()
    except Invalid as invalid:
        editor.faults, editor.status = invalid.faults, 422
    except Refused as refused:
        editor.refusal, editor.status = refused.refusal, 403
    except TooMany as fast:
        editor.refusal, editor.status = fast.refusal, 429
    else:
        return HttpResponseRedirect(f"/p/{post.pk}")
    return _show(request, editor)


def _preview(request: Request, editor: Editor, refusal: Refusal | None) -> HttpResponse:
    editor.refusal = refusal
    if refusal is None:
        try:
            _check_encoding(request, editor)
            spend("preview", request.actor.id)
            editor.preview = render_markup(checked_body(editor.body, settings.ROSTRA.post_characters)).html
        except Invalid as invalid:
            editor.faults = invalid.faults
        except TooMany as fast:
            editor.refusal = fast.refusal
    if request.htmx:
        return render(request, "topics/preview.html", {"editor": editor})
    return _show(request, editor)


def _read_form(request: Request, editor: Editor) -> None:
    editor.body = request.POST.get("body", "")
    if editor.title is not None:
        editor.title = request.POST.get("title", "")
    if editor.reason is not None:
        editor.reason = request.POST.get("reason", "")
    editor.token = request.POST.get("token", "")[:64]


def _check_encoding(request: Request, editor: Editor) -> None:
    """Bytes that are no UTF-8 have become U+FFFD on the way in: say so, instead of storing them."""
    typed = editor.body + (editor.title or "") + (editor.reason or "")
    if (
        "\ufffd" in typed
        and b"%EF%BF%BD" not in request.body.upper()
        and "\ufffd".encode() not in request.body
    ):
        raise Invalid(
            body="Some bytes of the text were not valid UTF-8; they are shown as “�” below. Mend them and send again."
        )


def _show(request: Request, editor: Editor) -> HttpResponse:
    shown = editor.body.replace("\0", "␀")
    context = {"editor": editor, "shown": shown, "title_length": TITLE_LENGTH, "reason_length": REASON_LENGTH}
    response = render(request, "topics/compose.html", context, status=editor.status)
    if editor.status == 429:
        response.headers["Retry-After"] = "60"
    return response


def _quoted(request: Request, text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise Http404(f"There is no post #{text[:20]} to quote.")
    post, _, _ = post_at(request, str(number_from(text[:30], "post")))
    return quotation(post.source, author=post.author_name, post=post.id)
