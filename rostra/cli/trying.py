"""`rostra try-rule`: what a rule would have caught among the posts of the board."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from rostra.board.queries import profile, stamp
from rostra.cli import Failure
from rostra.cli.database import prepare
from rostra.cli.progress import Progress
from rostra.forums.queries import forest
from rostra.houserules.definitions import check_of
from rostra.houserules.exchange import read
from rostra.houserules.presets import PRESETS, preset
from rostra.houserules.replay import Past, Replayed, replay
from rostra.houserules.rules import Rule
from rostra.kernel.refusals import Invalid
from rostra.topics.past import past_posts


def try_rule(options: argparse.Namespace) -> int:
    """Judge the last posts by each rule of a file, or by a preset, and print what it would have caught."""
    prepare()
    structure = stamp().structure
    tree, language = forest(structure), profile(structure).language
    if options.forum is not None and options.forum not in tree.by_id:
        raise Failure(
            f"there is no forum {options.forum}; its number stands in its address, as in /f/{options.forum}-name/"
        )
    for rule in _rules(options.rule):
        if rule.check is None:
            sys.stdout.write(f"{rule.text}\n  has no check: it is for people\n")
            continue
        with Progress(f"rule {rule.number}") as progress:
            posts = _shown(past_posts(tree, language, options.forum), options.posts, progress)
            told = replay(rule, posts, options.posts)
        tell(rule, told, sys.stdout)
    return 0


def tell(rule: Rule, told: Replayed, out: TextIO) -> None:
    """Write what came of a rule."""
    out.write(
        f"{rule.text}\n  {told.posts:,} posts, {told.looked_at:,} within its scope; it would have caught {told.caught:,} ({told.share:.1%})\n"
    )
    effects = ", ".join(f"{effect}: {number:,}" for effect, number in sorted(told.effects.items()))
    if effects:
        out.write(f"  {effects}\n")
    out.write(f"  removed: {told.removed:,} of the posts, {told.agreed:,} of them caught{_agreement(told)}\n")
    if told.fault:
        out.write(f"  it failed or was slow {told.faults:,} times, first: {told.fault}\n")
    for sample in told.samples:
        removed = " (removed)" if sample.was_removed else ""
        out.write(f"  /p/{sample.post}{removed}  {sample.finding.effect}: {sample.finding.say}\n")


def _agreement(told: Replayed) -> str:
    precision = "" if told.precision is None else f"; of what it caught {told.precision:.1%} was removed"
    return precision + ("" if told.recall is None else f", of what was removed it caught {told.recall:.1%}")


def _rules(name: str) -> list[Rule]:
    if name in PRESETS:
        return [preset(name)]
    path = Path(name)
    if not path.is_file():
        raise Failure(
            f"{name}: there is neither such a file nor such a preset; presets are {', '.join(PRESETS)}"
        )
    try:
        carried = read(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise Failure(f"{path}: the file is not UTF-8; save it as UTF-8") from None
    except Invalid as fault:
        raise Failure(f"{path}: {fault}") from None
    return [
        Rule(number, number, 1, each.text, check_of(each.check) if each.check else None)
        for number, each in enumerate(carried, 1)
    ]


def _shown(posts: Iterator[Past], most: int, progress: Progress) -> Iterator[Past]:
    for number, past in enumerate(posts, 1):
        progress.show(number, most, number)
        yield past
