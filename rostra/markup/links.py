"""No link stands in another: HTML has no such thing."""

from collections.abc import Iterable

from rostra.markup import document as doc

WITH_CHILDREN = doc.Styled | doc.Sized | doc.Tinted | doc.Hidden | doc.Link


def unlinked(inlines: Iterable[doc.Inline]) -> list[doc.Inline]:
    """Inlines whose links are only their words: what goes into a link."""
    found: list[doc.Inline] = []
    for each in inlines:
        if isinstance(each, doc.Link):
            found += unlinked(each.children)
        else:
            if isinstance(each, WITH_CHILDREN):
                each.children = unlinked(each.children)
            found.append(each)
    return found
