"""The tree of forums. Its shape is read once for each structure version and shared; its counts are read fresh."""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from rostra.board.queries import profile, stamp_in
from rostra.kernel.latest import Latest
from rostra.kernel.statements import Statement


class ModeratorGroup(NamedTuple):
    """A group that moderates."""

    id: int
    name: str


@dataclass(eq=False)
class Node:
    """A forum, category or link in the tree; a new object for each version of the tree."""

    id: int
    parent_id: int | None
    kind: str
    name: str
    slug: str
    description: str
    rules: str
    link: str
    is_closed: bool
    moderators: list[ModeratorGroup] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    ancestors: tuple["Node", ...] = ()
    moderator_ids: frozenset[int] = frozenset()
    read_only: str = ""  # why nothing can be written on the whole board

    @property
    def address(self) -> str:
        """Its canonical path."""
        return f"/f/{self.id}-{self.slug}/"

    def walk(self) -> Iterator["Node"]:
        """Itself and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Forest:
    """The whole tree."""

    roots: list[Node]
    by_id: dict[int, Node]


class _NodeRow(NamedTuple):
    id: int
    parent_id: int | None
    kind: str
    name: str
    slug: str
    description: str
    rules: str
    link: str
    is_closed: bool


class _ModeratorRow(NamedTuple):
    forum_id: int
    group_id: int
    name: str


class Counts(NamedTuple):
    """What changes with every post, of one forum."""

    id: int
    topic_count: int
    post_count: int
    last_post_id: int | None
    last_post_at: datetime | None
    last_topic_id: int | None
    last_topic_title: str
    last_author_name: str


_NODES = Statement(
    "forums.tree",
    _NodeRow,
    "SELECT id, parent_id, kind, name, slug, description, rules, link, is_closed FROM forums_forum ORDER BY place, id",
)
_MODERATORS = Statement(
    "forums.moderators",
    _ModeratorRow,
    """SELECT m.forum_id, g.id, g.name FROM forums_forummoderators m JOIN accounts_group g ON g.id = m.group_id
       ORDER BY m.id""",
)
_COUNTS = Statement(
    "forums.counts",
    Counts,
    """SELECT id, topic_count, post_count, last_post_id, last_post_at, last_topic_id, last_topic_title,
              last_author_name FROM forums_forum WHERE kind = 'forum'""",
)
_forest: Latest[Forest] = Latest()
_counts: Latest[dict[int, Counts]] = Latest()


def forest(structure: int) -> Forest:
    """The tree as of a structure version."""
    return _forest.at(structure, lambda: _read_forest(profile(structure).read_only))


def forest_in(environ: MutableMapping[str, Any]) -> Forest:
    """The tree as of the start of a request."""
    return forest(stamp_in(environ).structure)


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _forest.forget()
    _counts.forget()


def counts(content: int) -> dict[int, Counts]:
    """Counts and last posts of every forum by id, as of a content version, without those of its sub-forums."""
    return _counts.at(content, lambda: {row.id: row for row in _COUNTS.all()})


def _read_forest(read_only: str) -> Forest:
    nodes = {
        row.id: Node(*row[:8], is_closed=bool(row.is_closed), read_only=read_only) for row in _NODES.all()
    }
    for row in _MODERATORS.all():
        if row.forum_id in nodes:
            nodes[row.forum_id].moderators.append(ModeratorGroup(row.group_id, row.name))
    roots = []
    for node in nodes.values():
        if node.parent_id is None:
            roots.append(node)
        else:
            nodes[node.parent_id].children.append(node)
    for root in roots:
        _link(root, ())
    return Forest(roots, nodes)


def _link(node: Node, ancestors: tuple[Node, ...]) -> None:
    """Tell each node its ancestors, and whom it inherits as moderators."""
    node.ancestors = ancestors
    inherited = ancestors[-1].moderator_ids if ancestors else frozenset()
    node.moderator_ids = inherited | {group.id for group in node.moderators}
    for child in node.children:
        _link(child, (*ancestors, node))
