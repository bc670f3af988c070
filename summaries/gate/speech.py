"""Who says what in a sentence, and how strongly; written for summaries as well as for their sources.

Looser than `summaries.statements`: a paraphrase says «كما شدد فلان», «في رأي فلان», «بحسب فلان», at either end.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summaries.gate.actors import Actor, places_of
from summaries.gate.pair import Term, clause_of
from summaries.gate.places import beginning, covers, touching
from summaries.gate.subjects import subject
from summaries.names import Kind
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS, verb_of
from summaries.text import fold, forms_of, verb_forms

SAY = "say"
ASSERT = "assert"
CLAIM = "claim"
SUGGEST = "suggest"
DENY = "deny"
DEMAND = "demand"
ORDER = "order"
WARN = "warn"
THREATEN = "threaten"
ACCUSE = "accuse"
CONDEMN = "condemn"
PROVE = "prove"
ADMIT = "admit"
PROMISE = "promise"
ANNOUNCE = "announce"
ASK = "ask"
HINT = "hint"
_CLASSES = {
    "قال ذكر أضاف تابع أكمل استطرد أردف أوضح بيّن أشار لفت نوه صرح أفاد أورد أجاب علق كتب أبلغ أخبر أعرب عبر أبدى": SAY,
    "رأى اعتقد اعتبر توقع رجح": SUGGEST,
    "ألمح لمّح": HINT,
    "أكد شدد أصر جزم جدد": ASSERT,
    "نفى أنكر": DENY,
    "زعم ادعى تذرع": CLAIM,
    "حذر": WARN,
    "هدد توعد": THREATEN,
    "طالب دعا حث ناشد": DEMAND,
    "طلب": ASK,
    "اتهم انتقد": ACCUSE,
    "ندد دان أدان استنكر": CONDEMN,
    "وصف": SUGGEST,
    "أعلن كشف": ANNOUNCE,
    "أقر اعترف": ADMIT,
    "روى غرد عقب شرح أطلع استدرك اختتم اشتكى": SAY,
    "استهجن شجب": CONDEMN,
    "لوح أنذر": THREATEN,
    "فند دحض كذب": DENY,
    "ظن ارتأى استبعد اقترح": SUGGEST,
    "نبه": WARN,
    "حض اشترط": DEMAND,
    "تعهد أقسم": PROMISE,
}
CLASS_OF = {fold(word): strength for words, strength in _CLASSES.items() for word in words.split()}
_MORE = {
    form: strength
    for words, strength in (
        ("أثبت/يثبت برهن/يبرهن دلل/يدلل", PROVE), ("أمر/يأمر أوعز/يوعز فرض/يفرض", ORDER),
        ("تعهد/يتعهد وعد", PROMISE), ("نبه/ينبه", WARN), ("أنذر/ينذر", THREATEN), ("كذب/يكذب دحض/يدحض", DENY),
        ("ظن/يظن خمن/يخمن استبعد/يستبعد", SUGGEST),
        ("لمح/يلمح أوحى/يوحي", HINT), ("جزم/يجزم حسم/يحسم قطع/يقطع", ASSERT),
        ("سمع/يسمع", SAY), ("عزا/يعزو", SAY), ("اشترط/يشترط", DEMAND),
        ("هاجم/يهاجم", ACCUSE), ("شجب/يشجب", CONDEMN), ("توسل/يتوسل استجدى/يستجدي التمس/يلتمس", ASK),
        ("اقترح/يقترح عرض/يعرض", SUGGEST),
        ("تمنى/يتمنى أمل/يأمل رجا/يرجو", SUGGEST), ("تساءل/يتساءل", SUGGEST), ("شكك/يشكك", SUGGEST),
    )
    for word in words.split()
    for form in verb_forms(word)
}  # fmt: skip
_MORE |= dict.fromkeys(verb_forms("توعد/يتوعد"), THREATEN)  # «توعد» is a form of «وعد» too
CONDEMNING = forms_of(
    "ندد/يندد دان/يدين أدان/يدين استنكر/يستنكر شجب/يشجب استهجن/يستهجن انتقد/ينتقد هاجم/يهاجم احتج/يحتج اعترض/يعترض "
    "عارض/يعارض ذم/يذم لام/يلوم وبخ/يوبخ تحفظ/يتحفظ",
    "تنديد إدانة استنكار شجب استهجان انتقاد احتجاج اعتراض معارضة تحفظ",
)
_ATTRIBUTING = frozenset(fold(w) for w in "بحسب حسب وفق وفقا طبقا حسبما".split())
_NOUNS = frozenset(fold(w) for w in "رأي قول نظر تعبير وصف لسان تقدير تأكيد زعم تصريح".split())
_NOT_SPEECH = frozenset(
    fold(w)
    for w in (
        "بينهم بينها بينهما بينهن يزيد تزيد وتزيد ويزيد وفق وقف علق تعلق بعد وجد لم لا ورد أعرض رد الرد "
        "تعرض تعرضت وتعرض وتعرضت"
    ).split()
)
_ENDS_IN_ALEF = frozenset(
    fold(w) for w in ("دعا ودعا قالوا أكدوا قائلا قالا رجا لافتا داعيا نافيا زاعما واصفا").split()
)
_ANSWER = frozenset(("رد", "ورد", "ردت", "وردت", "فرد", "فردت"))
_BEFORE_NOUN = frozenset(fold(w) for w in "في على من إلى عن قبل بعد دون هذا أي كل مع بلا".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What somebody says. `at` is the verb's token, `low` to `high` the words; `strength` is None where a
    preposition alone attributes it.
    """

    at: int
    actor: Actor | None
    strength: str | None
    low: int
    high: int
    carried: bool = False  # the actor is the one before, for the verb has none
    fresh: bool = True  # begins a clause of its own, and is not part of what another says
    whole: bool = False  # «كما شدد فلان»: what is said is all the rest of the sentence


