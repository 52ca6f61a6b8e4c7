"""The tree as index and forum pages show it: shape, counts and marks zipped by id."""

from collections.abc import Hashable, Set
from dataclasses import dataclass, field

from markupsafe import Markup

from rostra.forums.queries import NONE_CLOSED, Counts, Node, counts
from rostra.kernel.text import slug
from rostra.web.fragments import Fragments, joined

_CATEGORIES = Fragments("index/category.html", most=1024)
_ROWS = Fragments("ui/forum_row.html", most=4096)


@dataclass
class Branch:
    """A forum with what it shows of itself and all below it."""

    node: Node
    topics: int = 0
    posts: int = 0
    last: Counts | None = None
    is_unread: bool = False
    is_ignored: bool = False
    children: list["Branch"] = field(default_factory=list)

    @property
    def state(self) -> Hashable:
        """All that its row shows; the node is another object whenever the tree has changed."""
        below = tuple((child.is_unread, child.is_ignored) for child in self.children)
        return self.node, self.topics, self.posts, self.last, self.is_unread, self.is_ignored, below

    @property
    def last_topic_address(self) -> str:
        """Where the last post's topic is."""
        return (
            f"/t/{self.last.last_topic_id}-{slug(self.last.last_topic_title, 'topic')}/" if self.last else ""
        )


def forum_rows(found: list[Branch]) -> Markup:
    """Forums as rows of a list, each made once for each state."""
    return joined([_row(branch) for branch in found])


def categories(roots: list[Branch]) -> Markup:
    """The index's sections, each made once for each state of the forums in it."""
    return joined([_category(root) for root in roots])


def _category(root: Branch) -> Markup:
    rows = root.children if root.node.kind == "category" else [root]
    state = root.node, tuple(row.state for row in rows)
    return _CATEGORIES.piece(state, lambda: {"root": root, "rows": forum_rows(rows)})


def _row(branch: Branch) -> Markup:
    return _ROWS.piece(branch.state, lambda: {"branch": branch})


def branches(
    nodes: list[Node], content: int, closed: str, unread: Set[int], ignored: Set[int] = frozenset()
) -> list[Branch]:
    """The nodes with their counts as of a content version; `unread`: ids of the forums with something new.

    `ignored`: those that the reader ignores, with all below them. Nothing in them is shown as new. Of those that are
    `closed` to the reader no count, title or name is shown.
    """
    known = counts(content) if nodes else {}
    if closed != NONE_CLOSED:
        shut = {int(number) for number in closed.strip(",").split(",")}
        known, unread = {key: row for key, row in known.items() if key not in shut}, unread - shut
    return [_grow(node, known, unread - ignored, ignored) for node in nodes]


def _grow(node: Node, known: dict[int, Counts], unread: Set[int], ignored: Set[int]) -> Branch:
    own = known.get(node.id)
    branch = Branch(node, own.topic_count if own else 0, own.post_count if own else 0)
    branch.is_unread, branch.is_ignored = node.id in unread, node.id in ignored
    if own is not None and own.last_post_at is not None:
        branch.last = own
    branch.children = [_grow(child, known, unread, ignored) for child in node.children]
    for child in branch.children:
        branch.topics += child.topics
        branch.posts += child.posts
        branch.is_unread |= child.is_unread
        branch.last = max((branch.last, child.last), key=_age)
    return branch


def _age(last: Counts | None) -> float:
    return last.last_post_at.timestamp() if last and last.last_post_at else float("-inf")
