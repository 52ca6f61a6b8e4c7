"""`bench profile`: where the time of one page goes."""

import argparse
import cProfile
import os
import pstats
import sys
import time

from bench.calls import Caller
from bench.places import ROOT, Failure, Place, noted

WARM_UP, CALLS = 20, 200


def show(options: argparse.Namespace) -> int:
    """Profile a page in this process and print its functions, the costliest first."""
    if not options.data.is_dir():
        raise Failure(f"{options.data}: there is no such directory")
    known = noted(options.data)
    place = known[0] if known else Place(options.data.resolve())
    os.environ.clear()
    os.environ.update(place.environment())
    os.chdir(ROOT)
    import django

    django.setup()
    from bench.visits import session_cookie, topic_address

    address = options.path or topic_address()
    cookie = session_cookie() if options.viewer == "member" else ""
    _profile(Caller(), address, cookie, options)
    return 0


def _profile(caller: Caller, address: str, cookie: str, options: argparse.Namespace) -> None:
    for _ in range(WARM_UP):
        status, size = caller.get(address, cookie)
    begin = time.process_time()
    for _ in range(CALLS):
        caller.get(address, cookie)
    cpu = 1000 * (time.process_time() - begin) / CALLS
    print(f"{address}: {status}, {size:,} bytes, {cpu:.3f} ms of CPU a call without the profiler\n")
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(CALLS):
        caller.get(address, cookie)
    profiler.disable()
    found = pstats.Stats(profiler, stream=sys.stdout).strip_dirs().sort_stats(options.sort)
    found.print_stats(options.lines)
