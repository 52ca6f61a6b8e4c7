"""What each tag of BBCode means: phpBB 3.3's own (https://www.phpbb.com/community/help/bbcode) and those that boards add most."""

import colorsys
import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

from rostra.markup import document as doc
from rostra.markup.bare import shortened
from rostra.markup.bbcode.flow import Wrap
from rostra.markup.bbcode.openings import Opening
from rostra.markup.targets import Target, target

_STYLES = {
    "b": doc.Style.STRONG, "i": doc.Style.EMPHASIS, "u": doc.Style.UNDERLINE, "s": doc.Style.STRIKE,
    "strike": doc.Style.STRIKE, "del": doc.Style.STRIKE, "sub": doc.Style.SUBSCRIPT, "sup": doc.Style.SUPERSCRIPT,
}  # fmt: skip
SIDES = {"center": doc.Side.CENTER, "centre": doc.Side.CENTER, "right": doc.Side.END, "left": None}
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgb\([ \t]*(\d{1,3})[ \t]*,[ \t]*(\d{1,3})[ \t]*,[ \t]*(\d{1,3})[ \t]*\)", re.IGNORECASE)
_NAME = re.compile(r"[a-zA-Z]{3,30}")
COLOR = re.compile(f"{_HEX.pattern}|{_RGB.pattern}|{_NAME.pattern}", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>\"'()]+@[^\s@<>\"'()]+\.[^\s@<>\"'().]+")
_KEPT = ":/?#[]@!$&'()*+,;=%~"  # of an address, when the rest is escaped
_MEASURED = re.compile(r"([1-9]\d{0,3})x([1-9]\d{0,3})")
_VIDEO = re.compile(r"[\w-]{6,20}")
_HUES = 12
# The names of CSS that people use, by hue; other names are shown in the colour of the text.
_NAMED_HUES = {
    "red": 0, "darkred": 0, "firebrick": 0, "crimson": 0, "maroon": 0, "brown": 0, "tomato": 0, "orangered": 0,
    "orange": 1, "darkorange": 1, "coral": 1, "chocolate": 1, "sienna": 1, "gold": 1, "goldenrod": 1, "yellow": 2,
    "olive": 2, "green": 4, "darkgreen": 4, "lime": 4, "limegreen": 4, "forestgreen": 4, "seagreen": 5, "teal": 6,
    "cyan": 6, "aqua": 6, "turquoise": 6, "darkcyan": 6, "steelblue": 7, "deepskyblue": 7, "dodgerblue": 7,
    "royalblue": 7, "blue": 8, "darkblue": 8, "navy": 8, "mediumblue": 8, "indigo": 9, "purple": 9, "violet": 9,
    "darkviolet": 9, "blueviolet": 9, "magenta": 10, "fuchsia": 10, "orchid": 10, "pink": 11, "hotpink": 11,
    "deeppink": 11,
}  # fmt: skip


def _style(opening: Opening) -> Wrap | None:
    style = _STYLES[opening.name]
    return lambda children: [doc.Styled(style, children)]


def _size(opening: Opening) -> Wrap | None:
    """Per cent of the ordinary size, as phpBB has it (1 to 200)."""
    text = (opening.value or "").strip().rstrip("%")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 200):
        return None
    percent = int(text)
    if 90 <= percent <= 110:
        return list
    size = doc.Size.SMALL if percent < 90 else doc.Size.LARGE if percent < 160 else doc.Size.HUGE
    return lambda children: [doc.Sized(size, children)]


def _color(opening: Opening) -> Wrap | None:
    value = (opening.value or "").strip()
    if not COLOR.fullmatch(value):
        return None
    hue = hue_of(value)
    return list if hue is None else lambda children: [doc.Tinted(hue, children)]