def speeches(
    parsed: Parsed, actors: tuple[Actor, ...], low: int, high: int, last: Actor | None = None
) -> tuple[Speech, ...]:
    """What is said between two tokens, in order; `last` spoke right before."""
    found = list(_verbs(parsed, actors, low, high, last))
    found += _attributed(parsed, actors, low, high)
    found += _relayed(parsed, actors, low, high)
    found.sort(key=lambda speech: speech.at)
    return tuple(_bounded(found, low, high))


def _verbs(
    parsed: Parsed, actors: tuple[Actor, ...], low: int, high: int, last: Actor | None
) -> Iterator[Speech]:
    if low < high and strength_of(parsed, low, low) is None:
        last = subject(parsed, actors, low, low, high) or last
    taken = places_of(touching(actors, low, high))
    for place in range(low, high):
        if place in taken:
            continue
        strength = strength_of(parsed, place, low)
        if strength is None:
            continue
        passive = is_passive(parsed, place)
        actor = None if passive else subject(parsed, actors, place, low, high)
        if actor is not None and _describes(parsed, place, actor):
            actor = None
        carried = actor is None
        if passive:
            if _after_is_link(parsed, place):
                yield Speech(at=place, actor=None, strength=strength, low=place + 1, high=high)
            continue  # «أُقر المشروع» says nothing
        if actor is not None and _accused(parsed, place, actor, high):
            actor = None if parsed.tokens[place].folded[0] not in "وف" else last
        if carried and _goes_on(parsed, place):
            actor = last
        begin = max(place + 1, actor.high if actor and not carried and actor.low > place else place + 1)
        fresh = place == low or _fresh(parsed, place)
        last = (actor or last) if fresh or last is None else last
        whole = parsed.tokens[place - 1].folded in ("كما", "هكذا", "ما", "حسبما") if place > low else False
        if carried and not fresh and strength in (PROVE, ORDER, PROMISE, ASK, SUGGEST):
            continue
        yield Speech(
            at=place,
            actor=actor,
            strength=strength,
            low=begin,
            high=high,
            carried=carried,
            fresh=fresh,
            whole=whole,
        )


_PREFIXED = 5  # letters and marks of a verb among which the damma of its passive stands
_FIRST_FORM = forms_of(
    "كشف/يكشف ذكر/يذكر طلب/يطلب وصف/يصف نفى/ينفي قال/يقال زعم/يزعم عرض/يعرض فرض/يفرض نقل/ينقل"
)


def is_passive(parsed: Parsed, place: int) -> bool:
    """Whether a verb is written with the damma of its passive: of «سيُكشف عنه» nobody is the one who reveals. In the
    present other forms than the first have a damma in the active too («يُعلن»).
    """
    token = parsed.tokens[place]
    if "ُ" not in token.text[:_PREFIXED]:
        return False
    bare = token.folded.lstrip("وفس")
    return bare[:1] not in "يتن" or bare in _FIRST_FORM


def _describes(parsed: Parsed, place: int, actor: Actor) -> bool:
    """Whether a verb with its object describes what somebody before it is joined to: «صفقة مع فلان يصفها بكذا»."""
    found = verb_of(parsed.tokens[place].folded)
    return found is not None and found[0].object and actor.low < place and actor.before not in ("", "و", "ف")


_OF_SOMEBODY = forms_of("اتهم/يتهم أبلغ/يبلغ ناشد/يناشد أنذر/ينذر أخبر/يخبر أطلع/يطلع حمل/يحمل")
_WITH_WHAT = frozenset(fold(w) for w in "أن إن بأن بأنه بأنها بأنهم أنه أنها أنهم على مسؤولية".split())


