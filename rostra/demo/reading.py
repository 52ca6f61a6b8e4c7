"""Reading a topic of the demo content; docs/demo-content.md tells the form."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

_POST = re.compile(
    r"^=== (?P<author>[^|\n]+?) \| (?P<when>[^|\n]+?)(?: \| edited \+(?P<later>\d+)(?P<unit>[mhd]): (?P<reason>[^\n]+))?$",
    re.MULTILINE,
)
_QUOTE = re.compile(r"^(?P<marks>(?:> ?)+)\[quote (?P<number>\d+)\]\s*$", re.MULTILINE)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass
class DemoPost:
    """A post as written in the file."""

    author: str
    at: str
    text: str
    edited_at: str = ""
    edit_reason: str = ""

    def body(self, names: list[str], ids: list[int]) -> str:
        """The text with its quotations attributed as the board's own quote button does."""

        def attributed(found: re.Match[str]) -> str:
            place, marks = int(found["number"]) - 1, found["marks"].strip()
            return f"{marks} **{names[place]}** [#{ids[place]}](/p/{ids[place]}):\n{marks}"

        return _QUOTE.sub(attributed, self.text)


@dataclass
class DemoTopic:
    """A topic as written in its file."""

    title: str
    forum: str
    kind: str = "normal"
    is_locked: bool = False
    views: int = 0
    posts: list[DemoPost] = field(default_factory=list)


def read_topic(path: Path) -> DemoTopic:
    """Parse a file. Raises ValueError that names the file and what is wrong."""
    text = path.read_text()
    first = _POST.search(text)
    if first is None:
        raise ValueError(f"{path.name}: no post found")
    head = dict(line.split(": ", 1) for line in text[: first.start()].strip().splitlines())
    topic = DemoTopic(
        head["title"],
        head["forum"],
        head.get("kind", "normal"),
        head.get("locked") == "yes",
        int(head.get("views", "0")),
    )
    at = datetime.min.replace(tzinfo=UTC)
    found = list(_POST.finditer(text))
    for post, following in zip(found, [*found[1:], None], strict=True):
        body = text[post.end() : following.start() if following else len(text)].strip()
        at = _time(post["when"], at, path)
        edited = at + timedelta(**{_UNITS[post["unit"]]: int(post["later"])}) if post["later"] else None
        topic.posts.append(
            DemoPost(post["author"], _text(at), body, _text(edited) if edited else "", post["reason"] or "")
        )
    return topic


def _time(when: str, before: datetime, path: Path) -> datetime:
    distance = re.fullmatch(r"\+(\d+)([mhd])", when.strip())
    if distance:
        return before + timedelta(**{_UNITS[distance[2]]: int(distance[1])})
    try:
        return datetime.fromisoformat(when.strip()).replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(f"{path.name}: {when!r} is no time and no distance") from None


def _text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
