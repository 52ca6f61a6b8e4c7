"""What a text must be before it can become a post or a title."""

from rostra.kernel.refusals import Invalid
from rostra.kernel.text import one_line

TITLE_LENGTH = 120
REASON_LENGTH = 200


def checked_body(text: str, longest: int) -> str:
    """The text with plain line ends. Raises Invalid with the remedy when it cannot be a post."""
    body = text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    if "\0" in body:
        raise Invalid(
            body="The text contains NUL characters. They are shown as ␀ below: remove them and send again."
        )
    if not one_line(body):
        raise Invalid(body="The post is empty. Write something first.")
    if len(body) > longest:
        raise Invalid(
            body=f"The post has {len(body):,} characters; at most {longest:,} are allowed. "
            "Shorten it, or split it into several posts."
        )
    return body


def checked_title(text: str) -> str:
    """The title on one line. Raises Invalid when it is empty or too long."""
    title = one_line(text.replace("\0", ""))
    if not title:
        raise Invalid(title="The topic needs a title that says what it is about.")
    if len(title) > TITLE_LENGTH:
        raise Invalid(
            title=f"The title has {len(title)} characters; at most {TITLE_LENGTH} are allowed. Shorten it."
        )
    return title


def checked_reason(text: str) -> str:
    """A reason on one line. Raises Invalid when it is too long."""
    reason = one_line(text.replace("\0", ""))
    if len(reason) > REASON_LENGTH:
        raise Invalid(reason=f"The reason has {len(reason)} characters; at most {REASON_LENGTH} are allowed.")
    return reason
