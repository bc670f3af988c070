"""Bring feedparser's own test cases into `.cache/suites`: its source distribution from PyPI, pinned by hash.

`make suites`, or `python -m scripts.fetch_suites [--if-possible]`; the tests in tests/collecting/test_suites.py run
them where they are. With `--if-possible` a machine without network is no failure.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from scripts.side_environment import CACHE, side_environment

VERSION = "6.0.14"
SHA256 = "088679b0c4b543ee211a820dd544698c76a402122eae7473c04a43425f283d06"
FOLDER = CACHE / "suites" / f"feedparser-{VERSION}" / "tests"


def main(arguments: list[str]) -> int:
    if FOLDER.is_dir():
        if "--if-possible" not in arguments:
            print(f"there already: {FOLDER}")
        return 0
    try:
        return _fetch()
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"feedparser's test cases could not be brought: {error}", file=sys.stderr)
        return 0 if "--if-possible" in arguments else 1


def _fetch() -> int:
    python = side_environment("pip")
    with tempfile.TemporaryDirectory() as folder:
        download = [str(python), "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        download += [
            "--no-deps",
            "--no-binary",
            ":all:",
            "--retries",
            "1",
            "--timeout",
            "20",
            "--dest",
            folder,
        ]
        subprocess.run([*download, f"feedparser=={VERSION}"], check=True, capture_output=True)
        (archive,) = Path(folder).glob("feedparser-*.tar.gz")
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != SHA256:
            print(f"not the archive we know: sha256 {found}, expected {SHA256}", file=sys.stderr)
            return 1
        with tarfile.open(archive) as source:
            # Python before 3.11.4, as Debian 12 has it, knows no filter; the hash says what is in the archive.
            filtered: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
            source.extractall(FOLDER.parents[1], **filtered)
    print(f"unpacked: {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