def _accused(parsed: Parsed, place: int, actor: Actor, high: int) -> bool:
    """Whether the only one after a verb that must have an object is that object: «واتهم فلانا بالتراجع»."""
    token = parsed.tokens[place]
    if token.folded.removeprefix("و").removeprefix("ف") not in _OF_SOMEBODY or actor.low <= place:
        return False
    after = actor.high
    while after < high and not parsed.between(after - 1, after).strip():
        if not parsed.tokens[after].folded.startswith("ال"):
            break
        after += 1  # the rest of a name: «حزب الشعب»
    if after >= high or parsed.between(after - 1, after).strip():
        return False
    following = parsed.tokens[after].folded
    return following in _WITH_WHAT or following.startswith("ب")


_THEIRS = frozenset(
    fold(w) for w in ("محاميه محاميها مدربه والده والدته زوجته زوجها مكتبه مكتبها متحدث شقيقه عائلته").split()
)


def _goes_on(parsed: Parsed, place: int) -> bool:
    """Whether a verb without a subject leads right on to what is said, so that its speaker is the one before."""
    found = verb_of(parsed.tokens[place].folded)
    if found is not None and found[0].participle:
        return True
    if place + 1 >= len(parsed.tokens):
        return False
    following = parsed.tokens[place + 1]
    if found is not None and found[0].addressee and following.folded.endswith(("ه", "ها", "هم")):
        return True
    if found is not None and found[0].bare and following.folded not in _THEIRS:
        return True
    gap = parsed.text[parsed.tokens[place].end : following.start]
    if parsed.tokens[place].folded[0] == "و" and following.folded.startswith("ب") and not gap.strip():
        return True  # «وتوعد بالرد»
    return following.folded in COMPLEMENTISERS | _LINKS | _PREPOSITIONS or any(mark in gap for mark in ':«“"')


_PREPOSITIONS = frozenset(
    fold(w) for w in ("في فى خلال عبر أمام أمس بأن لدى ردا تعليقا بعد قبل له لها لهم أنه").split()
)
_LINKS = frozenset(("علي", "الي", "عن", "من", "قايلا", "قايله", "ايضا", "بالقول"))


def _fresh(parsed: Parsed, place: int) -> bool:
    """Whether a verb begins a clause of its own: joined by «و», after a comma, a turn, or as a participle."""
    token, before = parsed.tokens[place], parsed.tokens[place - 1]
    if token.folded[:1] in "وف" and verb_of(token.folded[1:]) is not None:
        return True
    found = verb_of(token.folded)
    gap = parsed.text[before.end : token.start]
    if place > 1 and before.folded == "قد" and parsed.tokens[place - 2].folded in ("يكون", "تكون"):
        return False  # «نفت أن تكون قد طلبت»
    return "،" in gap or (found is not None and found[0].participle) or before.folded in _TURNS


_TURNS = frozenset(
    fold(w)
    for w in (
        "لكن لكنه لكنها ولكنه ولكنها فيما بينما كما حين إذ حيث الذي التي هكذا وقد قد كان وكان ما أما الذين"
    ).split()
)


def strength_of(parsed: Parsed, place: int, low: int) -> str | None:
    """How strongly the verb at a place speaks; None where it is no verb of saying."""
    token = parsed.tokens[place]
    before = parsed.tokens[place - 1].folded if place > low else ""
    if token.folded in _ANSWER and _after_is_link(parsed, place):
        return SAY
    if token.folded in _NOT_SPEECH or _shows(token.folded, before):
        return None
    if token.folded in _MORE and before not in _BEFORE_NOUN:
        return _MORE[token.folded]
    if token.text.startswith("ال") and place > low:
        noun = verb_of(token.folded[2:].rstrip("ه") + "ا")
        return CLASS_OF.get(fold(noun[0].lemma), SAY) if noun is not None and noun[0].participle else None
    if (
        token.text.endswith(("ا", "اً"))
        and not ((verb := verb_of(token.folded)) is not None and verb[0].object)  # «ووصفتها بأنها»
        and not token.folded.startswith("م")
        and token.folded not in _ENDS_IN_ALEF
    ):
        return None
    bare = token.folded.removeprefix("س")
    found = verb_of(token.folded) or (verb_of(bare) if bare != token.folded and bare[:1] in "يت" else None)
    if found is None or (before in _BEFORE_NOUN and not found[0].participle):
        return None
    if found[0].participle and not (_after_is_link(parsed, place) or _after_comma(parsed, place, low)):
        return None
    if found[0].lemma in ("بيّن", "علق", "عبر", "أورد", "جدد", "أضحى") and token.folded in (
        "بين",
        "عبر",
        "ترد",
        "يرد",
    ):
        return SAY if _after_is_link(parsed, place) or before == "كما" else None
    return CLASS_OF.get(fold(found[0].lemma))


