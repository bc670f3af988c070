"""The sample newsroom as a kernel: a temporary database, a fixed clock, one admitted loopback port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.assemble import Kernel, open_kernel
from bot.sample.newsroom import SAMPLE_NOW, SAMPLE_WINDOW, Newsroom
from bot.settings import Settings


@asynccontextmanager
async def sample_kernel(settings: Settings) -> AsyncIterator[Kernel]:
    """A kernel on the sample newsroom, at 28 March 2024, covering ten days. It polls over real HTTP."""
    with TemporaryDirectory(prefix="kawalis-sample-") as folder:
        async with (
            Newsroom() as newsroom,
            open_kernel(
                settings, now=lambda: SAMPLE_NOW, sources=newsroom.sources(), sample=True,
                database_url=f"sqlite:///{Path(folder) / 'sample.db'}", default_window=SAMPLE_WINDOW,
                admitted={("127.0.0.1", newsroom.port)},
            ) as kernel,
        ):  # fmt: skip
            yield kernel
