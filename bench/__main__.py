"""Every benchmark in turn: `python -m bench [NAME …] [--data FOLDER]`; the names are the modules of this folder.

Each runs as a process of its own, so that none warms a cache or holds memory for the next.
"""

import argparse
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NEEDS_DATA = frozenset({"summaries"})


def names() -> list[str]:
    """The benchmarks. A module with an underscore (`collecting_server`) is a part of one."""
    return sorted(file.stem for file in FOLDER.glob("*.py") if "_" not in file.stem)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", choices=[*names(), []], metavar="NAME", help=", ".join(names()))
    parser.add_argument(
        "--data", help="the folder with the evaluation data; without it, what needs it is left"
    )
    given = parser.parse_args()
    failed = []
    for name in given.names or names():
        if name in NEEDS_DATA and not given.data:
            print(f"== {name}: left out, it needs --data FOLDER", flush=True)
            continue
        print(f"== {name}", flush=True)
        data = [given.data] if name in NEEDS_DATA else []
        if subprocess.run([sys.executable, "-m", f"bench.{name}", *data], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
