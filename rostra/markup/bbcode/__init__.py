"""BBCode, as phpBB 3.3 and its kin write it, to a document."""

from rostra.markup.bbcode.reading import read_bbcode

__all__ = ["read_bbcode"]
