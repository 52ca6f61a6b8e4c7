"""What the page server calls: kept pages, the assets and the reading lane, all in front of Django."""

from rostra.web.front.application import front
from rostra.web.front.kept import Entry, Pages
from rostra.web.front.watch import StampWatch

__all__ = ["Entry", "Pages", "StampWatch", "front"]
