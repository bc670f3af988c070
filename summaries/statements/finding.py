"""Who said what: the walk through an article, sentence by sentence, remembering who spoke last.

Patterns after the labelled news (see docs/how-it-understands.md): verb, speaker, إن and clause; verb, speaker, colon
or quotation; verb without a speaker (the one before); attribution without a verb («بحسب …»); an outlet that passes
words on («نقلت … عن … قوله»). A speaker who is dropped gets the fullest name the text gave; the outlet on which a
whole article rests stays the relay until another is named.
"""

from dataclasses import dataclass, field, replace

from summaries.reading import Parsed, Reading
from summaries.statements import relays
from summaries.statements.clauses import LONGEST, Words, after_complementiser, clause_end, content_after, trimmed_end
from summaries.statements.lexemes import REQUIRED
from summaries.statements.phrases import (
    Phrase,
    after_verb,
    before_verb,
    clause_start,
    noun_phrase,
    opening_phrase,
)
from summaries.statements.speakers import Memory, Speaker, speaker_of
from summaries.statements.verbs import COMPLEMENTISERS, Verb, forms
from summaries.statements.view import View
from summaries.statements.words import ADVERBS, FRONT, OPENERS, RELATIVES, STOPS, folded
from summaries.text import fold
from summaries.types import Span, Statement, Strength

_RELAYING = folded("نقل نقلت ونقل ونقلت تنقل ينقل وينقل ونسبت نسبت ونسب نسب ونقلا")
_STANDS_IN = folded("جاء وجاء ورد وورد بالقول القول")
_BEFORE_NOUN = folded(
    "لم لن لا على في من إلى عن بعد قبل دون هذا أي كل مع بين عدم حول خلال ذلك تلك هذه غير حق أو منذ إثر "
    "عقب رغم مما وراء"
)
_IMPERSONAL = folded("يذكر يعتقد يتوقع يعتبر يشار يقال قيل تجدر يقدر")
_CARRIES = folded(
    "وسائل وسئل تقرير تقارير صحيفة صحف جريدة قناة شبكة موقع وكالة وكالات مجلة إذاعة راديو تلفزيون هيئة الصحيفة القناة "
    "الشبكة الموقع الوكالة المجلة الإذاعة التلفزيون الهيئة الصحف التقرير مراسل مراسلة مراسلنا محطة المحطة منصة"
)
_ABOUT_THEM = folded("عنه عنها عنهم عنهما")
_AND_THAT = frozenset(word for word in COMPLEMENTISERS if word.startswith("وا"))
_DAMMA = "\u064f"
_NO_VERB = FRONT | STOPS
_NO_OBJECT = (FRONT | RELATIVES | STOPS) - folded("هذا هذه ذلك تلك ما أي")
_SHORTEST = 6  # characters of a statement


@dataclass(slots=True)
class _Walk:
    """What the walk holds: the text, the sentence that is read and what was found."""

    view: View
    memory: Memory = field(default_factory=Memory)
    sentence: Span = field(default_factory=lambda: Span(start=0, end=0))
    low: int = 0
    high: int = 0
    found: list[Statement] = field(default_factory=list)


def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """The statements of an article's body, in order of their words. Offsets count in `article.text`."""
    return statements_in(reading.body)


def statements_in(body: Parsed) -> tuple[Statement, ...]:
    """The statements of a text."""
    walk = _Walk(View(body))
    for number, sentence in enumerate(body.sentences):
        _sentence(walk, sentence, opening=number < 2)
    return tuple(sorted(walk.found, key=lambda statement: statement.span.start))


