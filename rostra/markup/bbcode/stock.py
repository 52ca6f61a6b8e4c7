"""The names of the tags that every board has."""

from rostra.markup.bbcode.frames import BLOCKS
from rostra.markup.bbcode.tags import FORMATS, VALUES

RAW = ("code", "noparse")  # what stands in them is not read
LINKS = ("url", "email")
STOCK = frozenset((*FORMATS, *BLOCKS, *VALUES, *RAW, *LINKS, "hr"))
