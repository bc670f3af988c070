"""Who said what: the walk through an article, sentence by sentence, remembering who spoke last.

Patterns after the labelled news (see docs/how-it-understands.md): verb, speaker, إن and clause; verb, speaker, colon
or quotation; verb without a speaker (the one before); attribution without a verb («بحسب …»); an outlet that passes
words on («نقلت … عن … قوله»). A speaker who is dropped gets the fullest name the text gave; the outlet on which a
whole article rests stays the relay until another is named.
"""

from dataclasses import dataclass, field, replace

from summaries.names import Kind
from summaries.reading import Parsed, Reading
from summaries.statements import relays, speakers
from summaries.statements.clauses import Words, clause_end, content_after, trimmed_end
from summaries.statements.speakers import Speaker
from summaries.statements.verbs import NEEDS_COMPLEMENT, Verb, forms, verb_of
from summaries.text import fold
from summaries.types import Span, Statement, Strength

_RELAYING = frozenset(fold(w) for w in ("نقل", "نقلت", "ونقل", "ونقلت", "تنقل", "ينقل", "ونسبت", "نسبت"))
_HIS_WORDS = frozenset(
    fold(w) for w in ("قوله", "قولها", "قولهم", "قولهما", "بقوله", "بقولها", "تأكيده", "تأكيدها", "تأكيدهم")
)
_UNNAMED = frozenset(
    fold(w)
    for w in ("مسؤول مسؤولون مسؤولين مسؤولان مصدر مصادر المصدر المصادر المسؤول المسؤولون المسؤولين مسئول مسئولون "
              "مسئولين مسئولان المسئول دبلوماسي دبلوماسيون أحد بعض شخص أشخاص مطلعون مطلع مقربون").split()
)  # fmt: skip


@dataclass(slots=True)
class _State:
    """What the walk remembers."""

    known: list[Speaker] = field(default_factory=list)  # fullest forms, in order
    last: Speaker | None = None
    base: str | None = None  # the outlet on which the whole article rests
    relay: str | None = None  # of this sentence, and of what the same speaker goes on to say
    through: str | None = None  # whom `relay` carried last
    found: list[Statement] = field(default_factory=list)
    taken: int = -1  # words up to here belong to a statement already


def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """The statements of an article's body, in order of their words. Offsets count in `article.text`."""
    body, state = reading.body, _State()
    for number, sentence in enumerate(body.sentences):
        _sentence(body, sentence, state, opening=number < 2)
    return tuple(sorted(state.found, key=lambda statement: statement.span.start))


def _sentence(parsed: Parsed, sentence: Span, state: _State, *, opening: bool) -> None:
    named = relays.outlet_asked(parsed, sentence)
    attributed = relays.attributions(parsed, sentence)
    for attribution in attributed:
        named = relays.outlet_in(parsed, attribution.phrase) or named
    if opening and attributed and named is not None:
        state.base = named
    state.relay = named or state.base
    found = len(state.found)
    low, high = parsed.range_of(sentence)
    place = low
    while place < high:
        place = _token(parsed, place, low, high, sentence, state)
    if len(state.found) == found and attributed:
        _attributed(parsed, attributed[0], sentence, state, opening=opening)


def _token(parsed: Parsed, place: int, low: int, high: int, sentence: Span, state: _State) -> int:
    """Look at one word; the place at which to go on."""
    token = parsed.tokens[place]
    if token.folded in _RELAYING:
        return _relayed(parsed, place, high, sentence, state)
    if token.folded in _STANDS_IN and place + 1 < high:
        return _stands_in(parsed, place, high, sentence, state)
    verb = verb_of(token.folded)
    if verb is None or token.start < state.taken or _is_noun(parsed, place, low, verb[0], verb[1]):
        return place + 1
    describes = verb[0].lemma in {"وصف", "اتهم"}
    words = None if describes else content_after(parsed, place, high, verb[0], sentence)
    if words is None and (verb[0].bare or describes):
        words = _bare_object(parsed, place, low, high, sentence)
    if words is None or (words.bare and verb[0].form in NEEDS_COMPLEMENT):
        return place + 1
    speaker = _who(parsed, place, low, words, verb[0], verb[1], state, sentence)
    if speaker is None and (words.bare or not state.last):
        return place + 1
    _keep(parsed, verb[0], speaker, words, state)
    return max(place + 1, parsed.range_of(Span(start=words.start, end=words.start + 1))[1])


