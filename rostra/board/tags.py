"""What a tag of the board's own must be before it can be defined, in words for those who define it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rostra.kernel.refusals import Invalid
from rostra.kernel.text import one_line, without_controls
from rostra.markup import OwnTag, Unusable, Why, own_tag

HINT_LENGTH = 200
SAMPLE_LENGTH = 500
_WORDS = {
    Why.TOO_LONG: gettext_lazy("It has %(thing)s characters; at most %(most)s are allowed. Shorten it."),
    Why.EMPTY: gettext_lazy("Say what the tag stands for, such as [b]{TEXT}[/b]."),
    Why.NO_USAGE: gettext_lazy(
        "“%(thing)s” is not how a tag is used. It is one tag with its closing tag, such as [news={URL}]{TEXT}[/news]: values and attributes are one token each, and nothing but a token stands between the tags."
    ),
    Why.NAME_TAKEN: gettext_lazy("Every board has a tag [%(thing)s] already. Choose another name."),
    Why.NAME_FORM: gettext_lazy(
        "“%(thing)s” cannot be the name of a tag. A name begins with a small letter from a to z; small letters, digits and hyphens follow, up to 30 characters in all."
    ),
    Why.OTHER_CLOSING: gettext_lazy("The closing tag is [/%(thing)s]. Give it the name of the opening tag."),
    Why.NO_TYPE: gettext_lazy(
        "There is no token {%(thing)s}. There are {TEXT}, {URL}, {NUMBER}, {IDENTIFIER}, {SIMPLETEXT}, {INTTEXT} and {COLOR}, each also with a number, such as {NUMBER2}."
    ),
    Why.GIVEN_TWICE: gettext_lazy("{%(thing)s} is there twice. Number them, such as {NUMBER1} and {NUMBER2}."),
    Why.ATTRIBUTE_TWICE: gettext_lazy("The attribute “%(thing)s” is there twice. Give one another name."),
    Why.TEXT_AS_VALUE: gettext_lazy(
        "{%(thing)s} stands where a value does, but it is a text with markup of its own. Use {INTTEXT}, {SIMPLETEXT} or {URL} there."
    ),
    Why.TEXT_NOT_ONCE: gettext_lazy(
        "{%(thing)s} must be there exactly once, or what people write would be lost or said twice."
    ),
    Why.NOT_IN_USAGE: gettext_lazy("The usage has no {%(thing)s}. Add it there, or take it out here."),
    Why.NAME_FILLED_IN: gettext_lazy(
        "Behind “%(thing)s” a token would become the name of a tag. Write the name out, or put a space between."
    ),
    Why.UNKNOWN_TAG: gettext_lazy(
        "[%(thing)s] is no stock tag. Tags of the board's own cannot stand for each other; use stock tags only, or other brackets."
    ),
    Why.UNFINISHED: gettext_lazy("“%(thing)s” begins a tag that does not end. Check its quotation marks and its bracket."),
    Why.NOT_CLOSED: gettext_lazy("[%(thing)s] is not closed. Add [/%(thing)s]."),
    Why.NOT_OPENED: gettext_lazy(
        "[/%(thing)s] closes nothing: it was not opened, or another tag that was opened later must be closed first."
    ),
}  # fmt: skip


def checked_tag(usage: str, template: str) -> OwnTag:
    """The tag that a definition means. Raises Invalid with the remedy when it cannot be one."""
    try:
        return own_tag(_plain(usage), _plain(template))
    except Unusable as fault:
        words = str(_WORDS[fault.why]) % {"thing": fault.thing[:60], "most": f"{fault.most:,}"}
        raise Invalid(**{fault.field: words}) from None


def checked_hint(text: str) -> str:
    """The line for those who write. Raises Invalid when it is too long."""
    return _short(one_line(without_controls(text)), HINT_LENGTH, "hint")


def checked_sample(text: str) -> str:
    """The text that shows what a tag does. Raises Invalid when it is too long."""
    return _short(_plain(text).strip(), SAMPLE_LENGTH, "sample")


def _short(text: str, most: int, field: str) -> str:
    if len(text) > most:
        words = _("It has %(thing)s characters; at most %(most)s are allowed. Shorten it.")
        raise Invalid(**{field: words % {"thing": f"{len(text):,}", "most": most}})
    return text


def _plain(text: str) -> str:
    """With plain line ends, and without NUL, which no table takes."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
