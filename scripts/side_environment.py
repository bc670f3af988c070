"""A virtual environment beside our own, with pip: for what is no dependency of ours, not even of our tests."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CACHE = Path(__file__).parents[1] / ".cache"


def side_environment(name: str, packages: Sequence[str] = (), options: Sequence[str] = ()) -> Path:
    """The Python of `.cache/NAME`, made when it is not there, with `packages` installed. `options` go to pip.

    Raises: subprocess.CalledProcessError where it cannot be made or a package not be had.
    """
    folder = CACHE / name
    python = folder / "bin" / "python"
    if not (folder / ".ready").exists():
        uv = shutil.which("uv")
        make = [uv, "venv", "--quiet", "--clear", "--seed", "--python", sys.executable] if uv else None
        subprocess.run([*(make or [sys.executable, "-m", "venv", "--clear"]), str(folder)], check=True)
        if packages:
            pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, *options, *packages], check=True)
        (folder / ".ready").touch()
    return python