def _is_noun(parsed: Parsed, place: int, low: int, verb: Verb, prefix: int) -> bool:
    """Whether a form stands as a noun, negated, or as «يذكر أن», which is the narrator's."""
    before = parsed.tokens[place - 1].folded if place > low else ""
    if before in _BEFORE_NOUN and not prefix:
        return True
    return (
        verb.form in _NARRATORS_OWN
        and place + 1 < len(parsed.tokens)
        and parsed.tokens[place + 1].folded == "ان"
    )


_BEFORE_NOUN = frozenset(fold(w) for w in "لم لن على في من إلى عن بعد قبل دون هذا أي كل مع".split())
_NARRATORS_OWN = frozenset(fold(w) for w in ("يذكر", "يعتقد", "متوقعا", "يتوقع", "يعتبر"))
_STANDS_IN = frozenset(fold(w) for w in ("جاء", "وجاء", "ورد", "وورد", "بالقول", "القول"))


def _stands_in(parsed: Parsed, place: int, high: int, sentence: Span, state: _State) -> int:
    """«جاء في البيان أن …», «توجه … بالقول: …»."""
    said = forms()[fold("قال")]
    words = content_after(parsed, place, high, said, sentence)
    if words is None or words.before - place > 12:
        return place + 1
    if parsed.tokens[place].folded.removeprefix("و") in {"جاء", "ورد"}:
        if parsed.tokens[place + 1].folded not in {"في", "فى"}:
            return place + 1
        speaker = speakers.after_verb(parsed, place + 1, words.before)
    else:
        speaker = _subject(parsed, place, parsed.range_of(sentence)[0], state, sentence)
    if speaker is None:
        return place + 1
    _keep(parsed, said, speaker, words, state)
    return max(place + 1, parsed.range_of(Span(start=words.start, end=words.start + 1))[1])


def _who(
    parsed: Parsed, place: int, low: int, words: Words, verb: Verb, prefix: int, state: _State, sentence: Span
) -> Speaker | None:
    if verb.participle:
        return _subject(parsed, place, low, state, sentence)
    found = speakers.after_verb(parsed, place, words.before) or (
        speakers.before_verb(parsed, place, low) if not prefix else None
    )
    if found is None:
        return state.last if prefix or place == low or not words.bare else None
    return found


def _subject(parsed: Parsed, place: int, low: int, state: _State, sentence: Span) -> Speaker | None:
    """Whom a participle belongs to: who spoke in this sentence, else the subject of its first verb or noun."""
    if state.last is not None and state.last.span.start >= sentence.start:
        return state.last
    if state.found and state.found[-1].span.start >= sentence.start:
        return state.last
    for first in range(low, min(place, low + 3)):
        found = speakers.after_verb(parsed, first, place)
        if found is not None:
            return found
    return speakers.before_verb(parsed, low + 1, low) or state.last


def _bare_object(parsed: Parsed, place: int, low: int, high: int, sentence: Span) -> Words | None:
    """The object of a verb that takes one directly (انتقد، أعلن، وصف): what follows the speaker."""
    subject_before = speakers.before_verb(parsed, place, low)
    start = place + 1
    if subject_before is None or place == low:
        end = _speaker_end(parsed, place, high)
        if end is None:
            return None
        start = end
    if start >= high:
        return None
    begin = parsed.tokens[start].start
    end_at = trimmed_end(parsed.text, begin, clause_end(parsed, begin, sentence))
    if end_at - begin < 12 or len(parsed.tokens_in(Span(start=begin, end=end_at))) < 2:
        return None
    return Words(before=start, start=begin, end=end_at, direct=False, bare=True)


def _speaker_end(parsed: Parsed, place: int, high: int) -> int | None:
    """The token after the last name of the subject that follows a verb, or None where it begins with none."""
    span = Span(start=parsed.tokens[place].end, end=parsed.tokens[min(high - 1, place + 9)].end)
    reach = None
    for mention in parsed.mentions_in(span):
        first = parsed.range_of(Span(start=mention.start, end=mention.end))[0]
        if reach is None and first - place > 4:
            break
        if reach is not None and first > reach + 1:
            break
        if mention.name.kind in speakers.SPEAKING_KINDS or mention.name.kind in {Kind.DEMONYM, Kind.TITLE}:
            reach = parsed.range_of(Span(start=mention.start, end=mention.end))[1]
            if mention.name.kind is Kind.PERSON:
                break
    return reach


