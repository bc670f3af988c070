"""The reasons of a decision in words: why an article counts, why a story ranks where it does."""

from collections.abc import Iterable

from bot.texts import Texts
from summaries.topic import Topic
from summaries.types import Reason


def reasons_in_words(reasons: Iterable[Reason], texts: Texts, topic: Topic | None = None) -> list[str]:
    """One sentence for each reason that there are words for; parties by their names, places by theirs."""
    return [_said(reason, texts, topic) for reason in reasons if texts.has(f"reason.{reason.code}")]


def _said(reason: Reason, texts: Texts, topic: Topic | None) -> str:
    values: dict[str, object] = dict(reason.values)
    if "where" in values:
        values["where"] = texts(f"reason.where.{values['where']}")
    if "party" in values and topic is not None:
        values["party"] = next(
            (party.name(texts.language) for party in topic.parties if party.id == values["party"]),
            values["party"],
        )
    for name in ("count", "hours"):
        if name in values:
            values[name] = int(str(values[name]))
    return texts(f"reason.{reason.code}", **values)
