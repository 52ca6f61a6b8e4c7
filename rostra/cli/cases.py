"""`rostra export-cases`: the decisions of moderators, for authorities."""

import argparse
import sys

from rostra.cli.database import prepare
from rostra.moderation.exporting import FAR_AWAY, LONG_AGO, WRITERS, Asked, day_after


def export_cases(options: argparse.Namespace) -> int:
    """Write cases to the standard output, one after the other."""
    prepare()
    until = day_after(options.until) if options.until else FAR_AWAY
    since = options.since or LONG_AGO
    for piece in WRITERS[options.format](Asked(since, until, has_names=options.names)):
        sys.stdout.write(piece)
    return 0