def _sentence(walk: _Walk, sentence: Span, *, opening: bool) -> None:
    view, memory = walk.view, walk.memory
    walk.sentence = sentence
    walk.low, walk.high = view.parsed.range_of(sentence)
    if walk.low >= walk.high:
        return
    memory.before, memory.sentence = memory.subject, sentence.start
    memory.subject = _main_subject(walk) or None
    attributed = relays.attributions(view, sentence)
    named = relays.outlet_asked(view, sentence)
    for attribution in attributed:
        named = _outlet_of(memory, attribution.speaker) or named
    if opening and attributed and named is not None:
        memory.base = named
    memory.relay = named
    count = len(walk.found)
    place = _titled(walk) or walk.low
    while place < walk.high:
        place = _word(walk, place)
    if len(walk.found) == count and attributed:
        _attributed(walk, attributed[-1] if not attributed[0].leading else attributed[0])


def _outlet_of(memory: Memory, speaker: Speaker) -> str | None:
    met = memory._meant(speaker) or speaker
    return met.text if met.outlet else None


def _main_subject(walk: _Walk) -> Speaker | None:
    """Whom the sentence is about: the name that opens it or follows its first verb."""
    view, place = walk.view, walk.low
    while place < walk.high and place < walk.low + 2 and view.folded[place] in OPENERS:
        place += 1
    for first in (place, place + 1):
        if first == place or (place < walk.high and view.folded[place] not in _NO_VERB):
            found = speaker_of(view, opening_phrase(view, first, walk.high))
            if found is not None:
                feminine = view.folded[place].endswith("ت") if first > place else None
                return replace(found, feminine=feminine or None)
    return None


def _titled(walk: _Walk) -> int | None:
    """«فلان: …» at the head of a line: the words of whoever is named. The place to go on at, or None."""
    view, low = walk.view, walk.low
    if low and "\n" not in view.gap(low):
        return None
    for place in range(low + 1, min(walk.high, low + 8)):
        gap = view.gap(place)
        if ":" in gap:
            phrase = opening_phrase(view, low, place)
            speaker = speaker_of(view, phrase)
            if speaker is None or phrase is None or phrase.end != place or speaker.outlet:
                return None
            words = Words(before=place, start=view.tokens[place].start)
            return _keep(walk, forms()["قال"], None, speaker, words)
        if gap != " " and place > low + 1:
            return None
    return None


def _word(walk: _Walk, place: int) -> int:
    """Look at one word; the place at which to go on."""
    view, word = walk.view, walk.view.folded[place]
    if word in _RELAYING:
        return _relayed(walk, place)
    if word in _STANDS_IN:
        found = _stands_in(walk, place)
        if found is not None:
            return found
    cue = view.verbs.get(place)
    if cue is None or _is_noun(walk, place, *cue):
        return place + 1
    return _verb_cue(walk, place, *cue)


def _verb_cue(walk: _Walk, place: int, verb: Verb, prefix: int) -> int:
    """What is said with a verb of saying, and by whom; the place at which to go on."""
    view = walk.view
    words = _content(walk, place, verb)
    if words is None and (verb.bare or verb.describes) and not (verb.doubtful and verb.participle):
        return _with_object(walk, place, verb, prefix)
    if words is None:
        return place + 1
    speaker, named = _who(walk, place, words, verb, prefix)
    speaker, words = _passed_on(walk, place, words, speaker)
    if verb.doubtful and not named and not words.direct and (words.linked or not words.link):
        return place + 1
    if speaker is None and (words.linked or named or verb.doubtful or verb.participle):
        return place + 1
    return _keep(walk, verb, place, speaker, words)


def _content(walk: _Walk, place: int, verb: Verb) -> Words | None:
    """What the verb introduces; None where it takes an object, also one of which something is said («وصف X بأنه»)."""
    words = content_after(walk.view, place, walk.high, verb, walk.sentence)
    if words is None or not verb.describes or verb.object:
        return words
    plain = bool(words.link) and not words.link.startswith("ب") and not words.linked
    return words if plain or (words.direct and words.before == place + 1) else None


def _lacks(walk: _Walk, place: int, verb: Verb) -> bool:
    """Whether a verb that tells of speech only beside a certain word stands without it."""
    wanted = REQUIRED.get(verb.lemma)
    near = walk.view.folded[place + 1 : min(walk.high, place + 16)]
    return wanted is not None and not any(word.startswith(wanted) for word in near)


