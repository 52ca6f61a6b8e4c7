"""What can be counted of a document: whom it quotes, where it links, what it shows. House rules and search ask for it."""

from typing import NamedTuple

from rostra.markup import document as doc
from rostra.markup.targets import Target, host


class QuotedPost(NamedTuple):
    """A post that is quoted, and whose words it is said to be; either may be missing."""

    post: int | None
    author: str


class Facts(NamedTuple):
    """Each list in the order of the text. `own_links` and `mentions` (ids of members, each once) stand outside quotations; `hosts` are those of own links, each once; `unnamed_images` are one's own pictures without words for those who do not see them."""

    quoted: list[QuotedPost]
    links: list[Target]
    own_links: list[Target]
    hosts: list[str]
    images: list[Target]
    mentions: list[int]
    code_blocks: int
    unnamed_images: int = 0


def facts_of(document: doc.Document) -> Facts:
    """The facts of a document."""
    found = _Finder()
    found.look_through(document.blocks, is_own=True)
    hosts = dict.fromkeys(filter(None, map(host, found.own_links)))
    return Facts(
        found.quoted, found.links, found.own_links, list(hosts), found.images, list(dict.fromkeys(found.mentions)),
        found.code_blocks, found.unnamed_images,
    )  # fmt: skip


class _Finder:
    """Goes through blocks and notes what it meets."""

    def __init__(self) -> None:
        self.quoted: list[QuotedPost] = []
        self.links: list[Target] = []
        self.own_links: list[Target] = []
        self.images: list[Target] = []
        self.mentions: list[int] = []
        self.code_blocks = self.unnamed_images = 0

    def look_through(self, blocks: list[doc.Block], *, is_own: bool) -> None:
        """`is_own`: they stand outside quotations."""
        for block in blocks:
            self.code_blocks += isinstance(block, doc.CodeBlock)
            for inline in doc.inlines_of(block):
                self._note(inline, is_own=is_own)
            if isinstance(block, doc.Quote):
                if block.author or block.post is not None:
                    self.quoted.append(QuotedPost(block.post, block.author))
                self.look_through(block.children, is_own=False)
            elif isinstance(block, doc.Spoiler | doc.Aligned):
                self.look_through(block.children, is_own=is_own)
            elif isinstance(block, doc.List | doc.Notes):
                for item in block.items:
                    self.look_through(item.children, is_own=is_own)

    def _note(self, inline: doc.Inline, *, is_own: bool) -> None:
        if isinstance(inline, doc.Link):
            self.links.append(inline.target)
            if is_own:
                self.own_links.append(inline.target)
        elif isinstance(inline, doc.Image):
            self.images.append(inline.source)
            self.unnamed_images += is_own and not inline.alternative.strip()
        elif isinstance(inline, doc.Mention) and is_own:
            self.mentions.append(inline.member)
