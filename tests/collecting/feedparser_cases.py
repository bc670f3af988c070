"""feedparser's own test cases, run through our steps.

A case is a document with headers, and an expression over feedparser's result. Our steps (bytes to text, repair)
stand before feedparser; the expression is then asked of what it reads from our text. What the expressions say of
feedparser's own book-keeping is asked of our steps: `encoding` holds where ours gave the text that this encoding
gives. `bozo` (the text has been mended) and the HTTP headers (we fetched) hold by definition.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser

from adapters.feeds.decode import decode
from adapters.feeds.fast import read_fast
from adapters.feeds.reference import read_with_feedparser
from adapters.feeds.repair import EntitiesRefusedError, repair, strip_head
from scripts.fetch_suites import FOLDER

_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*-->", re.S)
_HEADER = re.compile(rb"^Header:\s*([^:]+):(.+)$", re.M)
ADDRESS = "http://127.0.0.1:8097/"
GROUPS = ("wellformed", "illformed", "encoding", "entities")


class Granted:
    """Equal to whatever it is compared with: our steps have taken this over."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0

    def __getattr__(self, name: str) -> Any:
        return Granted() if not name.startswith("__") else super().__getattribute__(name)

    def __call__(self, *arguments: Any) -> Any:
        return Granted()

    def __contains__(self, item: object) -> bool:
        return True

    def __getitem__(self, key: object) -> "Granted":
        return Granted()


class ReadAs:
    """Equal to the name of each encoding that gives the text which our bytes-to-text step gave."""

    def __init__(self, case: "Case") -> None:
        self._body = case.body
        self._text = decode(case.body, case.headers.get("content-type", "")).text.lstrip("\ufeff")

    def __eq__(self, name: object) -> bool:
        try:
            return self._body.decode(str(name), "replace").lstrip("\ufeff") == self._text
        except LookupError:
            return False

    def __hash__(self) -> int:
        return hash(self._text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    body: bytes
    headers: dict[str, str]
    expression: str


@cache
def cases(group: str) -> tuple[Case, ...]:
    """The cases of a folder of feedparser's tests that can be read; empty where they were not fetched."""
    files = sorted(path for path in (FOLDER / group).rglob("*.xml")) if FOLDER.is_dir() else []
    return tuple(case for path in files if (case := _case(path)) is not None)


def _case(path: Path) -> Case | None:
    body = path.read_bytes()
    text = _readable(body)
    match = _EXPECT.search(text)
    if match is None:
        return None
    headers = {
        k.decode().strip().lower(): v.decode("utf-8", "replace").strip() for k, v in _HEADER.findall(text)
    }
    expression = " ".join(match[1].decode("utf-8", "replace").split())
    return Case(name=str(path.relative_to(FOLDER)), body=body, headers=headers, expression=expression)


def _readable(body: bytes) -> bytes:
    """The body with its comment in ASCII, as feedparser's own runner finds it."""
    for start, encoding in ((b"\x00\x00\xfe\xff", "utf-32-be"), (b"\xff\xfe\x00\x00", "utf-32-le"),
                            (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"),
                            (b"\x00\x00\x00\x3c", "utf-32-be"), (b"\x3c\x00\x00\x00", "utf-32-le"),
                            (b"\x00\x3c", "utf-16-be"), (b"\x3c\x00", "utf-16-le"),
                            (b"\x4c\x6f\xa7\x94", "cp037")):  # fmt: skip
        if body.startswith(start):
            return body.decode(encoding, "replace").encode()
    return body


def our_text(case: Case) -> str:
    """Raises: EntitiesRefusedError."""
    return repair(strip_head(decode(case.body, case.headers.get("content-type", "")).text))


def holds(case: Case) -> bool:
    """Whether the case's expression is true of what feedparser reads from our text."""
    try:
        text = our_text(case)
    except EntitiesRefusedError:
        return False
    headers = {"content-type": "application/xml; charset=utf-8"}
    headers |= {k: v for k, v in case.headers.items() if k in ("content-location", "content-language")}
    if "/http" in case.name:  # served from an address, to which Content-Location is relative
        headers["content-location"] = urljoin(ADDRESS, _safe(headers.get("content-location", "")))
    result = feedparser.parse(text.encode("utf-8", "replace"), response_headers=headers)
    for bozo in (False, True):
        granted: dict[str, Any] = {
            name: Granted() for name in ("headers", "etag", "bozo_exception", "status")
        }
        granted["encoding"] = ReadAs(case)
        values = {"version": "", "feed": {}, "entries": [], **dict(result), **granted, "bozo": bozo}
        try:
            if eval(case.expression, {"feedparser": feedparser, "datetime": datetime, **values}):  # noqa: S307
                return True
        except Exception:  # noqa: S112  (the expression speaks of something that is not there: it does not hold)
            continue
    return False


def _safe(location: str) -> str:
    return "" if location.startswith("javascript:") else location


def fast_is_equal(case: Case) -> bool | None:
    """Whether the short way gives what feedparser gives; None where it leaves the case to feedparser."""
    try:
        text = our_text(case)
    except EntitiesRefusedError:
        return None
    quick = read_fast(text)
    return None if quick is None else quick == read_with_feedparser(text)
