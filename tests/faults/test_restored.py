"""A backup put back as the live database: what was in flight when it was made, and what was sent since."""

from pathlib import Path

from storage.backup import backup
from storage.database import Database
from tests.faults.fleet import fleet, until_sent

ALL = 240


def put_back(copy: Path, live: Path) -> None:
    """As `docs/how-to-operate.md` says it."""
    for file in live.parent.glob(f"{live.name}*"):
        file.unlink()
    copy.rename(live)


async def test_a_restored_backup_sends_nothing_before_the_operator_says_so(tmp_path: Path) -> None:
    """A backup is made in the middle of a broadcast, which goes on to its end. Restored and parked, it starts under the
    same name and sends nothing again; what was not sent when it was made waits for the operator, who has it sent.
    """
    live, copy = tmp_path / "kawalis.db", tmp_path / "copy.db"
    async with fleet(f"sqlite:///{live}", tmp_path, 1) as (ships, crowd):
        await ships.seed(ALL)
        await ships.start("a")
        await until_sent(crowd, 20)
        database = await Database.open(f"sqlite:///{live}")
        await backup(database, copy)  # here, since a process may take as long to start as the whole broadcast
        await database.close()
        assert await ships.settled() == {"sent": ALL}
        await ships.kill("a")
        put_back(copy, live)
        in_copy = (await ships.states())["sent"]
        assert 0 < in_copy < ALL
        await ships.start("park", "held", "--park")
        assert await ships.processes["park"].wait() == 0, ships.log("park")
        await ships.start("a")
        await ships.seed(1, edition="new", first=9_000)
        await until_sent(crowd, ALL + 1)
        assert await ships.settled() == {"sent": in_copy + 1, "held": ALL - in_copy}
        assert crowd.doubled == 0
        await ships.start("resend", "held", "--resend")
        assert await ships.processes["resend"].wait() == 0, ships.log("resend")
        assert await ships.settled() == {"sent": ALL + 1}
        assert crowd.doubled == ALL - in_copy
