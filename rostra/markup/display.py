"""How kept HTML is shown: what is decided when a post is read, not when it is written.

The HTML of a post is the same for all, and stored once. Whether bare addresses are links, signs such as `:-)` become
faces, pictures of other hosts are asked for, and which words the board does not want to see, can change at any time.
"""

import re
from html import unescape
from typing import NamedTuple

from markupsafe import escape

from rostra.markup.censoring import Censored, censored
from rostra.markup.smilies import with_faces

_TAG = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
_SAID = re.compile(r'(<(?:a|img) [^>]*?(?:title|alt)=")([^"]*)"')
_HEAD, _MENTION = '<p class="cited">', '<a class="mention"'
_CODE = re.compile(r"</?(?:pre|code|math)\b")
_BARE = re.compile(r'<a class="bare" [^>]*>([^<]*)</a>')
_PICTURE = re.compile(
    r'<a class="(?:picture|image)"(?: data-size="(?P<size>\d+x\d+)")? href="(?P<at>https?://[^"]+)"[^>]*>(?P<named>[^<]*)</a>'
    r'|<span class="(?:picture|image)"(?: data-size="(?P<inner_size>\d+x\d+)")? title="(?P<inner_at>https?://[^"]+)">(?P<inner_named>[^<]*)</span>'
)


class Display(NamedTuple):
    """What is decided when a post is read."""

    links_bare: bool = True
    draws_faces: bool = False
    shows_pictures: bool = False
    censored: tuple[Censored, ...] = ()


PLAIN = Display()


def displayed(html: str, display: Display) -> str:
    """HTML that `render` made, as it is shown."""
    if not display.links_bare:
        html = _BARE.sub(r"\1", html)
    if display.shows_pictures and ('class="picture"' in html or 'class="image"' in html):
        html = _PICTURE.sub(_drawn, html)
    if display.draws_faces:
        html = _with_faces(html)
    if display.censored:
        html = _censored_html(html, display.censored)
    return html


def _censored_html(html: str, words: tuple[Censored, ...]) -> str:
    """Texts, and what is said of links and pictures; names of people are not touched."""
    parts, is_head, is_name = _TAG.split(html), False, False
    for place, part in enumerate(parts):
        if not part:
            continue
        if place % 2:
            is_head = part == _HEAD or (is_head and part != "</p>")
            is_name = is_head or part.startswith(_MENTION)
            parts[place] = _SAID.sub(lambda found: _attribute(found, words), part)
        elif not is_name:
            typed = unescape(part)
            shown = censored(typed, words)
            parts[place] = part if shown == typed else str(escape(shown))
    return "".join(parts)


def _attribute(found: re.Match[str], words: tuple[Censored, ...]) -> str:
    return f'{found[1]}{escape(censored(unescape(found[2]), words))}"'


def _with_faces(html: str) -> str:
    depth = 0
    parts = _TAG.split(html)
    for place, part in enumerate(parts):
        if place % 2:
            if _CODE.match(part):
                depth += -1 if part.startswith("</") else 1
        elif part and not depth:
            parts[place] = with_faces(part)
    return "".join(parts)


def _drawn(found: re.Match[str]) -> str:
    """A picture that is asked for when it comes into view. Its link stays, for those who want it large."""
    at, size = found["at"] or found["inner_at"], found["size"] or found["inner_size"]
    words = found["named"] if found["at"] else found["inner_named"]
    named = escape(unescape(_file_of(at) if words == at else words))  # it was a text, and becomes a value
    measured = ' width="{}" height="{}"'.format(*size.split("x")) if size else ""
    picture = f'<img src="{at}" alt="{named}"{measured} loading="lazy" decoding="async" referrerpolicy="no-referrer">'
    if found["inner_at"]:
        return picture
    return found[0][: found[0].index(">") + 1] + picture + "</a>"


def _file_of(address: str) -> str:
    """What a picture is called that nobody gave a name: a link must not be without words."""
    return address.split("?")[0].rstrip("/").rpartition("/")[2]
