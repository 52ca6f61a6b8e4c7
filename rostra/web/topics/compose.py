"""Writing: a new topic, a reply, an edit. One editor page, one way to fail without losing the text."""

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from rostra.board.queries import conventions
from rostra.drafts.actions import discard_draft
from rostra.forums.policy import is_moderator, may
from rostra.forums.queries import Node
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, Invalid, Refusal, Refused, refuse
from rostra.markup import Quoted, Unfit, quotation
from rostra.moderation.editing import Edit, edit_with_reasons, must_state_reasons
from rostra.permissions.capabilities import May
from rostra.topics import policy, queries
from rostra.topics.actions import Conflict, Overtaken, edit_post, post_reply, post_topic
from rostra.topics.holding import Waits
from rostra.topics.judging import NOTHING_SAID, Answer, Judged, Judgement, Text, judge_text
from rostra.topics.models import Post
from rostra.topics.queries import PostSource, TopicRow
from rostra.topics.texts import check_own_words, checked_body, checked_rendering
from rostra.web import addresses
from rostra.web.changes import words_changed
from rostra.web.loading import forum_at, number_from, post_at, topic_at
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.ratelimits import TooMany, spend
from rostra.web.requests import Request, stamp_of
from rostra.web.showing import worded
from rostra.web.stating import ReasonsForm
from rostra.web.telling import tell_of_case
from rostra.web.topics import editor as editing
from rostra.web.topics.editor import Editor
from rostra.web.topics.reminders import reminders

REVIEWED = 10
ARRIVED = 20
Catch = Callable[[Editor], None]


