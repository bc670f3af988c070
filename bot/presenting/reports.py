"""What a poll did, for people and as JSON."""

from typing import Any

from adapters.chat.message import Bullets, Heading, Line, Message, Text
from bot.collecting import CollectReport
from bot.presenting.briefs import plain
from bot.texts import Texts


def report_message(report: CollectReport, texts: Texts) -> Message:
    """One line a source: answered, unchanged or failed with its reason."""
    items: list[Line] = [
        (Text(text=f"{outcome.outlet}: ", bold=True), Text(text=_outcome(outcome.status, outcome, texts)))
        for outcome in report.outcomes
    ]
    title = texts("report.title", answered=report.answered, asked=texts.count("sources.count", report.asked))
    return Message(blocks=(Heading(line=plain(title)), Bullets(items=tuple(items))), language=texts.language)


def _outcome(status: str, outcome: Any, texts: Texts) -> str:
    if status == "failed":
        return texts("report.failed", cause=error_words(outcome.error, texts))
    if status == "skipped":
        return texts("report.skipped")
    return texts("report.answered", entries=outcome.entries, new=outcome.new_articles)


def error_words(code: str | None, texts: Texts) -> str:
    """A fetch error's code in words; an unknown code is shown as it is."""
    key = f"fetch.{code}"
    return texts(key) if code and texts.has(key) else str(code)


def report_value(report: CollectReport) -> dict[str, Any]:
    return {
        "asked": report.asked,
        "answered": report.answered,
        "sources": [
            {"source": o.source, "outlet": o.outlet, "status": o.status, "entries": o.entries,
             "new_articles": o.new_articles, "error": o.error, "seconds": round(o.seconds, 3)}
            for o in report.outcomes
        ],
    }  # fmt: skip