def _is_noun(walk: _Walk, place: int, verb: Verb, prefix: int) -> bool:
    """Whether a form stands as a noun, negated, or as «يذكر أن», which is the narrator's."""
    view = walk.view
    if view.starts(place) is not None or view.tokens[place].text[prefix + 1 : prefix + 2] == _DAMMA:
        return True  # a name, or passive
    before = view.folded[place - 1] if place > walk.low else ""
    if before in _BEFORE_NOUN and not prefix and not verb.participle and not verb.masdar:
        return True
    if verb.masdar or _lacks(walk, place, verb):
        return True
    impersonal = view.folded[place].removeprefix("و") in _IMPERSONAL
    return impersonal and place + 1 < walk.high and view.folded[place + 1] in COMPLEMENTISERS | {"الي"}


def _who(walk: _Walk, place: int, words: Words, verb: Verb, prefix: int) -> tuple[Speaker | None, bool]:
    """Who says it, and whether they are named beside the verb."""
    view, memory = walk.view, walk.memory
    if verb.participle:
        if place > walk.low and view.folded[place - 1] in _BEFORE_NOUN:  # a verbal noun: «منذ مطالبة X ب»
            found = speaker_of(view, after_verb(view, place, words.before, loose=False))
            return found, True
        return memory.dropped(verb, opening=False), False
    relative = place > walk.low and view.folded[place - 1] in RELATIVES
    if not prefix and place > walk.low:
        before = speaker_of(view, before_verb(view, place, walk.low), feminine=verb.feminine)
        if before is not None or relative:
            return before, before is not None
    phrase = after_verb(view, place, words.before, loose=not words.linked)
    sure = phrase is not None and not verb.doubtful and not words.linked and _is_subject(walk, place, phrase, verb)
    found = speaker_of(view, phrase, feminine=verb.feminine, sure=sure)
    if found is not None and not (verb.addressee and _is_addressee(walk, phrase)):
        return found, True
    if words.linked and phrase is not None and found is None:
        return None, False  # somebody is named who does not speak
    opening = place == walk.low or clause_start(view, place, walk.low) == walk.low
    return memory.dropped(verb, opening=opening), False


def _is_subject(walk: _Walk, place: int, phrase: Phrase, verb: Verb) -> bool:
    """Whether a phrase that nobody knows speaks, since it stands between verb and words."""
    word = walk.view.folded[phrase.first]
    return phrase.first == place + 1 and word not in ADVERBS and not verb.addressee and not word.isdigit()


def _is_addressee(walk: _Walk, phrase: Phrase | None) -> bool:
    """«أبلغ الصحفيين أن»: an object, not a subject, by its ending."""
    return phrase is not None and walk.view.folded[phrase.first].endswith("ين") and not phrase.person


def _passed_on(walk: _Walk, place: int, words: Words, speaker: Speaker | None) -> tuple[Speaker | None, Words]:
    """«قالت وكالة X نقلا عن Y إن»: Y speaks, X is the relay."""
    view = walk.view
    for at in range(place + 1, min(words.before, place + 16) - 1):
        if view.folded[at] == "نقلا" and view.folded[at + 1] == "عن":
            source = relays.named_at(view, at + 2, words.before)
            if source is not None and speaker is not None:
                walk.memory.relay = speaker.text if speaker.outlet else walk.memory.relay
                return source, words
    return speaker, words


def _with_object(walk: _Walk, place: int, verb: Verb, prefix: int) -> int:
    """A verb that takes an object directly (انتقد، أعلن، وصف): what follows the speaker."""
    view, speaker, named = walk.view, None, False
    start = place + 1
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
            elif verb.object or (prefix and place > walk.low):
                speaker = walk.memory.dropped(verb, opening=False)
        else:
            named = True
    if speaker is None or (verb.doubtful and not named):
        return place + 1
    start = _object_start(walk, start)
    if start is None:
        return place + 1
    return _keep(walk, verb, place, speaker, Words(before=start, start=view.tokens[start].start, bare=True))


