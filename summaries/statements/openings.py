"""What opens a sentence: a dateline, whom it is about, or a name with a colon."""

from dataclasses import replace

from summaries.statements.clauses import Words
from summaries.statements.phrases import noun_phrase
from summaries.statements.speakers import Speaker, speaker_of
from summaries.statements.subjects import opening_phrase
from summaries.statements.verbs import forms
from summaries.statements.walk import Walk, keep
from summaries.statements.words import FRONT, OPENERS, STOPS

_LONGEST_TURN = 4  # words
_NO_VERB = FRONT | STOPS


def main_subject(walk: Walk) -> Speaker | None:
    """Whom the sentence is about: the name that opens it or follows its first verb."""
    view, place = walk.view, _after_dateline(walk)
    if view.folded[place] in FRONT | OPENERS:
        place = _after_turn(walk, place)
    while place < walk.high and place < walk.low + 2 and view.folded[place] in OPENERS:
        place += 1
    for first in (place, place + 1):
        if first == place or (place < walk.high and view.folded[place] not in _NO_VERB):
            found = speaker_of(view, opening_phrase(view, first, walk.high))
            if found is not None:
                feminine = view.folded[place].endswith("ت") if first > place else None
                return replace(found, feminine=feminine or None)
    return None


def _after_turn(walk: Walk, low: int) -> int:
    """The first word after «من جانبه، » or «وفي سياق آخر، »."""
    commas = (
        at for at in range(low + 1, min(walk.high, low + _LONGEST_TURN + 1)) if walk.view.gap(at) == "، "
    )
    return next(commas, low)


def _after_dateline(walk: Walk) -> int:
    """The first word after «القدس (رويترز) - »."""
    for place in range(walk.low + 1, min(walk.high, walk.low + 9)):
        gap = walk.view.gap(place)
        if "--" in gap or (")" in gap and "-" in gap) or gap in {" - ", " – "}:
            return place
        if "،" not in gap and "(" not in gap and gap != " ":
            break
    return walk.low


def _passed_on(walk: Walk, colon: int) -> int | None:
    """«هآرتس عن مصدر عسكري: …»: Y speaks, the outlet is the relay."""
    view = walk.view
    about = next((at for at in range(walk.low + 1, colon - 1) if view.folded[at] == "عن"), None)
    if about is None:
        return None
    carrier = speaker_of(view, opening_phrase(view, walk.low, about))
    source = speaker_of(view, noun_phrase(view, about + 1, colon, loose=True))
    if carrier is None or not carrier.outlet or source is None:
        return None
    walk.memory.given = walk.memory.meet(carrier).text
    words = Words(before=colon, start=view.tokens[colon].start)
    return keep(walk, forms()["قال"], None, source, words)


def titled(walk: Walk) -> int | None:
    """«فلان: …» at the head of a line: the words of whoever is named. The place to go on at, or None."""
    view, low = walk.view, walk.low
    if low and "\n" not in view.gap(low):
        return None
    for place in range(low + 1, min(walk.high, low + 8)):
        gap = view.gap(place)
        if ":" in gap:
            phrase = opening_phrase(view, low, place)
            passed = _passed_on(walk, place)
            if passed is not None:
                return passed
            speaker = speaker_of(view, phrase)
            if speaker is None or phrase is None or phrase.end != place or speaker.outlet:
                return None
            words = Words(before=place, start=view.tokens[place].start)
            return keep(walk, forms()["قال"], None, speaker, words)
        if gap != " " and place > low + 1:
            return None
    return None
