"""What a text must be before it can become a post or a title."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rostra.kernel.refusals import Invalid
from rostra.kernel.text import is_visible, one_line, without_controls
from rostra.markup import (
    Rendered,
    TooDeep,
    TooLarge,
    TooLongWithTags,
    TooManyLines,
    TooManyMarks,
    TooManyOwnTags,
    TooMuchWork,
    Unfit,
    unquoted,
)
from rostra.topics.renderings import rendered, rendered_again

TITLE_LENGTH = 120
REASON_LENGTH = 200


def checked_body(text: str) -> str:
    """The text with plain line ends. Raises Invalid with the remedy when it cannot be a post."""
    body = text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    if "\0" in body:
        raise Invalid(
            body=_("The text contains NUL characters. They are shown as ␀ below: remove them and send again.")
        )
    if not is_visible(body):
        raise Invalid(body=_("The post is empty. Write something first."))
    longest = settings.ROSTRA.post_characters
    if len(body) > longest:
        words = _(
            "The post has %(number)s characters; at most %(most)s are allowed. Shorten it, or split it into several posts."
        )
        raise Invalid(body=words % {"number": f"{len(body):,}", "most": f"{longest:,}"})
    return body


def checked_rendering(source: str, markup: str = "markdown") -> Rendered:
    """The text as the board will show it. Raises Invalid with the remedy when it is not rendered."""
    try:
        return rendered(source, markup)
    except Unfit as fault:
        numbers = {"number": f"{fault.number:,}", "most": f"{fault.most:,}"}
        raise Invalid(body=_why_unfit(fault) % numbers) from None
    except Exception:  # one odd text must not keep anybody from posting
        return rendered_again(source, markup)


_UNFIT = {
    TooDeep: gettext_lazy(
        "Quotations, lists or formats stand in each other %(number)s deep; at most %(most)s are allowed. Take some of the outer ones away."
    ),
    TooManyLines: gettext_lazy(
        "The post has %(number)s lines; at most %(most)s are allowed. Shorten it, or split it into several posts."
    ),
    TooManyMarks: gettext_lazy(
        "The post has %(number)s signs of markup; at most %(most)s are allowed. Split it into several posts."
    ),
    TooMuchWork: gettext_lazy(
        "Lines, quotations, lists, links and signs of markup make the post too much to show at once: together they count %(number)s, at most %(most)s are allowed. Split it into several posts."
    ),
    TooManyOwnTags: gettext_lazy(
        "The post has %(number)s of the board's own tags; at most %(most)s are allowed. Use fewer, or split it into several posts."
    ),
    TooLongWithTags: gettext_lazy(
        "With the board's own tags written out, the post has %(number)s characters; at most %(most)s are allowed. Use fewer of them, or split it into several posts."
    ),
    TooLarge: gettext_lazy(
        "Shown, the post would have %(number)s characters of HTML; at most %(most)s are allowed. Split it into several posts."
    ),
}


def _why_unfit(fault: Unfit) -> str:
    if type(fault) in _UNFIT:
        return str(_UNFIT[type(fault)])
    return _(
        "The post has %(number)s characters; at most %(most)s are allowed. Shorten it, or split it into several posts."
    )


def check_own_words(rendered: Rendered) -> None:
    """Raises Invalid when a post holds fewer words of its own than the board asks for."""
    least = settings.ROSTRA.post_minimum
    if least < 2:
        return  # any text will do, a quotation alone too
    number = len(one_line(without_controls(unquoted(rendered.html))))
    if number < least:
        words = ngettext(
            "The post has %(number)s character of your own; at least %(least)s are needed, quotations not counted. Say a little more.",
            "The post has %(number)s characters of your own; at least %(least)s are needed, quotations not counted. Say a little more.",
            number,
        )
        raise Invalid(body=words % {"number": number, "least": least})


def checked_title(text: str) -> str:
    """The title on one line. Raises Invalid when it is empty or too long."""
    title = one_line(without_controls(text))
    if not is_visible(title):
        raise Invalid(title=_("The topic needs a title that says what it is about."))
    if len(title) > TITLE_LENGTH:
        words = _("The title has %(number)s characters; at most %(most)s are allowed. Shorten it.")
        raise Invalid(title=words % {"number": len(title), "most": TITLE_LENGTH})
    return title


def checked_reason(text: str) -> str:
    """A reason on one line. Raises Invalid when it is too long."""
    reason = one_line(text.replace("\0", ""))
    if len(reason) > REASON_LENGTH:
        words = _("The reason has %(number)s characters; at most %(most)s are allowed.")
        raise Invalid(reason=words % {"number": len(reason), "most": REASON_LENGTH})
    return reason
