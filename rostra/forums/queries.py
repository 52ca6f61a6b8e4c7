"""The tree of forums. Its shape is read once for each structure version and shared; its counts are read fresh."""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from rostra.accounts.actors import Actor
from rostra.board.queries import profile, stamp_in
from rostra.forums.rights import MOST_SETS, Book, grants
from rostra.kernel.latest import Latest
from rostra.kernel.statements import Statement
from rostra.permissions.capabilities import MODERATING, READING, May
from rostra.permissions.resolution import BOARD, Rights

MOST_TREES = 100  # as different readers see them, in memory: of 500 forums each takes 0.2 MB


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
    lock: str = ""  # names the forum and its password, which must be typed; another password is another lock
    locks: tuple[str, ...] = ()  # its own and those above it
    slow: tuple[int, datetime | None] = (0, None)  # slow mode of its topics: seconds, and until when
    inherits_rules: bool = True  # the house rules of the forums above hold here too
    read_only: str = ""  # why nothing can be written on the whole board
    book: Book = field(default_factory=lambda: Book([], [], []))  # what is given on this board

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
    """The whole tree, or what of it somebody may see; `hidden` are the forums that are left out."""

    roots: list[Node]
    by_id: dict[int, Node]
    book: Book
    hidden: frozenset[int] = frozenset()
    locked: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _seen: dict[frozenset[int], "Forest"] = field(default_factory=dict)
    _closed: dict[tuple[Rights, frozenset[str]], str] = field(default_factory=dict)

    def seen_by(self, actor: Actor) -> "Forest":
        """What of the tree somebody may see: forums that may be seen, below others that may be. Made once for each choice."""
        visible = self.book.rights(actor).where(May.SEE)
        if len(visible) == len(self.by_id):
            return self
        found = self._seen.get(visible)
        if found is None:
            if len(self._seen) >= MOST_TREES:
                self._seen.clear()
            found = self._seen[visible] = _pruned(self, visible)
        return found

    def locked_to(self, actor: Actor) -> frozenset[int]:
        """The forums whose password, or that of a forum above, the actor would have to type; moderators need none."""
        if not self.locked:
            return frozenset()
        at = self.book.rights(actor).at
        return frozenset(
            place
            for place, locks in self.locked.items()
            if not actor.opened.issuperset(locks) and not at[place] & MODERATING
        )


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
    password: str
    slow_seconds: int
    slow_until: datetime | None
    inherits_rules: bool


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
    """SELECT id, parent_id, kind, name, slug, description, rules, link, is_closed, password, slow_seconds, slow_until,
              inherits_rules FROM forums_forum ORDER BY place, id""",
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
NONE_CLOSED = ","
_forest: Latest[Forest] = Latest()
_counts: Latest[dict[int, Counts]] = Latest()


def forest(structure: int) -> Forest:
    """The tree as of a structure version."""
    return _forest.at(structure, lambda: _read_forest(profile(structure).read_only))


def forest_in(environ: MutableMapping[str, Any]) -> Forest:
    """The tree as of the start of a request."""
    return forest(stamp_in(environ).structure)


def visible_in(environ: MutableMapping[str, Any], actor: Actor) -> Forest:
    """What of the tree somebody may see, as of the start of a request."""
    return forest_in(environ).seen_by(actor)


def forget() -> None:
    """Drop what is remembered (another database took the place of this one: tests)."""
    _forest.forget()
    _counts.forget()


def counts(content: int) -> dict[int, Counts]:
    """Counts and last posts of every forum by id, as of a content version, without those of its sub-forums."""
    return _counts.at(content, lambda: {row.id: row for row in _COUNTS.all()})


def _read_forest(read_only: str) -> Forest:
    nodes = {row.id: _node(row, read_only) for row in _NODES.all()}
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
    moderators = [(node.id, group.id) for node in nodes.values() for group in node.moderators]
    order = [(node.id, node.parent_id or BOARD) for root in roots for node in root.walk()]
    book = Book(grants(), moderators, order)
    for node in nodes.values():
        node.book = book
    return Forest(roots, nodes, book, locked={node.id: node.locks for node in nodes.values() if node.locks})


def _node(row: _NodeRow, read_only: str) -> Node:
    return Node(
        *row[:8], is_closed=bool(row.is_closed), lock=_lock(row.id, row.password),
        slow=(row.slow_seconds, row.slow_until), inherits_rules=bool(row.inherits_rules), read_only=read_only,
    )  # fmt: skip


def _lock(forum: int, password: str) -> str:
    return f"{forum}:{sha256(password.encode()).hexdigest()[:20]}" if password else ""


def closed_to(forest: Forest, actor: Actor) -> str:
    """The forums whose topics somebody finds in no list, as statements want them: `,3,7,`; `,` alone when there are none.

    Those are the forums that may not be seen or read, those whose password was not typed, and those in which one reads
    only one's own topics.
    """
    key = forest.book.rights(actor), actor.opened  # all that it depends on
    found = forest._closed.get(key)
    if found is None:
        if len(forest._closed) >= MOST_SETS:
            forest._closed.clear()
        found = forest._closed[key] = _closed_to(forest, actor)
    return found


def _closed_to(forest: Forest, actor: Actor) -> str:
    readable = forest.book.rights(actor).where(READING) - forest.locked_to(actor)
    open_to = readable & forest.seen_by(actor).by_id.keys()
    closed = sorted(forest.by_id.keys() - open_to)
    return f",{','.join(map(str, closed))}," if closed else NONE_CLOSED


def _pruned(forest: Forest, visible: frozenset[int]) -> Forest:
    by_id: dict[int, Node] = {}

    def copied(nodes: list[Node], ancestors: tuple[Node, ...]) -> list[Node]:
        found = []
        for node in nodes:
            if node.id in visible:
                mine = by_id[node.id] = replace(node, ancestors=ancestors, children=[])
                mine.children = copied(node.children, (*ancestors, mine))
                found.append(mine)
        return found

    roots = copied(forest.roots, ())
    hidden = frozenset(forest.by_id.keys() - by_id.keys())
    return Forest(roots, by_id, forest.book, hidden, forest.locked)


def _link(node: Node, ancestors: tuple[Node, ...]) -> None:
    """Tell each node its ancestors, and whom it inherits as moderators."""
    node.ancestors = ancestors
    above = ancestors[-1].locks if ancestors else ()
    node.locks = (*above, node.lock) if node.lock else above
    inherited = ancestors[-1].moderator_ids if ancestors else frozenset()
    node.moderator_ids = inherited | {group.id for group in node.moderators}
    for child in node.children:
        _link(child, (*ancestors, node))