def _shows(folded: str, before: str) -> bool:
    """«ما يؤكد أن …» is something that shows it, not somebody who says it; in «ما يؤكده فلان» somebody does."""
    return before == "ما" and folded[0] in "يت" and not folded.endswith(("ه", "ها"))


def _after_comma(parsed: Parsed, place: int, low: int) -> bool:
    return place > low and "،" in parsed.between(place - 1, place)


def _after_is_link(parsed: Parsed, place: int) -> bool:
    return any(
        token.folded in ("ان", "بان", "انه", "انها", "بانه", "بانها")
        for token in parsed.tokens[place + 1 : place + 9]
    )


def _relayed(parsed: Parsed, actors: tuple[Actor, ...], low: int, high: int) -> Iterator[Speech]:
    """«نقلت صحيفة كذا عن فلان»: what both say."""
    for place in range(low, high):
        if parsed.tokens[place].folded not in _RELAYING:
            continue
        following = beginning(actors, place + 1, min(high, place + 12))[:2]
        about = [a for a in following if a.before == "عن"]
        if about:
            for actor in following[: following.index(about[0]) + 1]:
                yield Speech(
                    at=place, actor=replace(actor, before=""), strength=SAY, low=about[0].high, high=high
                )


_RELAYING = frozenset(fold(w) for w in "نقل نقلت ونقل ونقلت تنقل ينقل نقلا ونسبت نسبت نقلته نقله".split())


def _attributed(parsed: Parsed, actors: tuple[Actor, ...], low: int, high: int) -> Iterator[Speech]:
    for place in range(low, high):
        folded = parsed.tokens[place].folded
        noun = (
            folded in _NOUNS
            and place > low
            and parsed.tokens[place - 1].folded in ("في", "علي", "حد", "عن", "من", "كما")
        )
        if folded not in _ATTRIBUTING and not noun and folded.removeprefix("و") not in _ATTRIBUTING:
            continue
        actor = next(iter(beginning(actors, place + 1, min(high, place + 5))), None)
        if actor is not None and not (noun and actor.before) and not _adjective(parsed, actor, place):
            yield Speech(at=place, actor=replace(actor, before=""), strength=None, low=low, high=high)


def _adjective(parsed: Parsed, actor: Actor, place: int) -> bool:
    """Whether somebody after «وفق» is but the adjective of a noun: «وفق قائمة إسرائيلية»."""
    alone = actor.high - actor.low == 1 and not parsed.tokens[actor.low].folded.startswith("ال")
    return alone and actor.low > place + 1 and all(name.kind is Kind.DEMONYM for name in actor.names)


def _bounded(found: list[Speech], low: int, high: int) -> Iterator[Speech]:
    """Each speech up to where the next begins; one that would be empty («كما قال فلان») covers all before it."""
    every = [speech.at for speech in found]
    fresh = [speech.at for speech in found if speech.fresh and not speech.whole]
    for number, speech in enumerate(found):
        if speech.strength is None:
            yield _rest(speech, low, high, every)
            continue
        following = bisect_right(fresh, speech.at)
        end = fresh[following] if following < len(fresh) else high
        if speech.whole:
            yield replace(speech, low=low, high=high)
            continue
        begin = speech.low
        if (end - begin < 2 and number == len(found) - 1) or (begin >= end):
            previous = found[number - 1].at if number else low
            begin, end = (low if number == 0 else previous), speech.at
        yield replace(speech, low=begin, high=max(begin, end))


def _rest(speech: Speech, low: int, high: int, every: list[int]) -> Speech:
    """What is attributed by a preposition: up to the next speech where that opens the text, else from the last on."""
    actor = speech.actor
    if actor is None:
        return speech
    if speech.at - low < 2:
        after = bisect_right(every, actor.high)
        first = every[after] if after < len(every) else high
        return replace(speech, low=actor.high, high=first if first - actor.high > 2 else high)
    before = bisect_left(every, speech.at)
    last = every[before - 1] if before else low
    return (
        replace(speech, low=last, high=speech.at)
        if speech.at - last > 2
        else replace(speech, low=low, high=high)
    )


def content(terms: tuple[Term, ...], speech: Speech, actors: tuple[Actor, ...]) -> list[Term]:
    """What is said, without the speaker's own words and, where enough is left, without others' names and titles."""
    own = speech.actor
    said = [
        term
        for term in terms
        if speech.low <= term.place < speech.high and not (own and own.low <= term.place < own.high)
    ]
    bare = [term for term in said if not covers(actors, term.place)]
    return bare if len(bare) >= BARE else said


BARE = 3  # words that say something without any name


__all__ = ["CLASS_OF", "Speech", "clause_of", "content", "speeches", "strength_of"]
