"""What a poll did, for people and as JSON."""

from collections.abc import Mapping
from typing import Any

from adapters.chat.message import Block, Bullets, Heading, Line, Message, Text
from bot.collecting import CollectReport
from bot.collecting.report import Revised
from bot.presenting.briefs import plain
from bot.texts import Texts


def report_message(report: CollectReport, texts: Texts) -> Message:
    """One line a source: answered, unchanged or failed with its reason."""
    items: list[Line] = [
        (Text(text=f"{outcome.outlet}: ", bold=True), Text(text=_outcome(outcome.status, outcome, texts)))
        for outcome in report.outcomes
    ]
    asked = texts.count("sources.count", report.asked)
    title = (
        texts("report.title", answered=report.answered, asked=asked)
        if report.asked
        else texts("report.none_due")
    )
    blocks: list[Block] = [Heading(line=plain(title)), Bullets(items=tuple(items))]
    said = [notice_words(n.code, n.outlet, dict(n.values), texts) for n in report.notices]
    if said:
        blocks += [
            Heading(line=plain(texts("notice.title"))),
            Bullets(items=tuple((Text(text=words),) for words in said)),
        ]
    silent = [revised for revised in report.revised if revised.change.silent]
    if silent:
        blocks.append(Heading(line=plain(texts("revised.title"))))
        blocks += [Bullets(items=_changes(revised, texts)) for revised in silent]
    return Message(blocks=tuple(blocks), language=texts.language)


def _changes(revised: Revised, texts: Texts) -> tuple[Line, ...]:
    """What stood there and what stands there now; at most three sentences, since the page has the rest."""
    change = revised.change
    pairs = [
        *([change.title] if change.title else []),
        *change.replaced,
        *((gone, "") for gone in change.removed),
    ]
    head: Line = (
        Text(text=f"{revised.outlet}: ", bold=True),
        Text(text=revised.url, url=revised.url or None),
    )
    said = [
        texts("revised.replaced", before=before, after=after)
        if after
        else texts("revised.removed", before=before)
        for before, after in pairs[:3]
    ]
    return (head, *((Text(text=words),) for words in said))


def _outcome(status: str, outcome: Any, texts: Texts) -> str:
    if status == "failed":
        return texts("report.failed", cause=error_words(outcome.error, texts))
    if status == "skipped":
        return texts("report.skipped")
    return texts("report.answered", entries=outcome.entries, new=outcome.new_articles)


def error_words(code: str | None, texts: Texts) -> str:
    """A fetch error's code in words."""
    return texts.fetch(code or "")


def notice_words(code: str, outlet: str, values: Mapping[str, str], texts: Texts) -> str:
    """What an operator should know of a source, in one sentence; `code` and `values` as in a `Notice`."""
    filled = {**values, "outlet": outlet}
    if "error" in filled:
        filled["cause"] = error_words(filled["error"], texts)
    if "since" in filled:
        filled["since"] = filled["since"][:10]
    return texts(f"notice.{code}", **filled)


def report_value(report: CollectReport) -> dict[str, Any]:
    return {
        "asked": report.asked,
        "answered": report.answered,
        "sources": [
            {"source": o.source, "outlet": o.outlet, "status": o.status, "entries": o.entries,
             "new_articles": o.new_articles, "error": o.error, "seconds": round(o.seconds, 3)}
            for o in report.outcomes
        ],
        "notices": [
            {"code": n.code, "source": n.source, "outlet": n.outlet, **dict(n.values)} for n in report.notices
        ],
        "revised": [
            {"article": r.article, "outlet": r.outlet, "url": r.url, "title": r.change.title,
             "replaced": r.change.replaced, "removed": r.change.removed, "added": r.change.added}
            for r in report.revised
        ],
    }  # fmt: skip
