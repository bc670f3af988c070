"""From what a model wrote to sentences that may be shown. Pure: each is judged, and replaced where it fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summaries.gate import Gate, english
from summaries.names import Gazetteer
from summaries.prompt import Draft, SourceSentence
from summaries.reading import parse
from summaries.text import mostly_arabic, sentences, stop_words, tokens
from summaries.types import Article, ArticleId, BriefStory, Reason, Sentence, SourceSpan, Span

LEADING = 3  # sentences of each article that a model is given
MOST_ARTICLES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The sentences and the headline to show, and why each that was written and is not shown failed."""

    sentences: tuple[Sentence, ...]
    headline: str
    refused: tuple[Reason, ...] = ()


def sources_of(story: BriefStory, articles: Mapping[ArticleId, Article]) -> tuple[SourceSentence, ...]:
    """What a model may cite of a story: the sentences of our own brief, then what the articles begin with.

    Each is one sentence of a stored text; none is given twice.
    """
    found: dict[str, SourceSentence] = {}
    for sentence in story.sentences:
        for span in sentence.spans:
            article = articles.get(span.article)
            if article is not None and not span.in_title:
                _add(found, article, _around(article.text, span))
    members = [articles[member.article] for member in story.members if member.article in articles]
    for article in members[:MOST_ARTICLES]:
        for whole in sentences(article.text)[:LEADING]:
            _add(found, article, whole)
    return tuple(found.values())


def _around(text: str, span: SourceSpan) -> Span:
    """The whole sentence that a span begins in."""
    return next(
        (s for s in sentences(text) if s.start <= span.start < s.end), Span(start=span.start, end=span.end)
    )


def _add(found: dict[str, SourceSentence], article: Article, span: Span) -> None:
    text = article.text[span.start : span.end]
    where = SourceSpan(article=article.id, start=span.start, end=span.end)
    found.setdefault(text, SourceSentence(text=text, span=where, outlet=article.outlet))


def judged(
    story: BriefStory,
    draft: Draft,
    sources: Sequence[SourceSentence],
    articles: Mapping[ArticleId, Article],
    gate: Gate,
) -> Judged:
    """The Arabic sentences of a story after the gate: one that fails gives way to the source sentence that it
    comes nearest to, word for word. A story never ends without a sentence; its headline is an outlet's.
    """
    shown: list[Sentence] = []
    refused: list[Reason] = []
    for one in draft.sentences:
        cited = [sources[place] for place in one.cited]
        reasons = _reasons(one.text, cited, articles, gate)
        refused += reasons
        sentence = (
            _verbatim(story, _nearest(one.text, cited)) if reasons else _prose(one.text, cited, articles)
        )
        if sentence.spans not in {other.spans for other in shown}:
            shown.append(sentence)
    sentences = tuple(shown) or story.sentences
    return Judged(sentences=sentences, headline=story.headline, refused=tuple(refused))


def _reasons(
    text: str, cited: Sequence[SourceSentence], articles: Mapping[ArticleId, Article], gate: Gate
) -> tuple[Reason, ...]:
    """What the gate says of a sentence that may cite several articles: they are read as one text."""
    whole, spans, starts = "", [], dict[ArticleId, int]()
    for source in cited:
        article = articles[source.span.article]
        if article.id not in starts:
            starts[article.id] = len(whole)
            whole += article.text + "\n\n"
        start = starts[article.id]
        spans.append(Span(start=start + source.span.start, end=start + source.span.end))
    return gate.check(whole, text, sorted(spans, key=lambda span: span.start)).reasons


def _prose(text: str, cited: Sequence[SourceSentence], articles: Mapping[ArticleId, Article]) -> Sentence:
    """A sentence in the model's words; `text` stays what the articles say, word for word."""
    spans = tuple(source.span for source in cited)
    return Sentence(
        text=" ".join(source.text for source in cited),
        shown=text,
        spans=spans,
        url=articles[spans[0].article].url,
    )


def _nearest(text: str, cited: Sequence[SourceSentence]) -> SourceSentence:
    """The cited sentence that shares most of the written one's words, the first of equals."""
    wanted = _content(text)
    return max(cited, key=lambda source: len(wanted & _content(source.text)))


def _content(text: str) -> set[str]:
    return {token.folded for token in tokens(text)} - stop_words


def _verbatim(story: BriefStory, source: SourceSentence) -> Sentence:
    """A source sentence as it stands; as our own brief has it, with its speaker restored, where it is there."""
    for sentence in story.sentences:
        span = sentence.spans[0]
        if span.article == source.span.article and source.span.start <= span.start < source.span.end:
            return sentence
    url = next((member.url for member in story.members if member.article == source.span.article), "")
    return Sentence(text=source.text, shown=source.text, spans=(source.span,), url=url)


def arabic_sources(story: BriefStory) -> tuple[SourceSentence, ...]:
    """What is translated: the sentences of a story as they are shown in Arabic."""
    outlets = {member.article: member.outlet for member in story.members}
    return tuple(
        SourceSentence(text=s.shown, span=s.spans[0], outlet=outlets.get(s.spans[0].article, ""))
        for s in story.sentences
    )


def translated(story: BriefStory, draft: Draft, gazetteer: Gazetteer) -> Judged:
    """The English sentences and headline of a story after their gate. One that fails gives way to the Arabic it
    renders; what no sentence cites is left out, as in any condensing.
    """
    shown: list[Sentence] = []
    refused: list[Reason] = []
    for one in draft.sentences:
        cited = [story.sentences[place] for place in one.cited]
        reasons = _mistranslated([_both(sentence) for sentence in cited], one.text, gazetteer)
        refused += reasons
        if not reasons:
            spans = tuple(span for sentence in cited for span in sentence.spans)
            shown.append(replace(cited[0], text=" ".join(s.text for s in cited), shown=one.text, spans=spans))
            continue
        shown += [sentence for sentence in cited if sentence not in shown]
    unfit = _mistranslated([story.headline], draft.headline, gazetteer) if draft.headline else ()
    headline = draft.headline if draft.headline and not unfit else story.headline
    sentences = tuple(shown) or story.sentences
    return Judged(sentences=sentences, headline=headline, refused=(*refused, *unfit))


def _mistranslated(arabic: Sequence[str], text: str, gazetteer: Gazetteer) -> tuple[Reason, ...]:
    """What the gate for English says of a text that renders these."""
    reasons = english.check([parse(one, gazetteer) for one in arabic], text, gazetteer)
    return (*reasons, Reason(code="gate.language")) if mostly_arabic(text) else reasons


def _both(sentence: Sentence) -> str:
    return sentence.shown if sentence.shown == sentence.text else f"{sentence.shown}\n{sentence.text}"
