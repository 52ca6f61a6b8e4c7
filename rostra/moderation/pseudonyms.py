"""Names for people that stay the same and say nothing of who it is to whoever does not know the board's secret."""

from django.utils.crypto import salted_hmac

from rostra.kernel.text import name_key

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def letters_of(part: str, name: str, length: int) -> str:
    """So many letters for somebody of this name in this part: “moderator” or “member”."""
    number = int(salted_hmac(f"rostra.{part}", name_key(name), algorithm="sha256").hexdigest(), 16)
    return "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(length))