def _relayed(parsed: Parsed, place: int, high: int, sentence: Span, state: _State) -> int:
    """«نقلت صحيفة X عن Y قوله إن …»: the outlet passes on what Y said."""
    about = next(
        (p for p in range(place + 1, min(high, place + 14)) if parsed.tokens[p].folded == "عن"), None
    )
    if about is None:
        return place + 1
    outlet = relays.outlet_in(parsed, Span(start=parsed.tokens[place].end, end=parsed.tokens[about].start))
    if outlet is None:
        carrier = speakers.after_verb(parsed, place, about)
        outlet = carrier.text if carrier else None
    said = forms()[fold("قال")]
    words = content_after(parsed, about, high, said, sentence)
    if words is None:
        return place + 1
    stop = next(
        (p for p in range(about + 1, words.before) if parsed.tokens[p].folded in _HIS_WORDS), words.before
    )
    speaker = speakers.after_verb(parsed, about, stop)
    if outlet is not None:
        state.relay = outlet
    _keep(parsed, said, speaker, words, state)
    return max(place + 1, parsed.range_of(Span(start=words.start, end=words.start + 1))[1])


def _attributed(
    parsed: Parsed, attribution: relays.Attribution, sentence: Span, state: _State, *, opening: bool
) -> None:
    """A sentence that rests on «بحسب X» alone: all of it is what X said."""
    start, end = sentence.start, attribution.marker.start
    if attribution.leading:
        start, end = _after_leading(parsed, attribution, sentence), sentence.end
    elif attribution.phrase.end < sentence.end - 40:
        return  # in the middle: what it covers is not sure
    end = trimmed_end(parsed.text, start, end)
    if end - start < 20:
        return
    text = parsed.of(attribution.phrase)
    speaker = Speaker(text=text, span=attribution.phrase)
    words = Words(before=0, start=start, end=end, direct=False)
    _keep(parsed, forms()[fold("قال")], speaker, words, state, verbless=True)


def _after_leading(parsed: Parsed, attribution: relays.Attribution, sentence: Span) -> int:
    low, high = parsed.range_of(Span(start=attribution.phrase.end, end=sentence.end))
    if low < high and parsed.tokens[low].folded in {"فان", "فقد", "ان"}:
        low += 1
    return parsed.tokens[low].start if low < high else sentence.end


def _keep(
    parsed: Parsed,
    verb: Verb,
    speaker: Speaker | None,
    words: Words,
    state: _State,
    *,
    verbless: bool = False,
) -> None:
    speaker = speaker or state.last
    if speaker is None:
        return
    full = _fullest(speaker, state)
    own = relays.outlet_in(parsed, full.span) is not None and _is_outlet(parsed, full.span)
    goes_on = state.last is not None and full.text == state.last.text and state.relay == state.base
    state.relay = state.through if goes_on and state.through else state.relay
    state.through = None if own else state.relay
    state.last = full
    mentions = parsed.mentions_in(full.span)
    side = next((m.name.side for m in mentions if m.name.side), None)
    state.found.append(
        Statement(
            span=Span(start=words.start, end=words.end),
            speaker=full.text,
            direct=words.direct,
            verb=None if verbless else verb.lemma,
            strength=verb.strength if not verbless else Strength.SAY,
            side=side,
            relay=None if own else state.relay,
            unnamed=fold(full.text.split()[0]) in _UNNAMED
            and not any(m.name.kind is Kind.PERSON for m in mentions),
            speaker_span=full.span,
            link=words.link or None,
        )
    )
    state.taken = words.start


def _is_outlet(parsed: Parsed, span: Span) -> bool:
    return not any(m.name.kind in speakers.SPEAKING_KINDS - {Kind.OUTLET, Kind.AGENCY} and m.start < span.start + 8
                   for m in parsed.mentions_in(span))  # fmt: skip


def _fullest(speaker: Speaker, state: _State) -> Speaker:
    """The speaker under the fullest form given: «الصحيفة» is the newspaper named before."""
    if speakers.is_anaphor(speaker.text):
        head = fold(speaker.text.split()[0]).removeprefix("ال")
        for known in reversed(state.known):
            words = [fold(word).removeprefix("ال") for word in known.text.split()]
            if head in words[:2] and len(words) > 1:
                return replace(known)
    if speaker not in state.known:
        state.known.append(speaker)
    return speaker
