"""The processes that parse go with the one that they work for, however it ends."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.fakes.patience import PATIENCE

ROOT = Path(__file__).parents[2]
SERVICE = """
import asyncio, os
from adapters.feeds.pool import ParserPool

async def main():
    async with ParserPool(1) as pool:
        print(await pool.run(os.getpid), flush=True)
        await asyncio.Event().wait()

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="whether a process runs is read there")
async def test_they_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    """Of a service that was killed no process is left: each start would else leave some hundred megabytes behind."""
    script = tmp_path / "service.py"
    script.write_text(SERVICE)
    service = await asyncio.create_subprocess_exec(
        sys.executable, str(script), stdout=asyncio.subprocess.PIPE, cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert service.stdout is not None
    parser = int(await asyncio.wait_for(service.stdout.readline(), PATIENCE))
    service.kill()
    try:
        async with asyncio.timeout(PATIENCE):
            await service.wait()  # and until nobody holds its output
            while running(parser):  # noqa: ASYNC110  (a process is watched from outside)
                await asyncio.sleep(0.01)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(parser, signal.SIGKILL)


def running(number: int) -> bool:
    """Whether it runs; a zombie that nobody asks after does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
