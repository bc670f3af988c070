"""Who said what: the walk through an article, sentence by sentence, remembering who spoke last.

Patterns after the labelled news (see docs/how-it-understands.md): verb, speaker, إن and clause; verb, speaker, colon
or quotation; verb without a speaker (the one before); attribution without a verb («بحسب …»); an outlet that passes
words on («نقلت … عن … قوله»). A speaker who is dropped gets the fullest name the text gave; the outlet on which a
whole article rests stays the relay until another is named.
"""

from dataclasses import replace

from summaries.reading import Parsed, Reading
from summaries.statements import outlets, relays
from summaries.statements.clauses import LONGEST, Words, content_after, quotation_before, trimmed_end
from summaries.statements.lexemes import REPEATING, REQUIRED
from summaries.statements.objects import NO_OBJECT, past_adverbs, with_object
from summaries.statements.openings import main_subject, titled
from summaries.statements.passing import RELAYING, relayed
from summaries.statements.phrases import noun_phrase
from summaries.statements.speakers import Memory, Speaker, speaker_of
from summaries.statements.subjects import after_verb
from summaries.statements.verbs import ALSO_PREPOSITIONS, COMPLEMENTISERS, Verb, forms
from summaries.statements.view import CLOSING, OPENING, View
from summaries.statements.walk import Walk, add, keep
from summaries.statements.who import BEFORE_NOUN, passed_on, who
from summaries.statements.words import folded
from summaries.types import Span, Statement, Strength

_STANDS_IN = folded("جاء وجاء ورد وورد بالقول القول")
_REPORTED = folded("جاء وجاء ورد وورد")
_IMPERSONAL = folded("يذكر تبين يتبين يعتقد يتوقع يعتبر يشار يقال قيل تجدر يقدر")
_DAMMA = "\u064f"
_RECITED = folded("تعالى سبحانه عزوجل")
_TITLED = folded("كتاب رواية قصة ديوان قصيدة مسرحية فيلم أغنية مسلسل بعنوان عنوان سلسلة برنامج كتابه روايته")


def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """The statements of an article's body, in order of their words. Offsets count in `article.text`."""
    return statements_in(reading.body)


def statements_in(body: Parsed) -> tuple[Statement, ...]:
    """The statements of a text."""
    walk = Walk(View(body))
    for number, sentence in enumerate(body.sentences):
        _sentence(walk, sentence, opening=number < 2)
    return tuple(sorted(walk.found, key=lambda statement: statement.span.start))


def _sentence(walk: Walk, sentence: Span, *, opening: bool) -> None:
    view, memory = walk.view, walk.memory
    walk.sentence = sentence
    walk.low, walk.high = view.parsed.range_of(sentence)
    if walk.low >= walk.high:
        return
    memory.before, memory.sentence = memory.subject, sentence.start
    memory.subject = main_subject(walk)
    if memory.subject is not None and memory.subject.outlet:
        memory.known.append(memory.subject)
    attributed = relays.attributions(view, sentence)
    memory.asked = outlets.outlets_asked(view, sentence)
    named = None
    for attribution in attributed:
        named = _outlet_of(memory, attribution.speaker) or named
    if opening and attributed:
        memory.base = named or next((one.text for one in memory.asked if one.sure), memory.base)
    memory.relay = named
    count = len(walk.found)
    place = titled(walk) or walk.low
    while place < walk.high:
        place = _word(walk, place)
    if len(walk.found) == count and attributed:
        _attributed(walk, attributed[-1] if not attributed[0].leading else attributed[0])


def _outlet_of(memory: Memory, speaker: Speaker) -> str | None:
    met = memory._meant(speaker) or speaker
    return met.text if met.outlet else None


