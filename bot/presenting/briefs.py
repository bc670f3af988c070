"""A brief as a message, and the further looks at one story that its buttons open."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta, tzinfo

from adapters.chat.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Quotation,
    Text,
    with_lines,
)
from bot.presenting import words
from bot.presenting.quotes import outlet_link, quote_line
from bot.presenting.reasons import reasons_in_words
from bot.texts import Texts
from summaries.telling import untold
from summaries.text import mostly_arabic
from summaries.types import Brief, BriefStory, Coverage, Member, Sentence, State

QUOTES_IN_BRIEF = 3
FAILED_NAMED = 5


def brief_message(
    brief: Brief,
    title: str,
    texts: Texts,
    *,
    zone: tzinfo = UTC,
    actions: bool = True,
    all_quotes: bool = False,
    name_zone: bool = False,
) -> Message:
    """The brief as every chat shows it. `title` is the topic's name in the reader's language. `name_zone`: the readers
    did not choose `zone` themselves, and are told it.
    """
    blocks: list[Block] = [Heading(line=plain(texts("brief.title", topic=title)))]
    blocks += sample_note(brief.sample, texts)
    blocks.append(Note(line=plain(_period(brief, texts, zone, name_zone))))
    told = [story for story in brief.stories if story.state is not State.UNCHANGED]
    blocks += untranslated_note([s for story in told for s in story.sentences], texts)
    if not brief.stories:
        silent = brief.coverage.sources > 0 and brief.coverage.answered == 0
        blocks.append(Paragraph(line=plain(texts("brief.unknown" if silent else "brief.empty", topic=title))))
    elif all(story.state is State.UNCHANGED for story in brief.stories):
        blocks.append(Paragraph(line=plain(texts("brief.nothing_new"))))
    for place, story in enumerate(brief.stories, start=1):
        blocks += [Divider(), *_story(place, story, texts, zone, None if all_quotes else QUOTES_IN_BRIEF)]
    blocks += [Divider(), Note(line=plain(coverage_line(brief.coverage, brief, texts)))]
    if actions and brief.stories:
        blocks.append(
            Buttons(rows=tuple(_row(place, story, texts) for place, story in enumerate(brief.stories, 1)))
        )
    return Message(blocks=tuple(blocks), language=texts.language)


def unlinked(message: Message, texts: Texts) -> Message:
    """The sample's brief for whoever cannot open its invented outlets any more: names stay, addresses do not, and
    what one would find behind them is said.
    """
    bare = with_lines(message, lambda line: tuple(replace(inline, url=None) for inline in line))
    return replace(bare, blocks=(*bare.blocks, Note(line=plain(texts("sample.no_links")))))


def plain(text: str) -> Line:
    return (Text(text=text),)


def sample_note(sample: bool, texts: Texts) -> list[Block]:
    return [Note(line=(Text(text=texts("sample.label"), bold=True),))] if sample else []


def untranslated_note(sentences: Sequence[Sentence], texts: Texts) -> list[Block]:
    """One sentence for an English reader where some stand in Arabic: nobody translated them, or not well enough."""
    if texts.language != "en" or not any(mostly_arabic(sentence.shown) for sentence in sentences):
        return []
    return [Note(line=plain(texts("brief.untranslated")))]


def coverage_line(coverage: Coverage, brief: Brief, texts: Texts) -> str:
    """What the brief rests on: `أجاب 38 من 41 مصدرًا، وأقدم إجابة قبل 22 دقيقة؛ تعذّر الوصول إلى: …` (F18)."""
    if coverage.sources == 0:
        return texts("coverage.file")
    said = _answered(coverage, texts)
    if coverage.oldest is not None:
        said = texts("coverage.oldest", said=said, ago=words.ago(brief.end - coverage.oldest, texts))
    if coverage.failed:
        named = words.join(coverage.failed[:FAILED_NAMED], texts)
        more = len(coverage.failed) - FAILED_NAMED
        named = texts("coverage.and_more", named=named, more=more) if more > 0 else named
        said = texts("coverage.failed", said=said, failed=named)
    return said


def _answered(coverage: Coverage, texts: Texts) -> str:
    if coverage.answered == coverage.sources:
        return texts.count("coverage.all", coverage.sources)
    sources = texts.count("sources.count", coverage.sources)
    if coverage.answered == 0:
        return texts("coverage.nobody", sources=sources)
    return texts("coverage.answered", answered=coverage.answered, sources=sources)


def _period(brief: Brief, texts: Texts, zone: tzinfo, name_zone: bool) -> str:
    length: timedelta = brief.end - brief.start
    window, until = words.window(length, texts), words.moment(brief.end, texts, zone)
    if name_zone:
        return texts("brief.period_in_zone", window=window, until=until, zone=words.city(str(zone), texts))
    return texts("brief.period", window=window, until=until)


def _story(place: int, story: BriefStory, texts: Texts, zone: tzinfo, most_quotes: int | None) -> list[Block]:
    mark = texts("story.mark", state=words.state(story.state, texts))
    blocks: list[Block] = [
        Heading(line=(Text(text=f"{place}. {story.headline} "), Text(text=mark, italic=True)), level=2)
    ]
    if story.state is State.UNCHANGED:
        return [*blocks, Note(line=plain(words.provenance(story, texts, zone)))]
    blocks.extend(
        Paragraph(line=sentence_line(s.shown, s.url, _outlet_of(story, s.spans[0].article)))
        for s in story.sentences
    )
    blocks.append(Note(line=plain(words.provenance(story, texts, zone))))
    said = untold(story.quotes, story.sentences)
    if said:
        blocks.append(Paragraph(line=(Text(text=texts("story.who_said_what"), bold=True),)))
        blocks.append(Bullets(items=tuple(quote_line(q, texts) for q in said[:most_quotes])))
    return blocks


def sentence_line(shown: str, url: str, outlet: str) -> Line:
    """A sentence with its outlet as the link to where it stands."""
    return (Text(text=shown), *outlet_link(outlet, url))


def _outlet_of(story: BriefStory, article: str) -> str:
    return next((member.outlet for member in story.members if member.article == article), "")


def _row(place: int, story: BriefStory, texts: Texts) -> tuple[Button, ...]:
    return (
        Button(label=texts("button.more", place=place), action=f"story:{story.id}:more"),
        Button(label=texts("button.who", place=place), action=f"story:{story.id}:who"),
        Button(label=texts("button.sources", place=place), action=f"story:{story.id}:sources"),
    )


def story_message(story: BriefStory, texts: Texts, *, zone: tzinfo = UTC, sample: bool = False) -> Message:
    """One story whole: its sentences, why it ranks where it does, terms, timeline."""
    blocks: list[Block] = [Heading(line=plain(story.headline)), *sample_note(sample, texts)]
    blocks += untranslated_note(story.sentences, texts)
    blocks += [
        Paragraph(line=sentence_line(s.shown, s.url, _outlet_of(story, s.spans[0].article)))
        for s in story.sentences
    ]
    blocks.append(Note(line=plain(words.provenance(story, texts, zone))))
    blocks += _timeline(story, texts, zone)
    blocks += _terms(story, texts)
    if reasons := reasons_in_words(story.reasons, texts):
        blocks.append(Paragraph(line=(Text(text=texts("story.why"), bold=True),)))
        blocks.append(Bullets(items=tuple(plain(reason) for reason in reasons)))
    return Message(blocks=tuple(blocks), language=texts.language, preview=article_of(story))


def article_of(story: BriefStory) -> str | None:
    """The article that a message on this story alone previews: that of its first sentence."""
    return next((sentence.url for sentence in story.sentences if sentence.url), None)


def who_message(story: BriefStory, texts: Texts, *, sample: bool = False) -> Message:
    """Who said what in one story: speaker, verb, words, outlet and link."""
    blocks: list[Block] = [
        Heading(line=plain(texts("who.title", headline=story.headline))),
        *sample_note(sample, texts),
    ]
    if story.quotes:
        blocks.append(Bullets(items=tuple(quote_line(quote, texts) for quote in story.quotes)))
    else:
        blocks.append(Paragraph(line=plain(texts("who.none"))))
    return Message(blocks=tuple(blocks), language=texts.language)


def sources_message(story: BriefStory, texts: Texts, *, zone: tzinfo = UTC, sample: bool = False) -> Message:
    """The articles of one story, oldest first, folded where the chat can fold."""
    lines = tuple(_member(member, texts, zone) for member in by_time(story.members))
    blocks: list[Block] = [
        Heading(line=plain(texts("story.sources_title", headline=story.headline))),
        *sample_note(sample, texts),
        Note(line=plain(words.provenance(story, texts, zone))),
        Quotation(lines=lines, expandable=True),
    ]
    return Message(blocks=tuple(blocks), language=texts.language)


def by_time(members: tuple[Member, ...]) -> list[Member]:
    """Oldest first; those without a date last."""
    return sorted(members, key=lambda m: (m.published is None, m.published or 0, m.outlet))


def _member(member: Member, texts: Texts, zone: tzinfo) -> Line:
    when = words.moment(member.published, texts, zone) if member.published else texts("time.unknown")
    outlet = (Text(text=f"{when} · "), Text(text=member.outlet), Text(text=": "))
    return (*outlet, Text(text=member.title, url=member.url or None))


def _timeline(story: BriefStory, texts: Texts, zone: tzinfo) -> list[Block]:
    head = Paragraph(line=(Text(text=texts("story.timeline"), bold=True),))
    return [head, Bullets(items=tuple(_member(member, texts, zone) for member in by_time(story.members)))]


def _terms(story: BriefStory, texts: Texts) -> list[Block]:
    if not story.terms:
        return []
    head = Paragraph(line=(Text(text=texts("story.terms"), bold=True),))
    items = tuple(
        (Text(text=f"{t.outlet}: «"), Text(text=t.term, url=t.url or None), Text(text=f"» × {t.count}"))
        for t in story.terms
    )
    return [head, Bullets(items=items)]
