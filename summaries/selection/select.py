"""The summariser: what is given, and how much may be said."""

from collections.abc import Sequence
from itertools import groupby

from summaries.reading import Reading
from summaries.resolve import shown
from summaries.selection.attribution import attributed, by_sentence, cut_off, named_in
from summaries.selection.choose import choose
from summaries.selection.concepts import usual_length, weigh
from summaries.selection.news import News
from summaries.selection.units import Document, Unit, document, sentence_tokens, units
from summaries.statements import find_statements
from summaries.text import stop_words
from summaries.types import Article, Sentence, SourceSpan, Statement

MOST = 8  # sentences of each of several documents that are looked at
MOST_SINGLE = 30
LEAST_RATIO_WORDS = 20


def summarise(
    documents: Sequence[Reading | Article],
    *,
    words: int | None = None,
    ratio: float | None = None,
    sentences: int = 3,
) -> tuple[Sentence, ...]:
    """A summary of documents on one event.

    `words` counts the blank-separated words of the sentences' text; `ratio` is a share of the documents' words;
    with neither there are at most `sentences` sentences. The sentences come in reading order. Where the documents were
    read, what somebody says is not chosen within so many words without who says it; in an extract of a share, the
    speaker is shown in brackets. Empty where the documents hold no sentence that fits.
    """
    sources = [document(given) for given in documents]
    if words is None and ratio is not None:
        total = sum(len(source.text.split()) for source in sources)
        words = max(LEAST_RATIO_WORDS, round(ratio * total))
    if words is None:
        return _news(documents, sentences)
    said = [
        by_sentence(source, find_statements(given) if isinstance(given, Reading) else ())
        for source, given in zip(sources, documents, strict=True)
    ]
    if len(sources) == 1 and (ratio is not None or _led(sources[0])):
        chosen = lead(sources[0], words, said[0], extract=ratio is not None)
    else:
        chosen = _best(sources, words, said)
    return tuple(
        _sentence(sources[unit.document], unit, said[unit.document][unit.sentence]) for unit in chosen
    )


def lead(
    source: Document, words: int, said: Sequence[Sequence[Statement]], *, extract: bool = False
) -> list[Unit]:
    """The article's opening sentences; what is left of the budget goes to the longest units that still fit.

    `said`: by sentence. A sentence may leave its speaker to another that is chosen too; in an extract, to the brackets.
    """
    everything = units(source, 0, sentence_tokens(source), len(source.sentences), least=1)
    if not extract:
        everything = [unit for unit in everything if not cut_off(source, unit, said[unit.sentence])]
    found: list[Unit] = []
    left = words
    for _, sentence in groupby(everything, key=lambda unit: unit.sentence):
        pieces = list(sentence)
        fitting = max((unit for unit in pieces if unit.words <= left), key=_words, default=None)
        if fitting is not None:
            found.append(fitting)
            left -= fitting.words
        if fitting is None or not fitting.whole:
            break
    taken = {unit.sentence for unit in found}
    named = {name for unit in found for name in named_in(unit, said[unit.sentence])}
    for unit in sorted(everything, key=lambda unit: (-unit.words, unit.sentence)):
        if unit.words > left or unit.sentence in taken:
            continue
        if extract or attributed(source, unit, said[unit.sentence], named):
            found.append(unit)
            named |= named_in(unit, said[unit.sentence])
            taken.add(unit.sentence)
            left -= unit.words
    return sorted(found, key=lambda unit: unit.sentence)


def _words(unit: Unit) -> int:
    return unit.words


def _news(documents: Sequence[Reading | Article], most: int) -> tuple[Sentence, ...]:
    """The sentences that carry the news; who is quoted is known where the documents were read."""
    readings = [given for given in documents if isinstance(given, Reading)]
    articles = [given.article if isinstance(given, Reading) else given for given in documents]
    return News(articles, {r.article.id: find_statements(r) for r in readings}).sentences(most)


def _best(
    sources: Sequence[Document], words: int, said: Sequence[Sequence[Sequence[Statement]]]
) -> list[Unit]:
    most = MOST if len(sources) > 1 else MOST_SINGLE
    tokens = [sentence_tokens(source) for source in sources]
    weights = weigh(sources, tokens, most)
    candidates = [
        unit
        for number, source in enumerate(sources)
        for unit in units(source, number, tokens[number], most)
        if attributed(source, unit, said[number][unit.sentence])
    ]
    chosen = choose(candidates, weights, words, usual_length(len(sources)))
    return sorted(chosen, key=lambda unit: (unit.sentence, unit.document))


def _led(source: Document) -> bool:
    """Whether the first sentence tells what the title says: an article whose opening is there."""
    title = {token.folded for token in source.title} - stop_words
    first = {token.folded for token in (sentence_tokens(source) or [()])[0]}
    return not title or len(title & first) >= 0.5 * len(title)


def _sentence(source: Document, unit: Unit, said: Sequence[Statement]) -> Sentence:
    text = " ".join(source.text[span.start : span.end] for span in unit.spans)
    spans = tuple(SourceSpan(article=source.id, start=span.start, end=span.end) for span in unit.spans)
    seen = shown(text, unit.spans[0], source.text, said, None)
    return Sentence(text=text, shown=seen, spans=spans, url=source.url)
