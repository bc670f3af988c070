"""Numbers: each that a sentence gives must be given by what it cites, in whatever way it is written."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from summaries.gate.arithmetic import follows
from summaries.gate.durations import as_long, durations, is_time
from summaries.gate.figure import Figure
from summaries.gate.pair import Pair
from summaries.gate.rounding import matches
from summaries.gate.words import little
from summaries.reading import Parsed
from summaries.types import Reason, Span

_FREE = frozenset((Decimal(0), Decimal(1)))  # «هدف», «واحد», «أول»: said without a number too


def check(pair: Pair) -> Iterator[Reason]:
    """`gate.number` for each number that the cited words do not give, and that does not follow from those they give."""
    yield from _first_of_others(pair)
    claimed = pair.figures
    if not claimed:
        return
    by_span = pair.cited_figures
    cited = [figure for found in by_span for figure in found]
    for figure in claimed:
        if figure.vague or (given(figure, cited) and not _other_unit(figure, cited)):
            continue
        if not _as_long(pair, figure) and not follows(pair, figure, by_span):
            yield Reason(code="gate.number", values={"number": pair.claim.text[figure.start : figure.end]})
    if len(claimed) > 1:
        yield from _exchanged(pair, claimed, cited)


_FIRST = frozenset(("الاول", "الاولي"))


def _first_of_others(pair: Pair) -> Iterator[Reason]:
    """«المرحلة الأولى», where every such noun that is cited has another place in a row: a first is no number itself."""
    source = pair.source.parsed
    ranks = {figure.start for found in pair.cited_figures for figure in found if figure.rank}
    for term in pair.terms:
        following = pair.claim.tokens[term.place + 1 : term.place + 2]
        if not following or following[0].folded not in _FIRST:
            continue
        there = [
            source.tokens[o.place + 1] for o in pair.cited_forms(term) if o.place + 1 < len(source.tokens)
        ]
        if any(token.start in ranks for token in there) and not any(
            token.folded in _FIRST for token in there
        ):
            yield Reason(code="gate.number", values={"number": following[0].text})


def given(figure: Figure, cited: Sequence[Figure]) -> bool:
    """Whether a number is among those cited, rounded where it says so; nought and one need no number."""
    if figure.low == figure.high and figure.low in _FREE and not figure.percent:
        return True
    return any(matches(figure, other) for other in cited)


def _other_unit(figure: Figure, cited: Sequence[Figure]) -> bool:
    """Whether a number counts time or money, and is cited only with another unit or noun; or counts things, and is
    cited only as a stretch of time.
    """
    theirs = [other for other in cited if matches(figure, other)]
    if figure.unit:
        return bool(theirs) and all(
            other.unit != figure.unit and (other.unit or other.noun) for other in theirs
        )
    return figure.noun and bool(theirs) and all(is_time(other.unit) for other in theirs)


def _as_long(pair: Pair, figure: Figure) -> bool:
    """Whether what is cited lasts as long in another unit."""
    if not figure.unit:
        return False
    return any(
        as_long(figure, other) or (other.unit == figure.unit and matches(figure, other))
        for span in pair.cited
        for other in durations(pair.source.parsed, span, pair.source.figures(span))
    )


def _exchanged(pair: Pair, claimed: Sequence[Figure], cited: Sequence[Figure]) -> Iterator[Reason]:
    """Two numbers of the source that have changed places: each stands by the words of the other."""
    for one, two in pairwise(claimed):
        mine, yours = _only(one, cited), _only(two, cited)
        if mine is None or yours is None or mine is yours or one.percent != two.percent:
            continue
        if _of_them(pair.claim, one) and _of_them(pair.source.parsed, mine):
            continue  # «ستة من تسعة»
        if one.unit != two.unit and (one.unit, two.unit) == (mine.unit, yours.unit):
            continue  # minutes do not change places with weeks
        words_of = {
            **{figure: _around(pair.claim, figure, claimed) for figure in (one, two)},
            **{figure: _around(pair.source.parsed, figure, cited) for figure in (mine, yours)},
        }
        straight = _likeness(pair, words_of[one], words_of[mine]) + _likeness(
            pair, words_of[two], words_of[yours]
        )
        crossed = _likeness(pair, words_of[one], words_of[yours]) + _likeness(
            pair, words_of[two], words_of[mine]
        )
        if crossed > straight and crossed >= _PLAINLY:
            yield Reason(code="gate.number", values={"number": pair.claim.text[one.start : one.end]})
            return


def _of_them(parsed: Parsed, figure: Figure) -> bool:
    """Whether a number is a part of another: «ستة من …»."""
    after = parsed.range_of(Span(start=figure.start, end=figure.end))[1]
    return after < len(parsed.tokens) and parsed.tokens[after].folded == "من"


_PLAINLY = 2  # words by which it is seen that two numbers have changed places


def _only(figure: Figure, cited: Sequence[Figure]) -> Figure | None:
    matching = [other for other in cited if matches(figure, other)]
    return matching[0] if len(matching) == 1 else None


def _likeness(pair: Pair, words: Sequence[str], others: Sequence[str]) -> int:
    """How many of some words may say the same as one of the others."""
    meaning, alike = pair.words.meaning, pair.words.alike
    offered = [meaning(word) for word in others]
    return sum(any(alike(meaning(word), offer) for offer in offered) for word in words)


def _around(parsed: Parsed, figure: Figure, figures_there: Sequence[Figure]) -> list[str]:
    """The word before a number and those after it, as far as no other number, comma or «و» stands between."""
    starts = {other.start for other in figures_there}
    low = parsed.range_of_token(figure.start)
    high = parsed.range_of(Span(start=figure.start, end=figure.end))[1]
    found = [low - 1] if low else []
    for place in range(high, min(high + 6, len(parsed.tokens))):
        gap = parsed.between(place - 1, place)
        folded = parsed.tokens[place].folded
        number = parsed.tokens[place].start in starts or folded[:1].isdigit()
        if "،" in gap or number or (folded[:1] == "و" and len(folded) > _JOINED):
            break
        found.append(place)
    return [
        parsed.tokens[place].text
        for place in found
        if parsed.tokens[place].folded not in ("الميه", "المايه", "بالميه")
        and not little(parsed.tokens[place].folded)
    ]


_JOINED = 3  # letters from which a word that begins with «و» is likely joined to what stands before
