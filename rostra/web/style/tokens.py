"""The design tokens as the style sheet has them, and how well their colours can be told apart."""

import re
from dataclasses import dataclass
from pathlib import Path

SHEET = Path(__file__).resolve().parents[1] / "static" / "css" / "tokens.css"
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
_PAIR = re.compile(r"light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
# Text on ground, and the contrast that WCAG 2.2 asks for: 4.5 for text, 3 for the edges of fields.
PAIRS = (
    ("ink", "paper", 4.5), ("ink", "paper-sunk", 4.5), ("ink-soft", "paper", 4.5), ("ink-soft", "paper-sunk", 4.5),
    ("accent", "paper", 4.5), ("accent", "paper-sunk", 4.5), ("on-accent", "accent-strong", 4.5),
    ("fault", "fault-sunk", 4.5), ("accent", "fault-sunk", 4.5), ("ink", "added", 4.5), ("ink", "removed", 4.5),
    ("line", "paper", 3), ("line", "paper-sunk", 3),
)  # fmt: skip


@dataclass(frozen=True)
class Contrast:
    """Two tokens and their contrast in both schemes."""

    text: str
    ground: str
    light: float
    dark: float
    needed: float


def tokens() -> dict[str, str]:
    """Every token and its value, in the order of the sheet."""
    return dict(_TOKEN.findall(SHEET.read_text()))


def colours() -> dict[str, tuple[str, str]]:
    """The colour tokens with their light and dark values."""
    found = {}
    for name, value in tokens().items():
        pair = _PAIR.fullmatch(value)
        if pair:
            found[name] = (pair[1], pair[2])
        elif re.fullmatch(r"#[0-9a-f]{6}", value):
            found[name] = (value, value)
    return found


def contrasts() -> list[Contrast]:
    """The pairs that pages use."""
    known = colours()
    return [
        Contrast(
            text, ground, _contrast(known[text][0], known[ground][0]), _contrast(known[text][1], known[ground][1]), needed
        )
        for text, ground, needed in PAIRS
    ]  # fmt: skip


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio), cut to two digits."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return int((lighter + 0.05) / (darker + 0.05) * 100) / 100


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
