"""The way from the board index to a forum, made once for each node of the tree."""

from markupsafe import Markup

from rostra.forums.queries import Node
from rostra.web.fragments import Fragments

_CRUMBS = Fragments("ui/crumbs.html", most=4096)


def crumbs(node: Node) -> Markup:
    """Links to everything above a node, and to the node."""
    return _CRUMBS.piece((node), lambda: {"node": node})