def hue_of(color: str) -> int | None:
    """The hue of the palette nearest to a colour; None for black, white, greys and what is no colour."""
    if not (color.startswith("#") or color[:4].lower() == "rgb("):
        return _NAMED_HUES.get(color.lower())
    numbers = _RGB.fullmatch(color)
    if numbers:
        parts = [min(int(each), 255) for each in numbers.groups()]
    else:
        digits = color[1:] if len(color) == 7 else "".join(each * 2 for each in color[1:])
        parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    hue, _lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in parts))
    return round(hue * _HUES) % _HUES if saturation > 0.2 else None


FORMATS: dict[str, Callable[[Opening], Wrap | None]] = {
    **dict.fromkeys(_STYLES, _style), "size": _size, "color": _color, "colour": _color,
}  # fmt: skip


def link_of(opening: Opening, content: str) -> tuple[Target | None, bool]:
    """Where `[url]` or `[email]` leads, and whether the tag is one: a name for no place is shown as it was typed."""
    value = content if opening.value is None else opening.value
    value = value.strip()
    if opening.name == "email":
        return (
            (target(f"mailto:{value}{_letter(opening)}"), True) if _MAIL.fullmatch(value) else (None, False)
        )
    if value[:4].lower() == "www.":
        value = f"http://{value}"
    is_address = bool(re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", value))
    where = target(value.replace(" ", "%20") if is_address and opening.value is None else value)
    return where, where is not None or not is_address


def _letter(opening: Opening) -> str:
    """What a letter begins with: its subject and its first words."""
    named = {name: opening.get(name) for name in ("subject", "body") if opening.get(name)}
    return f"?{urlencode(named, quote_via=quote)}" if named else ""


def image(opening: Opening, content: str) -> doc.Inline | None:
    """A picture; the tag is none when it leads where no link may. Spaces and the like are escaped, as browsers do."""
    measured = _MEASURED.fullmatch(opening.value or f"{opening.get('width')}x{opening.get('height')}")
    is_address = opening.value is not None and not measured
    value = ((opening.value or "") if is_address else content).strip()
    where = target(quote(value, safe=_KEPT))
    size = (int(measured[1]), int(measured[2])) if measured else None
    return (
        doc.Image(where, opening.get("alt") or opening.get("title"), size=size) if where is not None else None
    )


def flash(opening: Opening, content: str) -> doc.Inline | None:
    """Flash is gone: what it showed is linked."""
    if not re.fullmatch(r"\d{1,4},\d{1,4}", (opening.value or "").strip()):
        return None
    where = target(content.strip())
    return doc.Link(where, [doc.Words(shortened(content.strip()))]) if where else None


def attachment(opening: Opening, content: str) -> doc.Inline | None:
    """A file of the post, by its number."""
    place = (opening.value or "").strip()
    return (
        doc.Attachment(int(place), content.strip())
        if place.isascii() and place.isdigit() and len(place) < 5
        else None
    )


def formula(_opening: Opening, content: str) -> doc.Inline | None:
    """A formula in TeX."""
    return doc.Formula(content.strip()) if content.strip() else None


_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v=", "yt": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/", "dailymotion": "https://www.dailymotion.com/video/",
}  # fmt: skip


def video(opening: Opening, content: str) -> doc.Inline | None:
    """A film on another host: a link, because a player would tell that host who reads."""
    value = content.strip()
    address = value if re.match(r"https?://", value, re.IGNORECASE) else ""
    if not address and _VIDEO.fullmatch(value) and opening.name in _PLAYERS:
        address = _PLAYERS[opening.name] + value
    where = target(address) if address else None
    return doc.Link(where, [doc.Words(f"▶ {shortened(address)}")]) if where else None


# Tags whose content is a value, not a text. They need their closing tag.
VALUES: dict[str, Callable[[Opening, str], doc.Inline | None]] = {
    "img": image, "flash": flash, "attachment": attachment, "media": video, "video": video,
    **dict.fromkeys(_PLAYERS, video), **dict.fromkeys(("math", "tex", "latex"), formula),
}  # fmt: skip
NUMBERINGS = {each.value: each for each in doc.Numbering}
