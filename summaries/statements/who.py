"""Who says the words of a verb of saying: whoever is named beside it, or is meant."""

from summaries.statements import relays
from summaries.statements.clauses import Words
from summaries.statements.lexemes import ADDRESSING
from summaries.statements.phrases import Phrase, noun_phrase
from summaries.statements.speakers import Speaker, speaker_of
from summaries.statements.subjects import after_verb, as_for, before_verb, clause_start, of_two
from summaries.statements.verbs import ALSO_PREPOSITIONS, Verb
from summaries.statements.view import View
from summaries.statements.walk import Walk
from summaries.statements.words import ADVERBS, RELATIVES, TO_PRONOUNS, folded

BEFORE_NOUN = folded(
    "لم لن لا على في من إلى عن بعد قبل دون هذا أي كل مع بين عدم حول خلال ذلك تلك هذه غير حق أو منذ إثر "
    "عقب رغم مما وراء"
)
_MASCULINE = folded(
    "المجلس مجلس الجيش جيش الرئيس رئيس الوزير وزير المبعوث مبعوث الكونغرس البيت الحزب حزب الأمين أمين"
)
_AS_FEMININE = folded("الدول الفصائل القوى الأحزاب الشركات العواصم البلدان")
_LISTENING = TO_PRONOUNS | folded("هذا هذه كل من")
_LATTER = folded("الأخير الأخيرة")


def who(walk: Walk, place: int, words: Words, verb: Verb, prefix: int) -> tuple[Speaker | None, bool]:
    """Who says it, and whether they are named beside the verb."""
    view, memory = walk.view, walk.memory
    if verb.participle:
        if place > walk.low and view.folded[place - 1] in BEFORE_NOUN:  # a verbal noun: «منذ مطالبة X ب»
            found = speaker_of(view, after_verb(view, place, words.before, loose=False))
            return found, True
        return memory.dropped(verb, opening=False), False
    relative = place > walk.low and view.folded[place - 1] in RELATIVES
    if prefix and view.folded[place].startswith("ف"):
        topic = as_for(view, place, walk.low)
        if topic is not None:
            return speaker_of(view, topic, feminine=verb.feminine), True
    if not prefix and place > walk.low:
        before = speaker_of(view, before_verb(view, place, walk.low), feminine=verb.feminine)
        if before is not None or (relative and not verb.object):
            return before, before is not None
    phrase = after_verb(view, place, words.before, loose=not words.linked or verb.lemma not in ADDRESSING)
    if phrase is None and words.linked:
        again = walk.memory.named_again(view, place + 1) if place + 1 < words.before else None
        phrase = again or (of_two(view, place, words.before) if verb.addressee else None)
    sure = (
        phrase is not None
        and (not verb.doubtful or _fills(walk, place, phrase, words, verb))
        and not words.linked
        and _is_subject(walk, place, phrase, verb)
    )
    found = speaker_of(view, phrase, feminine=verb.feminine, sure=sure)
    if phrase is not None and view.folded[phrase.first] in _LATTER:
        found = memory.latter(view, phrase.first) or found
    if found is not None and not (verb.addressee and _is_addressee(walk, phrase, verb)):
        shared = _shared(walk, place, words, verb, prefix, phrase)
        return shared or found, True
    if words.linked and phrase is not None and found is None:
        return None, False  # somebody is named who does not speak
    opening = place == walk.low or clause_start(view, place, walk.low) == walk.low
    return memory.dropped(verb, opening=opening), False


def _fills(walk: Walk, place: int, phrase: Phrase, words: Words, verb: Verb) -> bool:
    """Whether nothing but a phrase and an aside stands between a form that is often another word and what is said:
    then it speaks («وكتب الناقد فلان أن», «وذكر فلان، وهو ناقد، أن»). «بين» and the like are prepositions.
    """
    aside = all("،" in walk.view.gap(at) for at in (phrase.end, words.before))
    return (
        (phrase.end == words.before or aside)
        and verb.form not in ALSO_PREPOSITIONS
        and phrase.first not in walk.view.verbs
    )


def _is_subject(walk: Walk, place: int, phrase: Phrase, verb: Verb) -> bool:
    """Whether a phrase that nobody knows speaks, since it stands between verb and words."""
    word = walk.view.folded[phrase.first]
    owned = walk.view.tokens[phrase.first].text.endswith(("ه", "ها", "هم"))
    return (
        all(before in _LISTENING for before in walk.view.folded[place + 1 : phrase.first])
        and word not in ADVERBS
        and not (verb.addressee or owned or word.isdigit())
    )


def _shared(
    walk: Walk, place: int, words: Words, verb: Verb, prefix: int, phrase: Phrase | None
) -> Speaker | None:
    """«أعربت باريس عن قلقها، وطالبت إيران بالعودة»: whoever spoke in the sentence asks the only one that is named."""
    last = walk.memory.last
    alone = phrase is not None and phrase.end == words.before and words.linked
    if not (prefix and place > walk.low and alone and verb.lemma in ADDRESSING) or last is None:
        return None
    return last if last.span.start >= walk.sentence.start and last.feminine == verb.feminine else None


def _is_addressee(walk: Walk, phrase: Phrase | None, verb: Verb) -> bool:
    """«أبلغ الصحفيين أن», «ودعت المجلس إلى»: an object, not a subject, by its ending or its gender."""
    if phrase is None:
        return False
    head = walk.view.folded[phrase.first]
    plural = head.endswith("ين") and head not in _MASCULINE
    written = walk.view.tokens[phrase.first].text
    if verb.feminine is False and head.startswith("ال") and not phrase.person and (
        written.endswith(("ة", "ات")) or head in _AS_FEMININE
    ):  # fmt: skip
        return True  # «ودعا الحكومة إلى»: she would have a feminine verb
    return (plural and not phrase.person) or (verb.feminine is True and head in _MASCULINE)


def passed_on(walk: Walk, place: int, words: Words, speaker: Speaker | None) -> tuple[Speaker | None, Words]:
    """«قالت وكالة X نقلا عن Y إن»: Y speaks, X is the relay; «قالت الوزارة على لسان Y إن»: Y speaks."""
    view = walk.view
    for at in range(place + 1, min(words.before, place + 16) - 1):
        if view.folded[at] == "نقلا" and view.folded[at + 1] == "عن":
            source = relays.named_at(view, at + 2, words.before)
            if source is not None and speaker is not None:
                walk.memory.given = walk.memory.meet(speaker).text if speaker.outlet else None
                return source, words
    mouth = by_mouth_of(view, place + 1, words.before) if speaker is not None else None
    return mouth or speaker, words


def by_mouth_of(view: View, low: int, high: int) -> Speaker | None:
    """«الوزارة، على لسان فلان»: whoever speaks for another."""
    for at in range(low, high - 2):
        if view.folded[at] == "علي" and view.folded[at + 1] == "لسان":
            return speaker_of(view, noun_phrase(view, at + 2, high, loose=True))
    return None
