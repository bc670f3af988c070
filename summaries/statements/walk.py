"""The walk through a text: what it holds, and how a statement is noted."""

from dataclasses import dataclass, field, replace

from summaries.statements.clauses import Words, after_complementiser, clause_end, trimmed_end
from summaries.statements.speakers import Memory, Speaker
from summaries.statements.verbs import COMPLEMENTISERS, Verb
from summaries.statements.view import View
from summaries.text import fold
from summaries.types import Span, Statement

_SHORTEST, _SHORTEST_OBJECT = 6, 12  # characters of a statement
_AND_THAT = frozenset(word for word in COMPLEMENTISERS if word.startswith("وا"))


@dataclass(slots=True)
class Walk:
    """What the walk holds: the text, the sentence that is read and what was found."""

    view: View
    memory: Memory = field(default_factory=Memory)
    sentence: Span = field(default_factory=lambda: Span(start=0, end=0))
    low: int = 0
    high: int = 0
    found: list[Statement] = field(default_factory=list)


def keep(walk: Walk, verb: Verb, place: int | None, speaker: Speaker | None, words: Words) -> int:
    """Note a statement, and say at which word to go on."""
    view = walk.view
    end = words.end
    if end is None:
        plural = speaker is not None and (speaker.head.endswith(("ون", "ين", "ان")) or " و" in speaker.text)
        end = trimmed_end(view.text, words.start, clause_end(view, words, walk.sentence, plural=plural))
    least = _SHORTEST_OBJECT if words.bare else _SHORTEST
    if end - words.start < least:
        if speaker is not None:
            walk.memory.last, walk.memory.through = walk.memory.meet(speaker), None
        return (place if place is not None else walk.low) + 1
    add(walk, verb, place, speaker, replace(words, end=end), direct=words.direct)
    after = max(view.parsed.range_of(Span(start=words.start, end=end))[1], (place or walk.low) + 1)
    if words.direct and after < walk.high and view.folded[after] in _AND_THAT:
        more = after_complementiser(view, after, walk.high, verb, walk.sentence)
        return keep(walk, verb, place, speaker, more) if more is not None else after
    return after


def add(
    walk: Walk, verb: Verb, place: int | None, speaker: Speaker | None, words: Words, *, direct: bool
) -> None:
    view, memory = walk.view, walk.memory
    if speaker is None:
        walk.found.append(_nobodys(view, place, verb, words, memory, direct=direct))
        return
    full = memory.meet(speaker)
    goes_on = memory.last is not None and _same(full, memory.last)
    told = memory.relay or _told(view, place, words, memory)
    asked = None if full.outlet else told or (memory.through if goes_on else None) or memory.base
    relay, memory.given = memory.given or asked, None
    relay = None if relay is not None and fold(relay) == fold(full.text) else relay
    memory.last, memory.through = full, None if full.outlet or relay == memory.base else relay
    walk.found.append(
        Statement(
            span=Span(start=words.start, end=words.end or words.start),
            speaker=full.text,
            direct=direct,
            verb=_written(view, place, verb),
            strength=verb.strength,
            role=full.role,
            side=full.side,
            relay=relay,
            unnamed=full.unnamed,
            speaker_span=full.span,
            link=words.link or None,
        )
    )


def _told(view: View, place: int | None, words: Words, memory: Memory) -> str | None:
    """The outlet to which it was said, or that carried it: one that stands outside the words."""
    verb = view.tokens[place].start if place is not None else words.start
    for one in memory.asked:
        outside = one.span.end <= words.start or one.span.start >= (words.end or words.start)
        if outside and (one.sure or verb < one.span.start < words.start):
            return memory.outlet_meant() if one.meant else one.text
    return None


def _nobodys(
    view: View, place: int | None, verb: Verb, words: Words, memory: Memory, *, direct: bool
) -> Statement:
    """A statement whose speaker the text does not give."""
    return Statement(
        span=Span(start=words.start, end=words.end or words.start), speaker=None, direct=direct,
        verb=_written(view, place, verb), strength=verb.strength,
        relay=memory.relay or _told(view, place, words, memory) or memory.base,
        link=words.link or None,
    )  # fmt: skip


def _same(one: Speaker, other: Speaker) -> bool:
    return one.text == other.text or bool(one.name and one.name == other.name)


def _written(view: View, place: int | None, verb: Verb) -> str | None:
    """The verb as written, without the conjunction before it."""
    if place is None:
        return None
    text = view.tokens[place].text
    return text if view.folded[place] == verb.form or view.folded[place][:1] not in "وف" else text[1:]