def _word(walk: Walk, place: int) -> int:
    """Look at one word; the place at which to go on."""
    view, word = walk.view, walk.view.folded[place]
    if word in RELAYING:
        after = relayed(walk, place)
        said = forms()["قال"]
        return after if after is not None else _verb_cue(walk, place, said, int(word.startswith("و")))
    if word in _STANDS_IN:
        found = _stands_in(walk, place)
        if found is not None:
            return found
    cue = view.verbs.get(place)
    if cue is None or _is_noun(walk, place, *cue):
        return place + 1
    return _verb_cue(walk, place, *cue)


def _verb_cue(walk: Walk, place: int, verb: Verb, prefix: int) -> int:
    """What is said with a verb of saying, and by whom; the place at which to go on."""
    words = _content(walk, place, verb)
    if words is None and (verb.bare or verb.describes) and not (verb.doubtful and verb.participle):
        return with_object(walk, place, verb, prefix)
    if words is None:
        return _quoted_before(walk, place, verb, prefix)
    speaker, named = who(walk, place, words, verb, prefix)
    speaker, words = passed_on(walk, place, words, speaker)
    if _is_of_feeling(walk, place, verb):
        verb = replace(verb, doubtful=False)
    if verb.doubtful and not named and not words.direct and (words.linked or not words.link):
        return place + 1
    if speaker is None and (words.linked or named or verb.doubtful or verb.participle):
        return place + 1
    return keep(walk, verb, place, speaker, words)


def _is_of_feeling(walk: Walk, place: int, verb: Verb) -> bool:
    """«وعبر عن»: with its preposition right behind it the verb is no preposition."""
    after = walk.view.folded[place + 1 : min(walk.high, place + 3)]
    return verb.lemma == "عبر" and len(after) == 2 and after[0] in verb.links and after[1] != "طريق"


def _quoted_before(walk: Walk, place: int, verb: Verb, prefix: int) -> int:
    """«"…"، يقول فلان»: the quotation that ends right before the verb; the place at which to go on."""
    view = walk.view
    words = None if prefix or verb.participle else quotation_before(view, place, walk.sentence)
    if words is None or (walk.found and walk.found[-1].span.end > words.start):
        return place + 1
    phrase = after_verb(view, place, walk.high, loose=False) or after_verb(view, place, walk.high, loose=True)
    speaker = speaker_of(view, phrase, feminine=verb.feminine, sure=verb.form not in ALSO_PREPOSITIONS)
    if speaker is None or phrase is None:
        return place + 1
    keep(walk, verb, place, speaker, words)
    return phrase.end


def _content(walk: Walk, place: int, verb: Verb) -> Words | None:
    """What the verb introduces; None where it takes an object, also one of which something is said («وصف X بأنه»)."""
    words = content_after(walk.view, place, walk.high, verb, walk.sentence)
    if (
        words is not None
        and verb.strength is Strength.DENY
        and words.link
        and _object_between(walk, place, words)
    ):
        return None
    if words is None or not verb.describes or verb.object:
        return words
    plain = bool(words.link) and not words.link.startswith("ب") and not words.linked
    return words if plain or (words.direct and words.before == place + 1) else None


def _object_between(walk: Walk, place: int, words: Words) -> bool:
    """Whether the thing denied stands between the speaker and a later «أن» («نفى الوزير الخبر، مؤكدا أن»)."""
    view, phrase = walk.view, after_verb(walk.view, place, words.before, loose=False)
    own = view.verbs.get(words.before - 1)
    if own is not None and own[0].participle and own[0].lemma == "قال":
        return False  # «نفى الخبر قائلا إن»
    if phrase is None or words.before - phrase.end < 2:
        return False
    at = past_adverbs(walk, phrase.end)
    return (
        at < words.before
        and view.folded[at] not in NO_OBJECT
        and "،" not in view.gap(at)
        and at not in view.verbs
    )


def _lacks(walk: Walk, place: int, verb: Verb) -> bool:
    """Whether a verb that tells of speech only beside a certain word stands without it."""
    wanted = REQUIRED.get(verb.lemma)
    near = walk.view.folded[place + 1 : min(walk.high, place + 16)]
    return wanted is not None and not any(word.startswith(wanted) for word in near)


