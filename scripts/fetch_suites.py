"""Bring feedparser's own test cases into `.cache/suites`: its source distribution from PyPI, pinned by hash.

`python -m scripts.fetch_suites`; the tests in tests/collecting/test_suites.py run them where they are.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "6.0.14"
SHA256 = "088679b0c4b543ee211a820dd544698c76a402122eae7473c04a43425f283d06"
CACHE = Path(__file__).parents[1] / ".cache" / "suites"
FOLDER = CACHE / f"feedparser-{VERSION}" / "tests"


def main() -> int:
    if FOLDER.is_dir():
        print(f"there already: {FOLDER}")
        return 0
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ]
        command += ["--no-binary", ":all:", "--dest", folder, f"feedparser=={VERSION}"]
        subprocess.run(command, check=True)
        (archive,) = Path(folder).glob("feedparser-*.tar.gz")
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != SHA256:
            print(f"not the archive we know: sha256 {found}, expected {SHA256}", file=sys.stderr)
            return 1
        with tarfile.open(archive) as source:
            source.extractall(CACHE, filter="data")
    print(f"unpacked: {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
