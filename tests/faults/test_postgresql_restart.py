"""PostgreSQL restarted in the middle: a cluster of the test's own, since the one at hand is others' too."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.telegram.crowd import bot_id
from tests.faults.fleet import fleet, now, until_all_go_on, until_sent


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return found[-1].parent if found else None


class Cluster:
    """initdb and pg_ctl, as the user postgres where we are root."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder, self._programs = folder, programs
        runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or "runuser"
        self._as = [runuser, "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), "-D", str(self._folder), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def create(self) -> None:
        if self._as:
            shutil.chown(self._folder, "postgres", "postgres")
        self.run("initdb", "-A", "trust", "-U", "postgres", "--no-sync")
        with (self._folder / "postgresql.conf").open("a") as conf:
            conf.write(f"port={self.port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories=''\n")

    def start(self) -> None:
        self.run("pg_ctl", "-w", "-l", str(self._folder / "log"), "start")

    def stop(self, mode: str) -> None:
        self.run("pg_ctl", "-w", "-m", mode, "stop")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """In a folder of its own right under the system's: another user cannot reach into pytest's."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's own programs are not installed (/usr/lib/postgresql/*/bin/pg_ctl)")
    with tempfile.TemporaryDirectory(prefix="kawalis-cluster-") as name:
        made = Cluster(Path(name), programs)
        made.create()
        made.start()
        yield made
        made.stop("immediate")


async def test_postgresql_restarted_in_the_middle(cluster: Cluster, tmp_path: Path) -> None:
    """The database dies and comes back while a broadcast goes out: the process stays, every chat gets it, and what
    is double was in flight.
    """
    url = f"postgresql://postgres@127.0.0.1:{cluster.port}/postgres"
    async with fleet(url, tmp_path, 2) as (ships, crowd):
        await ships.seed(200)
        await ships.start("a")
        await until_sent(crowd, 60)
        cluster.stop("immediate")
        cluster.start()
        await until_all_go_on(crowd, now(), [bot_id(0), bot_id(1)])
        assert ships.processes["a"].returncode is None
        assert await ships.settled() == {"sent": 400}
        assert len(crowd.sent) == 400
        assert crowd.doubled <= 60