@takes("GET", "POST")
def new_topic(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Begin a topic."""
    forum = forum_at(request, number)
    address = f"{forum.address}new"
    editor = Editor(
        _("New topic"), address, forum.address, _("Post topic"), forum, f"forum:{forum.id}", title=""
    )
    refusal = policy.why_not_post_topic(request.actor, forum)
    return _answer(
        request, editor, refusal,
        lambda: post_topic(
            author=request.actor, forum=forum, title=editor.title or "", body=editor.body, token=editor.token,
            answer=_answered(request),
        ),
        judge=lambda: judge_text(
            request.actor, forum, Text("topic", editor.body, editor.markup, editor.title or "", is_opening=True)
        ),
    )  # fmt: skip


@takes("GET", "POST")
def reply(request: Request, number: str, slug: str | None = None) -> HttpResponse:
    """Reply to a topic, with quotations when some are asked for; where it was merged, to the one that it went into."""
    topic, forum = topic_at(request, number, follows=True)
    address = addresses.topic(topic.id, topic.slug)
    heading = _("Reply to “%(title)s”") % {"title": worded(topic.title)}
    editor = Editor(heading, f"{address}reply", address, _("Post reply"), forum, f"topic:{topic.id}")
    editor.base, editor.review = topic.newest_position, queries.latest_posts(topic.id, 0, REVIEWED)
    editor.reminders = reminders(request.actor, topic, forum, next(iter(editor.review), None))
    refusal = policy.why_not_reply(request.actor, topic, forum)
    if request.method == "GET" and refusal is None:
        editor.body = "".join(_quoted(request, text) for text in request.GET.getlist("quote")[:REVIEWED])

    def others_first(one: Editor) -> None:
        arrived = queries.latest_posts(topic.id, one.base or 0, ARRIVED)
        editing.say_what_arrived(one, arrived)
        one.base = arrived[0].position if arrived else topic.newest_position

    return _answer(
        request, editor, refusal,
        lambda: post_reply(
            author=request.actor, topic=topic, forum=forum, body=editor.body, token=editor.token, base=editor.base,
            answer=_answered(request),
        ),
        others_first,
        judge=lambda: judge_text(request.actor, forum, Text("reply", editor.body, editor.markup, topic=topic)),
    )  # fmt: skip


@takes("GET", "POST")
def edit(request: Request, number: str) -> HttpResponse:
    """Change a post; its earlier texts stay in its history."""
    post, topic, forum = post_at(request, number)
    is_opening = post.position == 1
    editor = Editor(
        _("Edit #%(number)s") % {"number": post.id}, f"/p/{post.id}/edit", f"/p/{post.id}", _("Save"), forum,
        f"post:{post.id}", title=topic.title if is_opening else None, body=post.source, reason="", base=post.edit_count,
    )  # fmt: skip
    editor.markup = post.markup
    if may(request.actor, forum, May.MOD_EDIT) and must_state_reasons(request.actor, post.author_id):
        editor.stating = ReasonsForm(forum)
    editor.ends_at = None if is_moderator(request.actor, forum) else policy.editing_ends_at(post)
    refusal = policy.why_not_edit(request.actor, post, topic, forum, has_begun=request.method == "POST")

    def both_texts(one: Editor) -> None:
        now, _topic, _forum = post_at(request, number)
        one.theirs, one.base, one.status = now.source, now.edit_count, 409
        one.changes = words_changed(now.source, one.body)
        one.notice = _(
            "Somebody changed this post while you were writing. Their text and yours are below; save again to keep yours."
        )

    return _answer(
        request, editor, refusal,
        lambda: _change(request, editor, post, topic, forum),
        both_texts,
        judge=lambda: judge_text(
            request.actor, forum, Text("edit", editor.body, editor.markup, editor.title or "", topic, is_opening=is_opening)
        ) if post.author_id == request.actor.id else NOTHING_SAID,
    )  # fmt: skip


def _change(request: Request, editor: Editor, post: PostSource, topic: TopicRow, forum: Node) -> Post:
    """Write an edit; of somebody else's post with its reasons, and its author is told."""
    if editor.stating is None:
        return edit_post(
            editor=request.actor, post_id=post.id, topic=topic, forum=forum, body=editor.body, title=editor.title,
            reason=editor.reason or "", base=editor.base, answer=_answered(request), token=editor.token,
        )  # fmt: skip
    asked = Edit(editor.body, editor.title, editor.reason or "", editor.base)
    with change():
        opened = edit_with_reasons(
            moderator=request.actor, post_id=post.id, topic=topic, forum=forum, edit=asked,
            reasons=editor.stating.read(request),
        )  # fmt: skip
        if opened is not None:
            tell_of_case(request, opened)
    return Post.objects.get(id=post.id)


@takes("GET")
def quote(request: Request, number: str) -> HttpResponse:
    """A post as a quotation, ready to be put into an editor."""
    text = _quoted(request, number)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(
    request: Request,
    editor: Editor,
    refusal: Refusal | None,
    write: Callable[[], Post],
    overtaken: Catch | None = None,
    *,
    judge: Callable[[], Judgement],
) -> HttpResponse:
    """Show the editor, the preview, or what came of writing; whatever goes wrong, the text is shown again."""
    if request.method != "POST":
        editing.begin(request, editor, keeps_body="quote" in request.GET)
        if refusal is not None:
            if not editor.draft_version:
                raise Refused(refusal)
            editor.refusal, editor.status = refusal, 403  # a draft that lies here must be reachable
        return editing.show(request, editor)
    editing.read_form(request, editor)
    wish = request.POST.get("do", "")
    if wish in ("preview", "judge"):
        return _preview(request, editor, refusal, judge, is_whole=wish == "preview")
    if wish == "draft" or wish.startswith("quote:"):
        return _keep(request, editor, wish)
    return _write(request, editor, write, overtaken)


def _keep(request: Request, editor: Editor, wish: str) -> HttpResponse:
    """Save the draft, or add a quotation; the editor goes on."""
    try:
        if wish == "draft":
            spend("draft", request.actor.id)
            refuse(policy.why_not_keep_drafts(request.actor))
            editing.keep_as_draft(request, editor)
        else:
            editor.body = f"{editor.body.rstrip()}\n\n{_quoted(request, wish[6:])}".lstrip()
    except Refused as refused:
        editor.refusal, editor.status = refused.refusal, 403
    except TooMany as fast:
        editor.refusal, editor.status = fast.refusal, 429
    except (Gone, Http404) as gone:
        editor.notice, editor.status = str(gone), 404
    return editing.show(request, editor)


def _write(
    request: Request, editor: Editor, write: Callable[[], Post], overtaken: Catch | None
) -> HttpResponse:
    try:
        editing.check_encoding(request, editor)
        spend("post", request.actor.id)
        post = write()
    except Invalid as invalid:
        editor.faults, editor.status = invalid.faults, 422
    except Refused as refused:
        editor.refusal, editor.status = refused.refusal, 403
        editing.keep_what_was_refused(request, editor)
    except TooMany as fast:
        editor.refusal, editor.status = fast.refusal, 429
    except Gone as gone:
        editor.refusal, editor.status = Refusal(str(gone)), 410
    except Judged as judged:
        editor.findings, editor.status = judged.findings, 422
    except Waits as waits:
        return _waiting(request, editor, waits)
    except (Conflict, Overtaken):
        if overtaken is not None:
            overtaken(editor)
    else:
        return _done(request, editor, f"/p/{post.pk}")
    editor.token = editor.token or uuid4().hex
    return editing.show(request, editor)


def _waiting(request: Request, editor: Editor, waits: Waits) -> HttpResponse:
    """The text is kept for a moderator; its author sees it among those that wait."""
    return _done(request, editor, f"/waiting/#held{waits.held.pk}")


def _done(request: Request, editor: Editor, address: str) -> HttpResponse:
    """On to where the text is now; its drafts, on the server and in the browser, can go."""
    discard_draft(author_id=request.actor.id or 0, place=editor.place)
    response = HttpResponseRedirect(address)
    if editor.token:  # tells the browser that its own copy of the text can go
        response.set_cookie("posted", editor.token, max_age=120, samesite="Lax", secure=request.is_secure())
    return response


def _answered(request: Request) -> Answer:
    """What the author says to findings that were shown."""
    wish = request.POST.get("do", "")
    return Answer(is_meant=wish in ("meant", "contest"), is_contested=wish == "contest")


def _preview(
    request: Request,
    editor: Editor,
    refusal: Refusal | None,
    judge: Callable[[], Judgement],
    *,
    is_whole: bool,
) -> HttpResponse:
    """What the post will look like, and what the house rules say of it; without `is_whole` that alone, while one types."""
    editor.refusal = refusal
    if refusal is None:
        try:
            editing.check_encoding(request, editor)
            spend("preview", request.actor.id)
            body = checked_body(editor.body) if is_whole or editor.body.strip() else ""
            if is_whole:
                rendered = checked_rendering(body, editor.markup)
                editor.preview, editor.unnamed_pictures = rendered.html, rendered.facts.unnamed_images
                check_own_words(rendered)
            if body:
                editor.findings = judge().verdict.findings
        except Invalid as invalid:
            editor.faults = invalid.faults if is_whole else {}
        except Unfit:
            pass  # the preview says it
        except TooMany as fast:
            editor.refusal = fast.refusal if is_whole else None
    if not is_whole:
        return render(request, "topics/findings.html", {"editor": editor, "is_sent": False})
    if request.htmx:
        return render(request, "topics/preview.html", {"editor": editor})
    return editing.show(request, editor)


def _quoted(request: Request, text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise Http404(_("There is no post #%(number)s to quote.") % {"number": text[:20]})
    post, _topic, _forum = post_at(request, str(number_from(text[:30], "post")))
    said_at = int(post.created_at.timestamp())
    return quotation(
        Quoted(post.source, post.author_name, post.id, post.author_id, said_at, post.markup),
        settings.ROSTRA.markup,
        conventions(stamp_of(request).structure),
    )
