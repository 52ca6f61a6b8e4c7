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
    found = Facts([], [], [], [], [], [], 0)
    code_blocks = _collect(document.blocks, found, is_own=True)
    hosts = dict.fromkeys(filter(None, map(host, found.own_links)))
    mentions = dict.fromkeys(found.mentions)
    unnamed = (
        sum(
            isinstance(inline, doc.Image) and not inline.alternative.strip()
            for block in document.blocks
            if not isinstance(block, doc.Quote)
            for each in doc.walk([block])
            for inline in doc.inlines_of(each)
        )
        if found.images
        else 0
    )
    return found._replace(
        hosts=list(hosts), mentions=list(mentions), code_blocks=code_blocks, unnamed_images=unnamed
    )


def _collect(blocks: list[doc.Block], found: Facts, *, is_own: bool) -> int:
    code_blocks = 0
    for block in blocks:
        code_blocks += isinstance(block, doc.CodeBlock)
        _look_at(block, found, is_own=is_own)
        if isinstance(block, doc.Quote):
            if block.author or block.post is not None:
                found.quoted.append(QuotedPost(block.post, block.author))
            code_blocks += _collect(block.children, found, is_own=False)
        elif isinstance(block, doc.Spoiler | doc.Aligned):
            code_blocks += _collect(block.children, found, is_own=is_own)
        elif isinstance(block, doc.List | doc.Notes):
            code_blocks += sum(_collect(item.children, found, is_own=is_own) for item in block.items)
    return code_blocks


def _look_at(block: doc.Block, found: Facts, *, is_own: bool) -> None:
    for inline in doc.inlines_of(block):
        if isinstance(inline, doc.Link):
            found.links.append(inline.target)
            if is_own:
                found.own_links.append(inline.target)
        elif isinstance(inline, doc.Image):
            found.images.append(inline.source)
        elif isinstance(inline, doc.Mention) and is_own:
            found.mentions.append(inline.member)
