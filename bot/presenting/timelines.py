"""A story in time: first report, later reports, who said what when, denials, and what outlets changed in silence."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from adapters.chat.message import Block, Bullets, Heading, Line, Message, Note, Paragraph, Quotation, Text
from bot.looks import Edit
from bot.presenting import words
from bot.presenting.briefs import plain, sample_note
from bot.presenting.quotes import quote_line
from bot.texts import Texts
from summaries.brief import Event, EventKind

MOST_EVENTS = 25
MOST_SENTENCES = 3  # shown of what was removed or added


def timeline_message(
    headline: str,
    events: Sequence[Event],
    edits: Sequence[Edit],
    texts: Texts,
    *,
    zone: tzinfo = UTC,
    sample: bool = False,
) -> Message:
    """Reports and denials are all kept; of plain statements, as many as there is room for."""
    blocks: list[Block] = [
        Heading(line=plain(texts("timeline.title", headline=headline))),
        *sample_note(sample, texts),
        Bullets(items=tuple(_event(event, texts, zone) for event in _told(events))),
    ]
    if edits:
        blocks.append(Paragraph(line=(Text(text=texts("timeline.edits"), bold=True),)))
        blocks += [Quotation(lines=tuple(_edit(edit, texts, zone)), expandable=True) for edit in edits]
    else:
        blocks.append(Note(line=plain(texts("timeline.no_edits"))))
    return Message(blocks=tuple(blocks), language=texts.language)


def _told(events: Sequence[Event]) -> list[Event]:
    kept = [event for event in events if event.kind is not EventKind.STATEMENT]
    room = max(0, MOST_EVENTS - len(kept))
    chosen = {id(e) for e in [*kept, *[e for e in events if e.kind is EventKind.STATEMENT][:room]]}
    return [event for event in events if id(event) in chosen][:MOST_EVENTS]


def _event(event: Event, texts: Texts, zone: tzinfo) -> Line:
    head = (
        Text(text=f"{_when(event.at, texts, zone)} · "),
        Text(text=texts(f"timeline.{event.kind.value}"), bold=event.kind is EventKind.DENIAL),
        Text(text=" · "),
    )
    if event.quote is not None:
        return (*head, *quote_line(event.quote, texts))
    return (*head, Text(text=event.outlet), Text(text=": "), Text(text=event.text, url=event.url or None))


def _when(at: datetime | None, texts: Texts, zone: tzinfo) -> str:
    return words.moment(at, texts, zone) if at else texts("time.unknown")


def _edit(edit: Edit, texts: Texts, zone: tzinfo) -> Iterable[Line]:
    article = edit.article
    head = texts("edit.head", at=_when(edit.at, texts, zone), outlet=article.outlet)
    yield (Text(text=head, bold=True), Text(text=" "), Text(text=article.title, url=article.url or None))
    if edit.title_before is not None:
        yield plain(texts("edit.title", before=edit.title_before, after=article.title))
    for key, changed in (("edit.removed", edit.removed), ("edit.added", edit.added)):
        for sentence in changed[:MOST_SENTENCES]:
            yield plain(texts(key, sentence=sentence))
        if len(changed) > MOST_SENTENCES:
            yield plain(texts("edit.more", count=len(changed) - MOST_SENTENCES))
