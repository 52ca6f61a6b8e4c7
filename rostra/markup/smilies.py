"""`:-)` and its like as faces. The signs are those that phpBB and its kin know; the faces are Unicode's.

A sign stands alone: white space or the edge of a text before it, and no letter or digit behind it.
"""

import re

_FACES = {
    "🙂": ":) :-) (-: =)", "😉": ";) ;-)", "😃": ":D :-D :grin:", "😁": ":mrgreen:", "😂": ":lol: :'D", "🙁": ":( :-( :sad: =(",
    "😢": ":'( :cry:", "😮": ":o :-o :O :-O", "😲": ":shock: :eek:", "😛": ":P :-P :p :-p :razz:", "😎": "8-) B-) :cool:",
    "😕": ":? :-? :/ :-/ :???:", "😐": ":| :-|", "😠": ":x :-x :mad:", "😳": ":oops:", "😈": ":twisted:", "👿": ":evil:",
    "🙄": ":roll: :rolleyes:", "😘": ":* :-*", "🤓": ":geek: :ugeek:", "💡": ":idea:", "❗": ":!:", "❓": ":?:", "➡️": ":arrow:",
}  # fmt: skip
_SIGNS = {sign: face for face, signs in _FACES.items() for sign in signs.split()}
# Signs stand between texts that are HTML: an entity before one ends in `;`, which is no white space.
_SIGN = re.compile(
    r"(?<!\S)(?:"
    + "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
    + r")(?![^\W_])(?!/)"
)
_MAY_BE = re.compile(r"[:;=8B(][-:()DPpOox|?/*'a-z!]")


def with_faces(text: str) -> str:
    """The text (of HTML, between tags) with signs as faces."""
    return _SIGN.sub(lambda found: _SIGNS[found[0]], text) if _MAY_BE.search(text) else text
