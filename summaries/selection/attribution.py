"""Whether a unit that is to be shown says who says what is said in it."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import islice

from summaries.resolve import drops_speaker
from summaries.selection.units import Document, Unit
from summaries.types import Span, Statement

_OPENERS, _CLOSERS = '«“"', '»”"'


def by_sentence(source: Document, said: Sequence[Statement]) -> list[list[Statement]]:
    """For each sentence of a document the statements of which the words or the speaker begin there."""
    starts = [sentence.start for sentence in source.sentences]
    found: list[list[Statement]] = [[] for _ in starts]
    for statement in said:
        spans = [span for span in (statement.span, statement.speaker_span) if span is not None]
        for place in {bisect_right(starts, span.start) - 1 for span in spans} - {-1}:
            found[place].append(statement)
    return found


def named_in(unit: Unit, said: Sequence[Statement]) -> set[str | None]:
    """The speakers that a unit names, of what is said in or around its sentence."""
    return {statement.speaker for statement in said if _inside(statement.speaker_span, unit)}


def attributed(
    source: Document, unit: Unit, said: Sequence[Statement], beside: Collection[str | None] = ()
) -> bool:
    """Whether who speaks in a unit is named there, or is one of those named `beside`: of what is said word for word,
    and where the unit opens with a verb that leaves its speaker to the sentence before. `said`: what is said in or
    around its sentence.
    """
    dropped, text = _drops_speaker(source, unit), source.text[unit.spans[0].start : unit.spans[0].end]
    named = named_in(unit, said)
    inside = [statement for statement in said if _inside(statement.span, unit)]
    if cut_off(source, unit, said) or ((dropped or _only_quoted(text)) and not inside):
        return False
    return all(
        statement.speaker is not None and (statement.speaker in named or statement.speaker in beside)
        for place, statement in enumerate(inside)
        if statement.direct or (dropped and place == 0)
    )


def cut_off(source: Document, unit: Unit, said: Sequence[Statement]) -> bool:
    """Whether a unit takes what is said and leaves its speaker in the rest of the sentence."""
    sentence = source.sentences[unit.sentence]
    return any(
        _inside(statement.span, unit)
        and statement.speaker_span is not None
        and sentence.start <= statement.speaker_span.start < sentence.end
        and not _inside(statement.speaker_span, unit)
        for statement in said
    )


def _drops_speaker(source: Document, unit: Unit) -> bool:
    opening = unit.spans[0]
    words = list(islice((t for t in unit.tokens if opening.start <= t.start < opening.end), 2))
    return bool(words) and drops_speaker(words, source.text)


def _only_quoted(text: str) -> bool:
    """Whether a text is a quotation and nothing else."""
    bare = text.strip(" .،؛!؟")
    return len(bare) > 1 and bare[0] in _OPENERS and bare[-1] in _CLOSERS


def _inside(span: Span | None, unit: Unit) -> bool:
    return span is not None and any(part.start <= span.start < part.end for part in unit.spans)
