"""How fast sources are polled, against `reader` (PyPI) and bare aiohttp on the same machine in the same run.

`python -m bench.collecting [--sources 2000] [--many 10000]`

- fresh: every feed has 30 new entries (35 KB), storage included; 304: nothing has changed
- memory: the most that one round of 10,000 unchanged sources needs
- loop: the longest that the event loop stood still while feeds were parsed
- processor time: what a fresh feed costs each thread and process that takes part, and what it costs reader
"""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.side_environment import side_environment

READER = ("reader==3.26", "sgmllib3k==1.0.0")  # the feedparser inside reader wants the second
HOSTS = 100
ROOT = Path(__file__).parents[1]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--sources", type=int, default=2000)
    arguments.add_argument("--many", type=int, default=10_000)
    arguments.add_argument("--without-reader", action="store_true")
    given = arguments.parse_args()
    with server() as port:
        ours = part("ours", port, given.sources)
        theirs = {} if given.without_reader else part("reader", port, given.sources)
        bare = part("bare", port, given.sources)
        many = part("many", port, given.many)
    return table(ours, theirs, bare, many, given)


def table(
    ours: dict[str, float],
    theirs: dict[str, float],
    bare: dict[str, float],
    many: dict[str, float],
    given: argparse.Namespace,
) -> int:
    print(f"\n{given.sources} sources on {HOSTS} loopback hosts, 30 entries and 35 KB each; sources a second")
    print(f"{'':28}{'fresh':>10}{'304':>10}")
    rows = [
        ("ours (fetch, parse, store)", ours),
        ("reader 3.26", theirs),
        ("bare aiohttp (fetch only)", bare),
    ]
    for name, found in rows:
        if found:
            print(f"{name:28}{found['fresh']:10.0f}{found['unchanged']:10.0f}")
    good = True
    if theirs:
        fresh, unchanged = ours["fresh"] / theirs["fresh"], ours["unchanged"] / theirs["unchanged"]
        good = fresh >= 10 and unchanged >= 3
        print(f"{'ours / reader':28}{fresh:9.1f}x{unchanged:9.1f}x   (wanted: 10x, 3x)")
    costs = {
        "event loop": "loop",
        "other threads of its process": "threads",
        "processes that parse": "parsing",
    }
    for who, name in costs.items():
        print(f"processor time of a fresh feed, ms: {who:30}{ours[name]:6.2f}")
    together = sum(ours[name] for name in costs.values())
    print(f"processor time of a fresh feed, ms: {'together':30}{together:6.2f}")
    if theirs:
        print(f"processor time of a fresh feed, ms: {'reader':30}{theirs['processor']:6.2f}")
    busy = together * ours["fresh"] / 10 / len(os.sched_getaffinity(0))
    print(f"share of all cores that these take in a fresh round: {busy:.0f}%")
    print(
        f"longest standstill of the loop while parsing: {ours['standstill'] * 1000:.0f} ms (wanted: < 50), "
        f"of which its own work {ours['busiest'] * 1000:.0f} ms"
    )
    print(
        f"most memory in a round of {given.many} unchanged sources: {many['memory']:.0f} MB (wanted: < 300)"
    )
    good = good and ours["standstill"] < 0.05 and many["memory"] < 300
    print("all as wanted" if good else "NOT all as wanted")
    return 0 if good else 1


@contextlib.contextmanager
def server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.polling.server", str(port), str(HOSTS), "2000"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield port
    finally:
        process.terminate()
        process.wait()


def part(name: str, port: int, sources: int) -> dict[str, float]:
    """One measurement in a process of its own, so that none warms or burdens the next."""
    python = str(side_environment("bench-reader", READER)) if name == "reader" else sys.executable
    done = subprocess.run(
        [python, "-m", "bench.polling.parts", name, str(port), str(sources)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    print(name, found, file=sys.stderr)
    return found


if __name__ == "__main__":
    sys.exit(main())
