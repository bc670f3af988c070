"""`make faults`: the long set. Prints the fault table: kills, lost, doubled, recovery time, on both databases."""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.fleet import OLD_SQLITE, fresh_postgresql
from tests.faults.kills import Outcome, random_kills


def line(name: str, outcome: Outcome, seconds: float) -> str:
    times = outcome.recoveries or [float("nan")]
    return (
        f"{name:34}{outcome.kills:6}{outcome.deliveries:11}{outcome.lost:6}{outcome.doubled:9}{outcome.held:6}"
        f"{statistics.median(times):10.1f}{max(times):8.1f}{outcome.busiest:9}{outcome.refused:6}{seconds:8.0f}"
    )


async def run(given: argparse.Namespace) -> int:
    print(f"{'':34}{'kills':>6}{'deliveries':>11}{'lost':>6}{'doubled':>9}{'held':>6}{'recovery':>10}{'worst':>8}"
          f"{'busiest':>9}{'429':>6}{'took':>8}", flush=True)  # fmt: skip
    good = True
    for name, policy, database, before in (
        ("SQLite (WAL), one process", "resend", "sqlite", "import sys; "),
        ("SQLite (WAL), one process, hold", "hold", "sqlite", "import sys; "),
        ("SQLite (old, DELETE), one process", "resend", "sqlite", OLD_SQLITE),
        ("PostgreSQL, two workers", "resend", "postgresql", "import sys; "),
        ("PostgreSQL, two workers, hold", "hold", "postgresql", "import sys; "),
    ):
        if given.only and given.only not in name:
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="kawalis-faults-") as folder, fresh_postgresql() as server:
            postgresql = database == "postgresql"
            outcome = await random_kills(
                server if postgresql else f"sqlite:///{folder}/k.db", Path(folder), bots=given.bots,
                chats=given.deliveries // given.bots, kills=given.kills, policy=policy, seed=given.seed,
                names=("a", "b") if postgresql else ("a",), before=before,
            )  # fmt: skip
        print(line(name, outcome, time.monotonic() - began), flush=True)
        bound = outcome.kills * 60 if policy == "resend" else 0
        good = good and outcome.lost == 0 and outcome.doubled <= bound and outcome.busiest <= 30
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
