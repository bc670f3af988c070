"""`docs/reliability.md` promises nothing that no test holds."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def promises() -> list[str]:
    """The rows of the table of promises, without its head."""
    table = (
        (ROOT / "docs" / "reliability.md").read_text().partition("| promise | test |")[2].partition("\n\n")[0]
    )
    return [row for row in table.splitlines()[2:] if row.strip()]


@cache
def defined_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text())
    return frozenset(n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_promise_names_a_test() -> None:
    """A row without the name of a test is an intention and no promise."""
    assert len(promises()) > 30
    assert [row for row in promises() if not NAMED.search(row.rpartition(" | ")[2])] == []


def test_every_named_test_is_there() -> None:
    """A test that was renamed or taken away takes its promise along."""
    named = [found for row in promises() for found in NAMED.findall(row)]
    missing = [f"{file}::{name}" for file, name in named if name not in defined_in(file)]
    assert missing == []