def _is_object(walk: _Walk, phrase: Phrase) -> bool:
    """«وتتهم إسرائيل بعرقلة»: what is said of it follows at once, so the phrase is whom the verb is about."""
    view = walk.view
    return phrase.end < walk.high and view.folded[phrase.end][0] == "ب" and view.starts(phrase.end) is None


def _object_start(walk: _Walk, start: int) -> int | None:
    """The object's first word: after adverbs, and after «من X» or «على X» of the one who is asked."""
    view, start = walk.view, _past_adverbs(walk, start)
    if start < walk.high - 2 and view.folded[start] in {"من"}:
        phrase = noun_phrase(view, start + 1, walk.high, loose=False)
        start = _past_adverbs(walk, phrase.end) if phrase is not None else start
    if start < walk.high and ("،" in view.gap(start) or "," in view.gap(start)) and view.folded[start] in FRONT:
        start = next((p for p in range(start + 1, min(walk.high, start + 12)) if "،" in view.gap(p)), start)
    if start >= walk.high - 1 or view.folded[start] in _NO_OBJECT:
        return None
    gap = view.gap(start) if start < walk.high else "."
    return None if any(mark in gap for mark in ".؛:\n") or "(" in gap else start


def _past_adverbs(walk: _Walk, place: int) -> int:
    view = walk.view
    while place < walk.high and view.folded[place] in ADVERBS and view.starts(place) is None:
        place += 1
    return place


def _stands_in(walk: _Walk, place: int) -> int | None:
    """«جاء في البيان أن …», «توجه … بالقول: …»; None where it is neither."""
    view, said = walk.view, forms()["قال"]
    reported = view.folded[place].removeprefix("و") in {"جاء", "ورد"}
    if reported and (place + 1 >= walk.high or view.folded[place + 1] not in {"في", "فى"}):
        return None
    words = content_after(view, place + reported, walk.high, said, walk.sentence)
    if words is None or words.before - place > 14:
        return None
    if reported:
        speaker = speaker_of(view, noun_phrase(view, place + 2, words.before, loose=True))
    else:
        speaker = walk.memory.dropped(said, opening=False)
    return _keep(walk, said, place, speaker, words) if speaker is not None else None


def _relayed(walk: _Walk, place: int) -> int:
    """«نقلت صحيفة X عن Y قوله إن …»: the outlet passes on what Y said."""
    view, memory = walk.view, walk.memory
    about = _about(walk, place)
    if about is None:
        return _verb_cue(walk, place, replace(forms()["قال"], doubtful=True), int(view.folded[place][0] == "و"))
    outlet = _carrier(walk, place, about)
    cue = next((p for p in range(about + 1, min(walk.high, about + 22)) if _is_masdar(view, p)), about)
    said = view.verbs[cue][0] if cue > about else forms()["قال"]
    words = content_after(view, cue, walk.high, replace(said, doubtful=cue == about), walk.sentence)
    if words is None:
        return place + 1
    source = relays.named_at(view, about + 1, cue) if cue > about else None
    phrase = noun_phrase(view, about + 1, cue if cue > about else words.before, loose=True)
    speaker = speaker_of(view, phrase, feminine=said.feminine if cue > about else None, sure=True) or source
    if view.folded[about] in _ABOUT_THEM:
        speaker = memory.dropped(said, opening=True)
    elif speaker is None and cue > about + 1:
        speaker = speaker_of(view, Phrase(first=about + 1, end=min(cue, about + 9)), sure=True)
    if speaker is None:
        return place + 1
    if outlet is not None:
        memory.relay = outlet
    return _keep(walk, said, cue if cue > about else place, speaker, words)


def _about(walk: _Walk, place: int) -> int | None:
    """The word «عن», «على لسان» or «إلى» before whose words are passed on, or «عنه»."""
    view = walk.view
    ascribes = view.folded[place].removeprefix("و").startswith("نسب")
    for at in range(place + 1, min(walk.high, place + 16)):
        word = view.folded[at]
        if word == "عن" or word in _ABOUT_THEM or (word == "لسان" and view.folded[at - 1] == "علي"):
            return at
        if ascribes and word == "الي":
            return at
    return None


