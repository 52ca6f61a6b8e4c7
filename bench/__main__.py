"""The bench's command line: `pages`, `board`, `paint`, `profile`, `markup`, `rules`, `moves`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from bench import boards, markups, moves, pages, paint, profiles, rules
from bench.places import SHARED, Failure

DESCRIPTION = "Measures pages, markup and house rules. Exit status: 0 every budget met, 1 one was not, 2 it could not be measured."


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(prog="bench", description=DESCRIPTION)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    shape = argparse.ArgumentDefaultsHelpFormatter

    words = (
        "Load index, forum and topic page of a served board in turn with the ceiling, and print the ratios."
    )
    one = commands.add_parser("pages", help=words, description=words, formatter_class=shape)
    one.add_argument("--threads", type=Path, default=SHARED / "data" / "threads.jsonl.gz", metavar="PATH")
    one.add_argument("--compare", type=Path, default=SHARED / "bench" / "compare.py", metavar="PATH")
    one.add_argument("--data", type=Path, metavar="DIR", help="keep the board here, or use the one that is")
    one.add_argument("--seconds", type=int, default=5, help="of load, a page, viewer and round")
    one.add_argument("--rounds", type=int, default=3)

    words = "Make a board of N posts and measure the CPU time of its pages; with two boards, compare them."
    two = commands.add_parser("board", help=words, description=words, formatter_class=shape)
    two.add_argument("--posts", required=True, metavar="N[,M]", help="one size, or several to compare")
    two.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="keep the board here, several each in DIR/N, or use those that are",
    )
    two.add_argument("--database-url", default="", metavar="URL[,URL]", help="PostgreSQL, one for each size")
    two.add_argument("--compare-with", type=Path, metavar="DIR", help="folder of a smaller board made before")
    two.add_argument("--only-make", action="store_true", help="make the boards and measure nothing")
    two.add_argument("--calls", type=int, default=300, help="of each page, a round")
    two.add_argument("--rounds", type=int, default=3, help="boards take turns this often; medians are shown")

    _single_pages(commands, shape)
    return top


def _single_pages(commands: Any, shape: Any) -> None:
    """The commands that look at one page of one board."""
    words = "What Chromium says of a topic page on a slow processor, against the bare page."
    four = commands.add_parser("paint", help=words, description=words, formatter_class=shape)
    four.add_argument("--data", type=Path, required=True, metavar="DIR")
    four.add_argument("--rounds", type=int, default=5)

    words = "CPU time of rendering real posts, and of texts made to take long."
    five = commands.add_parser("markup", help=words, description=words, formatter_class=shape)
    five.add_argument("--threads", type=Path, default=SHARED / "data" / "threads.jsonl.gz", metavar="PATH")
    hostile = SHARED / "data" / "adversarial" / "pathological-markup.tar.gz"
    five.add_argument("--pathological", type=Path, default=hostile, metavar="PATH")
    five.add_argument("--posts", type=int, default=2000, help="how many posts, evenly taken from all")
    five.add_argument(
        "--seed", type=int, default=1, help="of the texts put together by chance: another one, other texts"
    )
    five.add_argument("--length", type=int, default=100_000, help="of the texts made to take long, at most")

    words = "CPU time of house rules on real posts, and how often English-only is right."
    six = commands.add_parser("rules", help=words, description=words, formatter_class=shape)
    six.add_argument("--threads", type=Path, default=SHARED / "data" / "threads.jsonl.gz", metavar="PATH")
    sentences = SHARED / "data" / "multilingual" / "sentences.jsonl.gz"
    six.add_argument("--sentences", type=Path, default=sentences, metavar="PATH")
    six.add_argument("--posts", type=int, default=2000, help="how many posts, evenly taken from all")
    six.add_argument("--replayed", type=int, default=19_000, help="posts of the replay")
    six.add_argument("--random", type=int, default=10_000, help="random conditions and drafts")

    words = "Seconds for splitting, moving and merging long topics, and whether all that follows is right."
    seven = commands.add_parser("moves", help=words, description=words, formatter_class=shape)
    seven.add_argument("--posts", type=int, default=10_000, help="of each of two topics")
    seven.add_argument("--readers", type=int, default=900, help="who have read parts of them")
    seven.add_argument("--database-url", default="", metavar="URL", help="PostgreSQL, an empty database")

    words = "Where the time of a page goes, by cProfile, in a directory's board."
    three = commands.add_parser("profile", help=words, description=words, formatter_class=shape)
    three.add_argument("--data", type=Path, required=True, metavar="DIR")
    three.add_argument("--path", default="", help="address of the page; without it a topic of 20 posts")
    three.add_argument("--viewer", choices=["guest", "member"], default="guest")
    three.add_argument("--sort", choices=["tottime", "cumulative"], default="tottime")
    three.add_argument("--lines", type=int, default=30)


def main() -> int:
    """Run a command; what is known to go wrong becomes one line."""
    options = parser().parse_args()
    try:
        commands = {
            "pages": pages.measure, "board": boards.measure, "paint": paint.measure, "profile": profiles.show,
            "markup": markups.measure, "rules": rules.measure, "moves": moves.measure,
        }  # fmt: skip
        return commands[options.command](options)
    except Failure as failure:
        sys.stderr.write(f"bench: {failure}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("bench: stopped\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
