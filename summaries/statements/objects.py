"""Verbs that take what is said as their object, without «أن» or a preposition: «انتقد القرار», «نفى وجود خلاف»."""

from summaries.statements.clauses import Words
from summaries.statements.lexemes import REPEATING, STANCES
from summaries.statements.phrases import Phrase, noun_phrase
from summaries.statements.speakers import speaker_of
from summaries.statements.subjects import after_verb, before_verb, definite_subject, emphasis
from summaries.statements.verbs import Verb
from summaries.statements.walk import Walk, keep
from summaries.statements.who import by_mouth_of
from summaries.statements.words import ADVERBS, FRONT, RELATIVES, STOPS, TITLES, folded
from summaries.text import known_word
from summaries.types import Strength

NO_OBJECT = (FRONT | RELATIVES | STOPS) - folded("هذا هذه ذلك تلك ما أي")
_OFTEN_PASSIVE = frozenset(("أعلن", "طلب", "قدر", "توقع"))  # «وأعلنت حالة الطوارئ»: by nobody in the text


def with_object(walk: Walk, place: int, verb: Verb, prefix: int) -> int:
    """A verb that takes an object directly (انتقد، أعلن، وصف): what follows the speaker."""
    view, speaker, named = walk.view, None, False
    start = place + 1
    if verb.object and not verb.describes:
        return start  # «نفاه المدير»: what is denied is the pronoun
    if verb.participle:
        speaker = walk.memory.dropped(verb, opening=False)
    else:
        if not prefix and place > walk.low:
            speaker = speaker_of(view, before_verb(view, place, walk.low), feminine=verb.feminine)
            if speaker is None and view.folded[place - 1] in RELATIVES:
                return place + 1
        if speaker is None:
            phrase = after_verb(view, place, walk.high, loose=False)
            speaker = speaker_of(view, phrase, feminine=verb.feminine)
            if phrase is not None and speaker is not None and verb.describes and _is_object(walk, phrase):
                speaker = walk.memory.dropped(verb, opening=place == walk.low)
            elif phrase is not None and speaker is not None:
                start, named = phrase.end, True
            elif phrase is None and (
                subject := walk.memory.named_again(view, start) or _judging_subject(walk, place, verb)
            ):
                speaker = speaker_of(view, subject, feminine=verb.feminine, sure=True)
                start, named = subject.end, True
            elif verb.object or (prefix and place > walk.low):
                speaker = walk.memory.dropped(verb, opening=False)
            elif prefix and _is_plain_object(walk, start, verb):
                speaker = walk.memory.same_as_before(verb)
        else:
            named = True
    sure = view.tokens[place].text.endswith("ى")  # «ونفى», which «ونفي» may be a noun
    if speaker is None or (verb.doubtful and not named and not sure):
        return place + 1
    begin = _object_start(walk, start)
    if named and begin is not None:
        speaker = by_mouth_of(view, start, begin) or speaker
    if begin is None or (verb.lemma in REPEATING and not walk.view.folded[begin].startswith(STANCES)):
        return place + 1
    return keep(walk, verb, place, speaker, Words(before=begin, start=view.tokens[begin].start, bare=True))


def _judging_subject(walk: Walk, place: int, verb: Verb) -> Phrase | None:
    """Somebody unknown who judges or denies («استنكر الأزهر اقتحام …»): no thing does, as one may confirm or show."""
    judges = verb.strength in {Strength.ACCUSE, Strength.DENY} and not verb.describes
    return definite_subject(walk.view, place, walk.high) if judges else None


def _is_plain_object(walk: Walk, place: int, verb: Verb) -> bool:
    """Whether a word right after a verb that opens its sentence is its object, not whoever speaks: «ونفى وجود …»,
    «وناشد المواطنين …», «واعتبر ذلك …», «ووصف الاتهامات بأنها …».
    """
    view, at = walk.view, past_adverbs(walk, place)
    if verb.lemma in _OFTEN_PASSIVE or at >= walk.high - 1 or view.starts(at) is not None:
        return False
    word, written = view.folded[at], view.tokens[at].text
    if word in TITLES | FRONT | RELATIVES:
        return False
    if word in {"ذلك", "هذا", "هذه"}:
        return True
    if verb.describes:
        return any(view.folded[next_].startswith("بان") for next_ in range(at + 1, min(walk.high, at + 3)))
    if word.startswith("ال"):
        return word.endswith("ين") and known_word(written[:-2] + "ون")
    return word not in STOPS and len(word) > 2 and known_word(written)


def _is_object(walk: Walk, phrase: Phrase) -> bool:
    """«وتتهم إسرائيل بعرقلة»: what is said of it follows at once, so the phrase is whom the verb is about."""
    view = walk.view
    return (
        phrase.end < walk.high and view.folded[phrase.end].startswith("ب") and view.starts(phrase.end) is None
    )


def _object_start(walk: Walk, after: int) -> int | None:
    """The object's first word: after adverbs, and after «من X» of the one who is asked."""
    view, start = walk.view, past_adverbs(walk, after)
    if start < walk.high - 2 and view.folded[start] in {"من"}:
        phrase = noun_phrase(view, start + 1, walk.high, loose=False)
        start = past_adverbs(walk, phrase.end) if phrase is not None else start
    beside = start < walk.high and ("،" in view.gap(start) or "," in view.gap(start))
    if beside and (view.folded[start] in FRONT | TITLES or view.starts(start) is not None):
        start = next((p for p in range(start + 1, min(walk.high, start + 12)) if "،" in view.gap(p)), start)
    if start >= walk.high - 1 or view.folded[start] in NO_OBJECT:
        return None
    gap = view.gap(start) if start < walk.high else "."
    return None if any(mark in gap for mark in ".؛:\n") or "(" in gap else start


def past_adverbs(walk: Walk, place: int) -> int:
    view = walk.view
    while place < walk.high and view.starts(place) is None:
        step = 1 if view.folded[place] in ADVERBS else emphasis(view, place, walk.high)
        if not step:
            break
        place += step
    return place
