"""Alerts as messages: the story short, why it comes, and the ways on."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from adapters.chat.message import Block, Divider, Heading, Message, Note, Paragraph, Text
from bot.presenting import words
from bot.presenting.briefs import article_of, plain, sample_note, sentence_line
from bot.presenting.buttons import story_buttons
from bot.presenting.quotes import quote_line
from bot.texts import Texts
from summaries.types import BriefStory, Quote, Strength

SENTENCES = 2


def alert_message(
    title: str, story: BriefStory, because: str, texts: Texts, *, zone: tzinfo = UTC, sample: bool = False
) -> Message:
    """One story under what it is an alert of, with its buttons."""
    blocks: list[Block] = [
        Heading(line=plain(title)),
        *sample_note(sample, texts),
        *_told(story, texts, zone),
        Note(line=plain(because)),
        story_buttons(story, texts),
    ]
    return Message(blocks=tuple(blocks), language=texts.language, preview=article_of(story))


def denial_message(
    story: BriefStory, denials: Sequence[Quote], texts: Texts, *, zone: tzinfo = UTC, sample: bool = False
) -> Message:
    """What was told is denied: by whom and in which words, before the story as it stands now."""
    blocks: list[Block] = [
        Heading(line=plain(texts("alert.denied"))),
        *sample_note(sample, texts),
        Paragraph(line=(Text(text=story.headline, bold=True),)),
        *(Paragraph(line=quote_line(quote, texts)) for quote in denials),
        Note(line=plain(words.provenance(story, texts, zone))),
        Note(line=plain(texts("alert.because_denied"))),
        story_buttons(story, texts),
    ]
    denial = next((quote.url for quote in denials if quote.url), None)
    return Message(blocks=tuple(blocks), language=texts.language, preview=denial)


def batch_message(
    stories: Sequence[tuple[BriefStory, str]], texts: Texts, *, zone: tzinfo = UTC, sample: bool = False
) -> Message:
    """What came in the quiet hours, in one message; each with why it comes."""
    blocks: list[Block] = [Heading(line=plain(texts("alert.batch"))), *sample_note(sample, texts)]
    for story, because in stories:
        blocks += [Divider(), *_told(story, texts, zone), Note(line=plain(because))]
    return Message(blocks=tuple(blocks), language=texts.language)


def _told(story: BriefStory, texts: Texts, zone: tzinfo) -> list[Block]:
    outlets = {member.article: member.outlet for member in story.members}
    mark = texts("story.mark", state=words.state(story.state, texts))
    return [
        Heading(line=(Text(text=f"{story.headline} "), Text(text=mark, italic=True)), level=2),
        *(
            Paragraph(line=sentence_line(s.shown, s.url, outlets.get(s.spans[0].article, "")))
            for s in story.sentences[:SENTENCES]
        ),
        Note(line=plain(words.provenance(story, texts, zone))),
    ]


def denials_of(story: BriefStory) -> list[Quote]:
    return [quote for quote in story.quotes if quote.statement.strength is Strength.DENY]
