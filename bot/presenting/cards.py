"""A source's card: country, kind, owner, and whether a state pays. What is unknown is said to be."""

from bot.presenting import words
from bot.texts import Texts
from summaries.types import Source

_FUNDED = {True: "source.state_funded", False: "source.not_state_funded", None: "source.funding_unknown"}


def card(source: Source, texts: Texts) -> str:
    """The card in one line (F16)."""
    unknown = texts("source.unknown")
    kind = (
        texts(f"source.kind.{source.kind}")
        if source.kind and texts.has(f"source.kind.{source.kind}")
        else unknown
    )
    return texts(
        "source.card", country=words.country(source.country, texts) if source.country else unknown, kind=kind,
        owner=source.owner or unknown, funded=texts(_FUNDED[source.state_funded]),
    )  # fmt: skip