def _is_noun(walk: Walk, place: int, verb: Verb, prefix: int) -> bool:
    """Whether a form stands as a noun, negated, or as «يذكر أن», which is the narrator's."""
    view = walk.view
    written = view.tokens[place].text
    if view.starts(place) is not None or written[prefix + 1 : prefix + 2] == _DAMMA:
        return True  # a name, or passive
    if verb.object and written.endswith("ة"):
        return True  # «عدة», not «عدّه»
    if _names_or_recites(walk, place, verb, written):
        return True
    before = view.folded[place - 1] if place > walk.low else ""
    if (
        before in BEFORE_NOUN
        and "،" not in view.gap(place)
        and not prefix
        and not verb.participle
        and not verb.masdar
    ):
        return True
    if verb.masdar or _lacks(walk, place, verb):
        return True
    if verb.participle and verb.lemma in REPEATING and "،" not in view.gap(place):
        return True  # «مجددا» is «again»
    impersonal = view.folded[place].removeprefix("و") in _IMPERSONAL
    return impersonal and place + 1 < walk.high and view.folded[place + 1] in COMPLEMENTISERS | {"الي"}


def _names_or_recites(walk: Walk, place: int, verb: Verb, written: str) -> bool:
    """«ويدعى سالم» names somebody, «قال تعالى» recites, and «كتاب «قال الراوي»» is a title."""
    view = walk.view
    following = view.folded[place + 1] if place + 1 < walk.high else ""
    if verb.lemma == "ادعى" and written.endswith("دعى"):
        return following not in COMPLEMENTISERS
    if verb.lemma == "قال" and following in _RECITED:
        return True
    title = place > walk.low and any(mark in view.gap(place) for mark in OPENING)
    return title and view.folded[place - 1].removeprefix("ال") in _TITLED


def _stands_in(walk: Walk, place: int) -> int | None:
    """«جاء في البيان أن …», «توجه … بالقول: …»; None where it is neither."""
    view, said = walk.view, forms()["قال"]
    reported = view.folded[place] in _REPORTED
    if reported and (place + 1 >= walk.high or view.folded[place + 1] not in {"في", "فى"}):
        return None
    words = content_after(view, place + reported, walk.high, said, walk.sentence)
    if words is None or words.before - place > 14:
        return None
    if reported:
        speaker = speaker_of(view, noun_phrase(view, place + 2, words.before, loose=True))
    else:
        speaker = walk.memory.dropped(said, opening=False)
    return keep(walk, said, place, speaker, words) if speaker is not None else None


def _after_leading(view: View, low: int, high: int) -> int:
    """The first word of what is told after «بحسب X، فإن …», where X may be longer than what was read of it."""
    for place in range(low, min(high, low + 8)):
        if view.folded[place] in {"فان", "فقد", "ان"}:
            return place + 1
        if place > low and "،" in view.gap(place):
            return place
    return low


def _attributed(walk: Walk, attribution: relays.Attribution) -> None:
    """A sentence that rests on «بحسب X» alone: all of it is what X said."""
    view, sentence = walk.view, walk.sentence
    start, end = sentence.start, attribution.marker.start
    if attribution.leading:
        low, high = view.parsed.range_of(Span(start=attribution.end, end=sentence.end))
        low = _after_leading(view, low, high)
        start, end = view.tokens[low].start if low < high else sentence.end, sentence.end
    elif attribution.end < sentence.end - 40:
        return  # in the middle: what it covers is not sure
    end = trimmed_end(view.text, start, min(end, start + LONGEST))
    told = view.text[start:end]
    direct = told[:1] in tuple(OPENING) and not any(mark in told[1:] for mark in OPENING + CLOSING)
    start += direct
    if end - start >= 20:
        words = Words(before=0, start=start, end=end)
        add(walk, forms()["قال"], None, attribution.speaker, words, direct=direct)
