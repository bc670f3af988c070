"""Packaged data, read once: the gazetteer, the topics, word lists. The only place in this room that reads files."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from summaries.gate import Gate
from summaries.gate.decision import Decision
from summaries.gate.namelists import NameLists
from summaries.gate.words import Words
from summaries.names import Gazetteer
from summaries.topic import Topic, parse_topic

FIRST_TOPIC = "us-israel"


@lru_cache(maxsize=1)
def packaged_gazetteer() -> Gazetteer:
    return Gazetteer.parse(_texts("data/gazetteer"))


@lru_cache(maxsize=1)
def packaged_topics() -> tuple[Topic, ...]:
    """Every packaged topic, the one the product is for first."""
    topics = [parse_topic(text) for text in _texts("topics")]
    return tuple(sorted(topics, key=lambda topic: (topic.id != FIRST_TOPIC, topic.id)))


def packaged_topic_files() -> list[Path]:
    """Where the packaged topics are, for what names files."""
    folder = Path(str(files("summaries").joinpath("topics")))
    return sorted(folder.glob("*.toml"))


def packaged_text(name: str) -> str:
    """The text of a packaged data file, as `data/terms.toml`."""
    return files("summaries").joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def stem_shares() -> Mapping[str, float]:
    """Of each common stem the share of news articles that hold it (made by `scripts/count_stems.py`)."""
    lines = (line.split() for line in packaged_text("data/stem_frequencies.txt").splitlines())
    return {stem: int(count) / 100_000 for stem, count in lines}


def _texts(folder: str) -> list[str]:
    found = [file for file in files("summaries").joinpath(folder).iterdir() if file.name.endswith(".toml")]
    return [file.read_text(encoding="utf-8") for file in sorted(found, key=lambda file: file.name)]


@lru_cache(maxsize=1)
def packaged_gate() -> Gate:
    words, names = (packaged_text(f"data/gate/{name}.toml") for name in ("words", "names"))
    return Gate(packaged_gazetteer(), Words.parse(words), NameLists.parse(names), packaged_decision())


@lru_cache(maxsize=1)
def packaged_decision() -> Decision:
    return Decision.parse(packaged_text("data/gate/decision.toml"))
