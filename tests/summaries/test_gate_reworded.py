"""Rewordings as anybody may write them pass; beside them, a sentence that says something else is refused."""

import tomllib
from pathlib import Path

import pytest

from tests.summaries.gate_verdicts import passes

CASES = tomllib.loads((Path(__file__).parent / "gate_reworded.toml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "sentence"), CASES["reworded"])
def test_a_rewording_passes(text: str, sentence: str) -> None:
    """What says the same in other words, negations, verbs of saying, causes and counts is not refused."""
    assert passes(text, sentence)


@pytest.mark.parametrize(("text", "sentence"), CASES["different"])
def test_what_says_something_else_is_refused(text: str, sentence: str) -> None:
    """A sentence much like a rewording that denies, counts, blames or explains otherwise is refused."""
    assert not passes(text, sentence)
