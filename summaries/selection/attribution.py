"""Whether a unit that is to be shown says who says what is said in it."""

from collections.abc import Sequence

from summaries.resolve import drops_speaker
from summaries.selection.units import Document, Unit
from summaries.text import tokens
from summaries.types import Span, Statement

_OPENERS, _CLOSERS = '«“"', '»”"'


def attributed(source: Document, unit: Unit, said: Sequence[Statement], beside: Sequence[Unit] = ()) -> bool:
    """Whether who speaks in a unit is named there, or in one of the units `beside`: of what is said word for word, and
    where the unit opens with a verb that leaves its speaker to the sentence before.
    """
    text, shown = source.text[unit.spans[0].start : unit.spans[0].end], (unit, *beside)
    dropped = drops_speaker(tokens(text), text)
    named = {statement.speaker for statement in said if _in_any(statement.speaker_span, shown)}
    inside = [statement for statement in said if _inside(statement.span, unit)]
    if cut_off(source, unit, said) or ((dropped or _only_quoted(text)) and not inside):
        return False
    return all(
        statement.speaker is not None and statement.speaker in named
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


def _only_quoted(text: str) -> bool:
    """Whether a text is a quotation and nothing else."""
    bare = text.strip(" .،؛!؟")
    return len(bare) > 1 and bare[0] in _OPENERS and bare[-1] in _CLOSERS


def _inside(span: Span | None, unit: Unit) -> bool:
    return span is not None and any(part.start <= span.start < part.end for part in unit.spans)


def _in_any(span: Span | None, shown: Sequence[Unit]) -> bool:
    return any(_inside(span, unit) for unit in shown)
