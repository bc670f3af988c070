"""feedparser's own test cases through our steps (`make suites` brings them): suites.toml says how many there are,
which do not hold, and why.
"""

import os
import tomllib
import warnings
from pathlib import Path

import pytest

from tests.collecting.feedparser_cases import GROUPS, cases, fast_is_equal, holds

SUITES = tomllib.loads(Path(__file__).with_name("suites.toml").read_text("utf-8"))


@pytest.fixture
def fetched() -> None:
    """The cases must be there in CI; elsewhere a machine without network skips them."""
    if cases("wellformed"):
        return
    if os.environ.get("CI"):
        pytest.fail("feedparser's cases are not here: run make suites first")
    pytest.skip("feedparser's cases are not here (make suites brings them from PyPI)")


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.usefixtures("fetched")
def test_feedparsers_own_cases_hold_through_our_steps(group: str) -> None:
    """Our bytes-to-text step and repair keep everything that feedparser can read: its cases hold, all but
    those listed, and those listed do not hold (a reason that is out of date is no reason).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser's own deprecations, which its cases provoke
        failing = {case.name.removeprefix(f"{group}/") for case in cases(group) if not holds(case)}
    assert failing == set(SUITES[group]["fails"])
    assert len(cases(group)) == SUITES[group]["count"]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.usefixtures("fetched")
def test_the_short_way_equals_feedparser_on_its_own_cases(group: str) -> None:
    """Where the short way reads a case at all, it reads what feedparser reads."""
    verdicts = {case.name: fast_is_equal(case) for case in cases(group)}
    assert [name for name, equal in verdicts.items() if equal is False] == []
    if group == "wellformed":
        assert sum(equal is True for equal in verdicts.values()) > 500  # those with items