def _is_masdar(view: View, place: int) -> bool:
    found = view.verbs.get(place)
    return found is not None and (found[0].masdar or found[0].participle)


def _carrier(walk: _Walk, place: int, about: int) -> str | None:
    view = walk.view
    if about == place + 1:
        return None
    span = Span(start=view.tokens[place].end, end=view.tokens[about].start)
    carrier = speaker_of(view, after_verb(view, place, about, loose=True), sure=True)
    if carrier is not None and (carrier.outlet or carrier.head in _CARRIES):
        met = walk.memory.meet(replace(carrier, outlet=True))
        outlet = relays.outlet_in(view, span)
        return outlet if outlet is not None and met.text == carrier.text else met.text
    quoted = view.parsed.of(span).strip() if carrier is None else ""
    quoted = quoted.strip(' "«»“”') if quoted[:1] in tuple('"«“') else ""
    known = (one.text for one in reversed(walk.memory.known) if one.outlet and quoted in one.text)
    return relays.outlet_in(view, span) or (next(known, quoted) if quoted else None)


def _attributed(walk: _Walk, attribution: relays.Attribution) -> None:
    """A sentence that rests on «بحسب X» alone: all of it is what X said."""
    view, sentence = walk.view, walk.sentence
    start, end = sentence.start, attribution.marker.start
    if attribution.leading:
        low, high = view.parsed.range_of(Span(start=attribution.end, end=sentence.end))
        if low < high and view.folded[low] in {"فان", "فقد", "ان"}:
            low += 1
        start, end = view.tokens[low].start if low < high else sentence.end, sentence.end
    elif attribution.end < sentence.end - 40:
        return  # in the middle: what it covers is not sure
    end = trimmed_end(view.text, start, min(end, start + LONGEST))
    if end - start >= 20:
        words = Words(before=0, start=start, end=end)
        _add(walk, forms()["قال"], None, attribution.speaker, words, direct=False)


def _keep(walk: _Walk, verb: Verb, place: int | None, speaker: Speaker | None, words: Words) -> int:
    """Note a statement, and say at which word to go on."""
    view = walk.view
    end = words.end
    if end is None:
        plural = speaker is not None and (speaker.head.endswith(("ون", "ين", "ان")) or " و" in speaker.text)
        end = trimmed_end(view.text, words.start, clause_end(view, words, walk.sentence, plural=plural))
    least = 12 if words.bare else _SHORTEST
    if end - words.start < least:
        return (place if place is not None else walk.low) + 1
    _add(walk, verb, place, speaker, replace(words, end=end), direct=words.direct)
    after = max(view.parsed.range_of(Span(start=words.start, end=end))[1], (place or walk.low) + 1)
    if words.direct and after < walk.high and view.folded[after] in _AND_THAT:
        more = after_complementiser(view, after, walk.high, verb, walk.sentence)
        return _keep(walk, verb, place, speaker, more) if more is not None else after
    return after


def _add(walk: _Walk, verb: Verb, place: int | None, speaker: Speaker | None, words: Words, *, direct: bool) -> None:
    view, memory = walk.view, walk.memory
    if speaker is None:
        walk.found.append(_nobodys(view, place, verb, words, memory))
        return
    full = memory.meet(speaker)
    goes_on = memory.last is not None and _same(full, memory.last)
    relay = memory.relay or (memory.through if goes_on else None) or memory.base
    relay = None if full.outlet and relay in {memory.base, full.text} else relay
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


def _nobodys(view: View, place: int | None, verb: Verb, words: Words, memory: Memory) -> Statement:
    """A statement whose speaker the text does not give."""
    return Statement(
        span=Span(start=words.start, end=words.end or words.start), speaker=None, direct=words.direct,
        verb=_written(view, place, verb), strength=verb.strength, relay=memory.relay or memory.base,
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


__all__ = ["Strength", "find_statements", "statements_in"]
