"""Every post of a real phpBB board, when it lies beside the checkout: our reading of its BBCode against phpBB's own."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from rostra.markup import document as doc
from rostra.markup import read
from rostra.markup.words import words_of
from tests.html5 import elements

BOARD = Path(__file__).parents[2] / "shared" / "data" / "phpbb-a" / "expected.json.gz"
NO_BOARD = pytest.mark.skipif(not BOARD.exists(), reason="the phpBB board is not beside the checkout")
OLD = "stored by phpBB 3.0, which left unclosed tags, names without quotation marks and relative addresses as text"
OWN = "tags that this board does not have, and tags that only this board has"
ODD = "phpBB shows a stretch twice, or takes one away, where tags are closed in an order that nobody types"
NOWHERE = "phpBB links within the board what is no address; we do not"
SWITCHED = "links or tags were switched off for this post alone, which is not read here"
CENSORED = "phpBB censors addresses too"
FLASH = "phpBB plays Flash, we link it"
# Posts whose plain text is another, and why.
TEXTS = {
    2744: FLASH, 2745: OWN, 2746: OWN, 2771: ODD, 2785: ODD, 2811: ODD,
    2823: OLD, 2828: OLD, 2829: OLD, 2830: OLD, 2831: OLD, 2835: OLD, 2844: OLD, 2845: OLD,
}  # fmt: skip
_HERE, _SHORT = (
    "http://127.0.0.1:8410/",
    "http://h/",
)  # its own host, which phpBB leaves away when it shows an address
# Posts made of other things, and why.
STRUCTURES = {
    2733: NOWHERE, 2736: SWITCHED, 2737: SWITCHED, 2744: FLASH, 2745: OWN, 2757: CENSORED, 2770: NOWHERE,
    2774: ODD, 2781: NOWHERE, 2785: ODD, 2787: NOWHERE, 2790: NOWHERE, 2791: ODD, 2802: NOWHERE, 2804: NOWHERE,
    2805: NOWHERE, 2811: NOWHERE, 2816: ODD, 2828: OLD, 2829: OLD, 2830: OLD, 2831: OLD, 2835: OLD, 2841: OLD,
    2844: OLD, 2846: OLD,
}  # fmt: skip
# What is phpBB's interface, not the post: heads of code, and boxes around attachments.
_INTERFACE = re.compile(
    r'<p>Code: <a href="#" onclick="[^"]*">Select all</a></p>'
    r'|<div class="inline-attachment">.*?</div>(?=\s*(?:<br>|[^<]|<(?!/?d[ltd])|$))'
    r'|<dl class="(?:file|thumbnail)">.*?</dl>',
    re.DOTALL,
)
_ATTACHMENT = re.compile(r"\[attachment=\d+\].*?\[/attachment\]", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SMILEY = re.compile(r'<img [^>]*class="(?:emoji )?smilies"[^>]*>')
_ALTERNATIVE = re.compile(r'alt="([^"]*)"')
_CENSORED = [
    (re.compile(r"\bfrell\w*", re.I), "f***"),
    (re.compile(r"\bsmeg\b", re.I), "smurf"),
    (re.compile(r"\w*foobar\w*", re.I), "[removed]"),
    (re.compile(r"\bbelgium\b", re.I), 'Belgium & "co"'),
]


@cache
def posts() -> list[dict[str, Any]]:
    """The board's posts."""
    found: list[dict[str, Any]] = json.loads(gzip.decompress(BOARD.read_bytes()))["posts"]
    return found


def document(post: dict[str, Any]) -> doc.Document:
    """A post as we read it, the tags of its attachments left away."""
    if not post.get("enable_bbcode", True):
        return doc.Document([doc.Paragraph([doc.Words(post["bbcode"])])])
    source = _ATTACHMENT.sub("", post["bbcode"]).replace(_HERE, _SHORT)
    return read(source if "[spoiler=" in source else source.replace("spoiler]", "veil]"), "bbcode")


def words(post: dict[str, Any]) -> str:
    """Our plain text of a post, its words censored as this board does it."""
    return packed(censored(words_of(document(post))).replace(_SHORT, ""))


