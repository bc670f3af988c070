"""Directions: of two parties in one clause, the one that acts comes first, unless a verb of receiving turns it round.

«وبخ فلان فلانا», «وجه فلان إلى فلان توبيخا» and «تلقى فلان توبيخا من فلان» need no list of acts to be told apart:
whoever acts on the other in the sentence must not only be acted on by the other in what is cited.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, pairwise

from summaries.gate.actors import places_of
from summaries.gate.bonds import meant, units, weights
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair, clause_of
from summaries.gate.parties import Party, alike_heads
from summaries.gate.places import beginning, ending
from summaries.gate.words import little, verbal_noun
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS
from summaries.text import Token, fold, forms_of
from summaries.types import Reason

RECEIVING = forms_of(
    "تلقى/يتلقى تعرض/يتعرض نال/ينال سمع/يسمع استمع/يستمع خضع/يخضع لقي/يلقى تسلم/يتسلم استلم/يستلم حصل/يحصل حظي/يحظى "
    "عانى/يعاني تضرر/يتضرر استفاد/يستفيد تأثر/يتأثر خسر/يخسر انهزم/ينهزم سقط/يسقط تعثر/يتعثر ودع/يودع اشترى/يشتري "
    "ابتاع/يبتاع استورد/يستورد استعار/يستعير اقترض/يقترض ورث/يرث",
    "",
    "يحظ تحظ يلق تلق يتلق تتلق ينل تنل حظيت وحظيت لقيت ولقيت",
)
_MEETING = forms_of("حظي/يحظى تعرض/يتعرض خضع/يخضع", "", "يحظ تحظ حظيت وحظيت")  # «حظي فلان بدعم فلان»
MUTUAL = forms_of(
    "التقى/يلتقي اجتمع/يجتمع بحث/يبحث ناقش/يناقش اتفق/يتفق تبادل/يتبادل تحادث/يتحادث تباحث/يتباحث صافح/يصافح "
    "تعادل/يتعادل نافس/ينافس واجه/يواجه لاقى/يلاقي "
    "تعاون/يتعاون قاتل/يقاتل حارب/يحارب"
)
# What one tells of one the other may tell of the other («زار», «استقبل»): compared only with the same verb.
_CONVERSE = {
    form: verb
    for verb in "زار/يزور استقبل/يستقبل استضاف/يستضيف غادر/يغادر خلف/يخلف".split()
    for form in forms_of(verb) - {fold("وزارة")}
}
_RELATIVE = frozenset(fold(w) for w in "الذي التي الذين اللذان اللذين اللتين اللتان".split())
_HARD = frozenset(fold(w) for w in "لأن لأنه لأنها لأنهم".split())
_CUTS = (
    frozenset(
        fold(w) for w in "بعد قبل إثر عقب خلال منذ بسبب حين عندما بعدما فيما بينما كما لكن إذ حيث".split()
    )
    | _RELATIVE
    | COMPLEMENTISERS
)
_COUNTED = frozenset(
    fold(w)
    for w in "اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرون عشرين مئة مئات عشرات آلاف ألف".split()
)
_MOVEMENTS = frozenset(fold(w) for w in "حركة حزب جماعة تنظيم منظمة فصيل".split())
_NEAR = 0.5  # of the words that the best sentence carries
_LONG = 4  # letters that a passive participle with an ending has at least
_FROM = frozenset(fold(w) for w in "من يد قبل جانب طرف أمام".split())
_BY = frozenset(fold(w) for w in "يد قبل جانب طرف".split())  # «من قبل فلان»، «على يد فلان»
_ASKING = forms_of("طلب/يطلب التمس/يلتمس طالب/يطالب أراد/يريد سأل/يسأل")
_ACCORDING = frozenset(
    fold(w)
    for w in (
        "بحسب حسب وفق وفقا لدى في فى بين عن مع بعد منذ حول بشأن إزاء خلال رأي لسان وصف نظر تقدير قول تعبير بينهم منها "
        "بينها سوى"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who acts on whom in one clause."""

    agent: Party
    patient: Party
    verb: str = ""  # where its converse tells the same
    low: int = 0  # the places of the words that tell it
    high: int = 0


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.direction` where two parties act on each other the other way round in what is cited."""
    claim = pair.claim
    own = pair.parties
    cited = units(pair)
    source = pair.source.parsed
    theirs = [
        (
            *deeds(source, unit.parties, unit.low, unit.high),
            *_of_blamed(source, unit.parties, unit.low, unit.high),
        )
        for unit in cited
    ]
    scores = weights(pair, [(term, 1.0) for term in pair.terms], cited)
    near = [list(found) for found, score in zip(theirs, scores, strict=True) if score >= _NEAR * max(scores)]
    for deed in deeds(claim, own, 0, len(claim.tokens)):
        same = _surely if meant(deed.agent, deed.patient) else _same
        turned = any(
            deed.verb == t.verb
            and same(deed.agent, t.patient)
            and same(deed.patient, t.agent)
            and _one_act(pair, deed, t)
            for found in near
            for t in found
        )
        if turned and not any(
            deed.verb == t.verb and same(deed.agent, t.agent) and same(deed.patient, t.patient)
            for found in near
            for t in found
        ):
            values = {"actor": deed.agent.text, "other": deed.patient.text}
            reason = Reason(code="gate.direction", values=values)
            yield Finding(reason=reason, place=deed.patient.low, evidence=Evidence.EXCHANGED)
            return


_TELLING = 0.34  # of the words that tell of a deed, those of which what is cited tells


def _one_act(pair: Pair, deed: Deed, other: Deed) -> bool:
    """Whether a third of the words that tell of a deed, names aside, have forms among those that tell of the cited
    one: two who act on one another in several ways may do so in both directions.
    """
    named, telling = places_of(pair.actors), range(other.low, other.high)
    told = [
        t
        for t in pair.terms
        if deed.low <= t.place < deed.high and t.place not in named and t.token.folded not in RECEIVING
    ]
    met = sum(any(o.place in telling for o in pair.cited_forms(t)) for t in told)
    return met >= _TELLING * len(told)


_STATELY = (
    "country:",
    "city:",
    "demonym:",
    "government:",
    "ministry:",
    "army:",
    "office:",
    "parliament:",
    "person:",
)


def _same(party: Party, other: Party) -> bool:
    """Whether two may be the same, a state and those who speak for it included."""
    stately = all(any(key.startswith(_STATELY) for key in one.ids) for one in (party, other))
    return meant(party, other) and (stately or _surely(party, other) or _taken_up(party, other))


def _taken_up(party: Party, other: Party) -> bool:
    """Whether «الحركة» or «الحزب» takes up a movement or a party."""
    groups = ((party, other), (other, party))
    return any(
        not two.ids
        and not two.heads.isdisjoint(_MOVEMENTS)
        and any(key.startswith("group:") for key in one.ids)
        for one, two in groups
    )


def _surely(party: Party, other: Party) -> bool:
    """Whether two of one state are the same: by name or by title."""
    return not party.ids.isdisjoint(other.ids) or alike_heads(party.heads, other.heads)


def deeds(parsed: Parsed, found: Sequence[Party], low: int, high: int) -> Iterator[Deed]:
    """Who acts on whom between two places: in each clause the first party on each of the others, and whom a pronoun
    or «الذي» takes up on those after it.
    """
    last = None
    place = low
    while place < high:
        first, end = clause_of(parsed, place, low, high)
        place = max(end, place + 1)
        for begin, stop, taken_up in _pieces(parsed, first, end):
            inside = [p for p in beginning(found, begin, stop) if not _aside(parsed, p)]
            if taken_up:
                beside = next((p for p in ending(found, begin, begin + 1) if not p.place), None)
                leading = beside if parsed.tokens[begin].folded in _RELATIVE else last
                rest = inside
            else:
                leading = inside[0] if inside and _before(parsed, inside[0]) in _LEADS else None
                rest = inside[1:]
                last = leading or last
            if leading is not None and not _mutual(parsed, begin, stop):
                verb = _converse(parsed, begin, stop)
                for deed in _of_clause(parsed, leading, rest, begin):
                    yield replace(deed, verb=verb, low=begin, high=stop)


def _pieces(parsed: Parsed, low: int, high: int) -> Iterator[tuple[int, int, bool]]:
    """A clause cut before «أن», «الذي», «بعد» and the like; whether a piece takes up one before it. A clause with
    «أن» is also one piece, for whoever warns that somebody acts does something to them.
    """
    cuts = [p for p in range(low + 1, high) if parsed.tokens[p].folded in _CUTS]
    soft = [p for p in cuts if parsed.tokens[p].folded in _SOFT]
    hard = [p for p in cuts if parsed.tokens[p].folded not in _SOFT]
    for begin, stop in pairwise([low, *hard, high]):
        yield begin, stop, _takes_up(parsed, begin)
    following = dict(pairwise([*cuts, high]))
    for begin in soft:
        yield begin, following[begin], _takes_up(parsed, begin)


_SOFT = COMPLEMENTISERS - _HARD


def _takes_up(parsed: Parsed, place: int) -> bool:
    folded = parsed.tokens[place].folded
    return folded in _RELATIVE or (folded in COMPLEMENTISERS and folded.endswith(("ه", "ها", "هم", "هما")))


def _converse(parsed: Parsed, low: int, high: int) -> str:
    return next((v for t in parsed.tokens[low:high] if (v := _CONVERSE.get(t.folded))), "")


def _mutual(parsed: Parsed, low: int, high: int) -> bool:
    return any(token.folded in MUTUAL for token in parsed.tokens[low:high])


_LEADS = frozenset(("", "و", "ف"))
_PREPOSITIONS = frozenset(
    fold(w) for w in "من على إلى عن مع في فى ضد تجاه نحو لدى أمام بين ب ل لل ك حول عند".split()
)


def _before(parsed: Parsed, party: Party) -> str:
    """The preposition before a party, or nothing."""
    previous = parsed.tokens[party.low - 1].folded if party.low else ""
    if previous in _PREPOSITIONS:
        return previous
    return (
        "ل" if parsed.tokens[party.low].folded.startswith(("لل", "لا")) and party.text.startswith("ل") else ""
    )


def _aside(parsed: Parsed, party: Party) -> bool:
    before = [token.folded for token in parsed.tokens[max(0, party.low - 2) : party.low]]
    according = before[-1:] and before[-1] in _ACCORDING
    listed = (
        len(before) > 1 and before[0] in _ACCORDING and _adjective(parsed, party)
    )  # «وفق قائمة إسرائيلية»
    return party.place or bool(according or listed) or not (party.ids or party.heads)


def _joined(parsed: Parsed, one: Party, other: Party) -> bool:
    return other.low == one.high and parsed.tokens[other.low].folded.startswith("و")


def _of_clause(parsed: Parsed, leading: Party, rest: Sequence[Party], first: int) -> Iterator[Deed]:
    """The first party's deeds, or who it is that gives where it is a verb of receiving that leads."""
    others = [p for p in rest if not _joined(parsed, leading, p) and not _adjective(parsed, p)]
    giving = next((p for p in others if parsed.tokens[p.low - 1].folded in _FROM), None)
    if giving is not None and (
        any(_receives(token) for token in parsed.tokens[first : giving.low])
        or parsed.tokens[giving.low - 1].folded in _BY
        or _suffers(parsed, giving)
    ):
        yield Deed(agent=giving, patient=leading)
        return
    if (
        giving is None
        and others
        and any(token.folded in _MEETING for token in parsed.tokens[first : leading.low + 1])
    ):
        if parsed.tokens[others[0].low - 1].folded[0] in "بل":
            yield Deed(agent=others[0], patient=leading)  # «لم يحظ المقترح بموافقة فلان»
        return
    if leading.low > first and "ُ" in parsed.tokens[leading.low - 1].text[:_PREFIXED]:
        return  # «استُدعي السفير إلى الوزارة»: who is called acts on nobody
    asks = any(token.folded in _ASKING for token in parsed.tokens[first : leading.low + 1])
    for other in others:
        if _of_a_noun(parsed, other) or _acts_itself(parsed, other):
            continue
        if asks or parsed.tokens[other.low - 1].folded not in _FROM:
            yield Deed(agent=leading, patient=other)


_BLAMING = forms_of(
    "اتهم/يتهم طالب/يطالب دعا/يدعو حث/يحث ناشد/يناشد حض/يحض أمر/يأمر نصح/ينصح انتقد/ينتقد لام/يلوم"
)


_BLAMED = 30  # parties that one clause blames, and may blame for what they do to one another


def _of_blamed(parsed: Parsed, found: Sequence[Party], low: int, high: int) -> Iterator[Deed]:
    """What those do or shall do whom somebody accuses or calls on: «اتهم فلان فلانا بالتدخل في شؤون فلان»."""
    for place in range(low, high):
        if parsed.tokens[place].folded in _BLAMING:
            _, end = clause_of(parsed, place, low, high)
            after = (p for p in beginning(found, place + 1, end) if not _aside(parsed, p))
            blamed = combinations(islice(after, _BLAMED), 2)
            yield from (Deed(agent=one, patient=other, low=place, high=end) for one, other in blamed)


def _of_a_noun(parsed: Parsed, party: Party) -> bool:
    """Whether a party owns the noun before it, after «على»: who replies «على اتهام النقابة» was accused by it."""
    if party.low <= 1:
        return False
    noun, before = parsed.tokens[party.low - 1].folded, parsed.tokens[party.low - 2].folded
    return before == "علي" and not little(noun) and noun not in _PREPOSITIONS


_ITS_OBJECT = ("ه", "ها", "هم")


def _acts_itself(parsed: Parsed, party: Party) -> bool:
    """Whether a verb that takes up the noun before it stands before a party, who then acts: «اقتراحا قدمه فلان»."""
    if party.low <= 1:
        return False
    noun, verb = parsed.tokens[party.low - 2], parsed.tokens[party.low - 1]
    bare = next((fold(verb.text.removesuffix(end)) for end in _ITS_OBJECT if verb.text.endswith(end)), "")
    indefinite = noun.text.endswith(("اً", "ا", "ة")) and not noun.text.startswith("ال")
    return len(bare) > 2 and indefinite and not little(verb.folded) and not verbal_noun(bare)


def _receives(token: Token) -> bool:
    """Whether a word is a verb of receiving, or a passive with its damma."""
    return token.folded in RECEIVING or "ُ" in token.text[:_PREFIXED]


_PREFIXED = 5  # letters and marks of a verb among which the damma of its passive stands: «استُدعي»


def _suffers(parsed: Parsed, giving: Party) -> bool:
    """Whether a passive participle stands right before «من»: «متهمة من فلان»."""
    token = parsed.tokens[giving.low - 2] if giving.low > 1 else parsed.tokens[0]
    from_them = parsed.tokens[giving.low - 1].folded == "من"
    ends = token.text.endswith(("ة", "ون", "ين", "ا", "اً"))
    return from_them and token.folded.startswith("م") and ends and len(token.text) > _LONG


def _adjective(parsed: Parsed, party: Party) -> bool:
    """Whether a word such as «إسرائيلية» belongs to the noun before it, and is not whom something is done to."""
    if (
        party.high - party.low > 1
        or not party.ids
        or not all(key.startswith("demonym:") for key in party.ids)
    ):
        return False
    before = parsed.tokens[party.low - 1]
    return not (little(before.folded) or before.folded[0].isdigit() or before.folded in _COUNTED)
