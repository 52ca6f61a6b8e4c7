"""Finding many pieces in a text in one walk over it, however many they are: the automaton of Aho and Corasick (1975)."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class _Node:
    __slots__ = ("back", "keys", "steps")

    def __init__(self) -> None:
        self.steps: dict[str, _Node] = {}
        self.back: _Node = self
        self.keys: tuple[str, ...] = ()


class Met(NamedTuple):
    """A piece that was found, and where it begins."""

    key: str
    start: int


class Automaton:
    """Pieces of text, ready to be looked for."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._root = _Node()
        for key in keys:
            self._add(key)
        self._link()

    def _add(self, key: str) -> None:
        node = self._root
        for sign in key:
            node = node.steps.setdefault(sign, _Node())
        if key not in node.keys:
            node.keys = (key, *node.keys)

    def _link(self) -> None:
        """Have every node know where to go on when the next sign fits none of its steps."""
        waiting = deque((child, self._root) for child in self._root.steps.values())
        while waiting:
            node, back = waiting.popleft()
            node.back = back
            node.keys += back.keys
            for sign, child in node.steps.items():
                other = back
                while sign not in other.steps and other is not self._root:
                    other = other.back
                waiting.append((child, other.steps.get(sign, self._root)))

    def met_in(self, text: str) -> Iterator[Met]:
        """Every place where a piece stands in a text, in the order of their ends."""
        root = node = self._root
        for place, sign in enumerate(text):
            following = node.steps.get(sign)
            while following is None and node is not root:
                node = node.back
                following = node.steps.get(sign)
            node = following or root
            if node.keys:
                for key in node.keys:
                    yield Met(key, place + 1 - len(key))
