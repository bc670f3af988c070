"""`make faults`: the long set. Prints the fault table, on both databases, as it stands in `docs/reliability.md`."""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.fleet import OLD_SQLITE, fresh_postgresql
from tests.faults.kills import Outcome, random_kills

COLUMNS = (
    "",
    "kills",
    "deliveries",
    "lost",
    "doubled",
    "held",
    "429",
    "busiest",
    "recovery: median, worst",
    "took",
)
ROOM = 400  # what each bot has still to send at a kill: more than goes out until it is recovered from


def row(name: str, outcome: Outcome, seconds: float) -> str:
    times = outcome.recoveries or [float("nan")]
    cells = (
        name, outcome.kills, outcome.deliveries, outcome.lost, outcome.doubled, outcome.held, outcome.refused,
        outcome.busiest, f"{statistics.median(times):.1f} s, {max(times):.1f} s", f"{seconds:.0f} s",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def tell(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


async def run(given: argparse.Namespace) -> int:
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}", flush=True)
    good = True
    for name, policy, database, before in (
        ("SQLite (WAL), one process", "resend", "sqlite", "import sys; "),
        ("SQLite (WAL), one process, `hold`", "hold", "sqlite", "import sys; "),
        ("SQLite (old: DELETE), one process", "resend", "sqlite", OLD_SQLITE),
        ("PostgreSQL, two workers", "resend", "postgresql", "import sys; "),
        ("PostgreSQL, two workers, `hold`", "hold", "postgresql", "import sys; "),
    ):
        if given.only and given.only not in name:
            continue
        began = time.monotonic()
        tell(f"{name} …")
        with tempfile.TemporaryDirectory(prefix="kawalis-faults-") as folder, fresh_postgresql() as server:
            postgresql = database == "postgresql"
            outcome = await random_kills(
                server if postgresql else f"sqlite:///{folder}/k.db", Path(folder), bots=given.bots,
                chats=given.deliveries // given.bots, kills=given.kills, policy=policy, seed=given.seed,
                names=("a", "b") if postgresql else ("a",), before=before, room=ROOM, tell=tell,
            )  # fmt: skip
        print(row(name, outcome, time.monotonic() - began), flush=True)
        bound = outcome.kills * 60 if policy == "resend" else 0
        good = good and outcome.lost == 0 and outcome.doubled <= bound and outcome.busiest <= 30
        good = good and outcome.refused == 0
    print("all as promised" if good else "NOT as promised")
    return 0 if good else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--deliveries", type=int, default=3000)
    parser.add_argument("--bots", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="")
    sys.exit(asyncio.run(run(parser.parse_args())))