def censored(text: str) -> str:
    """A text as this board shows it."""
    for pattern, instead in _CENSORED:
        text = pattern.sub(instead, text)
    return text


def packed(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s+", "", text)


def plain(post: dict[str, Any]) -> str:
    """phpBB's plain text of a post: its HTML without tags, and without its interface."""
    html = _SMILEY.sub(
        lambda found: "".join(_ALTERNATIVE.findall(found[0])), _INTERFACE.sub("", post["html"])
    )
    if "[spoiler=" not in post["bbcode"]:  # without a title it is no tag here
        html = html.replace("spoiler]", "veil]")
    return packed(unescape(_TAG.sub("", html)))


@NO_BOARD
def test_the_words_are_phpbbs_own_but_for_posts_with_a_reason() -> None:
    different = {post["post_id"] for post in posts() if words(post) != plain(post)}
    assert different == set(TEXTS)
    assert len(different) <= 0.005 * len(posts())


class Structure(NamedTuple):
    """What a post is made of, apart from its words."""

    quotes: list[int]
    items: int
    links: list[str]
    codes: list[str]
    images: list[str]


def ours(document: doc.Document) -> Structure:
    """The structure of a document."""
    found = Structure([], 0, [], [], [])
    items = _blocks(document.blocks, found, 1)
    return found._replace(items=items)


def _blocks(blocks: Iterable[doc.Block], found: Structure, depth: int) -> int:
    items = 0
    for block in blocks:
        if isinstance(block, doc.Quote):
            found.quotes.append(depth)
            items += _blocks(block.children, found, depth + 1)
        elif isinstance(block, doc.List):
            items += len(block.items) + sum(_blocks(item.children, found, depth) for item in block.items)
        elif isinstance(block, doc.Aligned | doc.Spoiler):
            items += _blocks(block.children, found, depth)
        elif isinstance(block, doc.CodeBlock):
            found.codes.append(packed(censored(block.text)))
        elif isinstance(block, doc.Paragraph):
            _inlines(block.children, found)
    return items


def _inlines(inlines: Iterable[doc.Inline], found: Structure) -> None:
    for inline in inlines:
        if isinstance(inline, doc.Link):
            found.links.append(address(inline.target))
        elif isinstance(inline, doc.Image):
            found.images.append(address(inline.source))
        if isinstance(inline, doc.Link | doc.Styled | doc.Sized | doc.Tinted):
            _inlines(inline.children, found)


def theirs(html: str) -> Structure:
    """The structure of phpBB's HTML, the heads of quotations left away."""
    found = Structure([], 0, [], [], [])
    items = 0
    for node in elements(re.sub(r"<cite>.*?</cite>", "", _SMILEY.sub("", _INTERFACE.sub("", html)))):
        if node.tag == "blockquote":
            found.quotes.append(sum(1 for _ in _around(node, "blockquote")))
        elif node.tag == "li":
            items += 1
        elif node.tag == "a" and (
            node.text(strip=True) or node.css_first("img")
        ):  # an empty link is not seen
            found.links.append(address(node.attributes["href"] or ""))
        elif node.tag == "code":
            found.codes.append(packed(node.text()))
        elif node.tag == "img":
            found.images.append(address(node.attributes["src"] or ""))
    return found._replace(items=items)


def _around(node: Any, tag: str) -> Iterator[Any]:
    while node is not None:
        if node.tag == tag:
            yield node
        node = node.parent


def address(text: str) -> str:
    """An address however it is escaped, with the scheme that we add to `www.`."""
    text = re.sub(r"^\w+://[^/?#]*", lambda found: found[0].lower(), unquote(text.replace(_HERE, _SHORT)))
    host = re.match(r"https?://([^/?#]*)", text)
    if host and "xn--" in host[1]:
        text = text.replace(host[1], host[1].encode().decode("idna"))
    return packed(f"http://{text}" if text.startswith("www.") else text).rstrip("/")


@NO_BOARD
def test_quotations_lists_links_code_and_pictures_are_phpbbs_own() -> None:
    different = {post["post_id"] for post in posts() if ours(document(post)) != theirs(post["html"])}
    assert different == set(STRUCTURES)
    assert len(different) <= 0.01 * len(posts())
