"""Names: each that a sentence gives must be in the article, under whatever spelling or title."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from summaries.gate.pair import Pair, bare_forms
from summaries.gate.words import familiar, keys, little
from summaries.names import Kind, Mention, Name
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import fold, known_word
from summaries.types import Reason

_OF_A_STATE = frozenset(
    {Kind.COUNTRY, Kind.CITY, Kind.GOVERNMENT, Kind.DEMONYM, Kind.OFFICE, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT}
)  # fmt: skip
_ONE_HOLDER = frozenset(
    ("president", "leader", "foreign-minister", "defence-minister", "minister", "ambassador", "security", "envoy",
     "spokesperson")
)  # fmt: skip
_NAMING = frozenset(
    fold(word)
    for word in (
        "صحيفة موقع قناة وكالة شبكة مجلة إذاعة مركز مؤسسة معهد منظمة شركة جمعية حزب حركة مدينة بلدة قرية مطار ميناء سفينة ولاية محافظة "
        "مقاطعة جزيرة نهر جبل حي مخيم جامعة بنك مصرف نادي فريق منتخب حاكم عمدة السيد السيدة الدكتور الدكتورة المهندس الجنرال اللواء العميد العقيد "
        "السيناتور السناتور النائب النائبة الأمير الملك الشيخ الكاتب اللاعب المدرب البروفيسور الأستاذ القاضي"
    ).split()
)
# Given names, and pieces of names, that are no words of the language or seldom used as one.
_GIVEN = frozenset(
    fold(name)
    for name in (
        "محمد أحمد محمود مصطفى إبراهيم إسماعيل يوسف يونس حسن حسين علي عمر عثمان خالد وليد طارق زياد سامي هاني رامي فادي شادي جمال كمال جلال "
        "عادل ناصر منصور سعد سعيد فؤاد فيصل عبدالله عبدالرحمن طلال بدر ماجد فهد سلطان تركي نايف بندر مشعل زهير سمير منير بشير نذير أنور "
        "فاطمة عائشة خديجة مريم زينب ليلى سلمى هدى نور سارة دينا رانيا منى سعاد نادية سميرة كريمة أمينة حنان إيمان "
        "جون جورج جيمس جيمي جيم روبرت وليام ويليام ريتشارد ديفيد دافيد مايكل مايك توماس تشارلز كريستوفر دانيال دانييل ماثيو أنتوني أندرو بول "
        "ستيفن ستيف كيفن براين برايان إدوارد ألكسندر باتريك بيتر جاك جيك جو دونالد رونالد كينيث فرانك فرانسيس هنري آرثر والتر لويد ليندا ماري "
        "باربرا إليزابيث سوزان جنيفر جيسيكا كارين كارولين نانسي هيلاري ميشيل أنجيلا أورسولا كامالا كريستين إيمانويل فلاديمير سيرغي دميتري "
        "فولوديمير أولاف بوريس ريشي كير جوزيب أنطونيو بيدرو جورجيا فيكتور رجب تشي شي ناريندرا جاستن إيلون مارك تيم سام بيل جيف "
        "بنيامين يوآف بيني يائير إيتمار بتسلئيل أفيغدور إيهود رون تساحي نفتالي موشيه شمعون إسحاق يعقوب داني دان عاموس غادي هرتسي"
    ).split()
)
_LIKE = 0.8  # of letters that two spellings of a name share


def check(pair: Pair) -> Iterator[Reason]:
    """`gate.name` for each name, known or unknown, that is nowhere in the article."""
    for mention in pair.claim.mentions:
        if mention.name.kind not in (Kind.NONE, Kind.TITLE) and not _known(pair, mention):
            yield Reason(code="gate.name", values={"name": pair.claim.text[mention.start : mention.end]})
    for place in unknown(pair.claim):
        token = pair.claim.tokens[place]
        if not written_in(pair, place):
            yield Reason(code="gate.name", values={"name": token.text})


def _known(pair: Pair, mention: Mention) -> bool:
    name = mention.name
    if name.id in pair.source.ids:
        return True
    own = [token for token in pair.claim.tokens if mention.start < token.end and token.start < mention.end]
    if all(any(form in pair.source.folded for form in bare_forms(token.folded)) for token in own):
        return True
    others = [other.name for other in pair.source.parsed.mentions]
    if name.kind in _OF_A_STATE and (name.side or name.country):
        return _of_state(name, others, pair)
    if name.kind is Kind.PERSON:
        return False
    return any(_one_place(name, other) for other in others)


def _of_state(name: Name, others: list[Name], pair: Pair) -> bool:
    """Whether the article speaks of that state; an office that one person holds must be named or held in it."""
    states = {name.side, name.country} - {""}
    beside = [other for other in others if not states.isdisjoint({other.side, other.country})]
    if not beside:
        return False
    if name.kind is Kind.OFFICE and not name.roles.isdisjoint(_ONE_HOLDER):
        words = keys(name.arabic.split()[0])
        held = any(not name.roles.isdisjoint(other.roles) for other in beside)
        return held or any(not words.isdisjoint(keys(form)) for form in _titles(pair))
    return True


def _titles(pair: Pair) -> Iterator[str]:
    for actor in pair.source.actors:
        for token in pair.source.parsed.tokens[actor.low : actor.high]:
            yield token.text


def _one_place(name: Name, other: Name) -> bool:
    """Whether a place or body stands for its state, as a capital does."""
    return bool(name.side) and name.side == other.side and name.kind is other.kind is Kind.CITY


def unknown(parsed: Parsed) -> Iterator[int]:
    """The places of words that look like names and are in no list: a given name; what follows a word such as
    «مدينة», or a verb of saying, and is no word of the language; a word in Latin letters.
    """
    named = parsed.named
    for place, token in enumerate(parsed.tokens):
        if place in named or len(token.folded) < 2 or token.folded[0].isdigit():
            continue
        if not "\u0600" <= token.folded[0] <= "\u06ff":
            yield place
        elif _given(token.folded) or (_strange(token.text) and _name_stands(parsed, place, named)):
            yield place
        elif place and parsed.tokens[place - 1].folded in _NAMING and _strange(token.text):
            yield place


def _given(folded: str) -> bool:
    return folded in _GIVEN and not known_word(folded)


def _strange(word: str) -> bool:
    folded = fold(word)
    return len(folded) > 2 and not little(folded) and not any(familiar(form) for form in (word, *bare_forms(folded)))


def _name_stands(parsed: Parsed, place: int, named: frozenset[int]) -> bool:
    """Whether a name may stand here: after a verb, a name or a title, or beside another strange word."""
    before = parsed.tokens[place - 1] if place else None
    after = parsed.tokens[place + 1] if place + 1 < len(parsed.tokens) else None
    return bool(
        (before and (place - 1 in named or verb_of(before.folded) or before.folded in _NAMING or _strange(before.text)))
        or (after and (_strange(after.text) or _given(after.folded)) and place + 1 not in named)
    )


def written_in(pair: Pair, place: int) -> bool:
    """Whether a word of the claim is in the article, in this or a near spelling or as another form of the word."""
    token = pair.claim.tokens[place]
    for form in bare_forms(token.folded):
        if form in pair.source.folded:
            return True
    own = pair.words.meaning(token.text)
    if any(not own.keys.isdisjoint(term.meaning.keys) for term in pair.cited_terms):
        return True
    near = [word for word in pair.source.folded if abs(len(word) - len(token.folded)) < 2 and word[:1] == token.folded[:1]]
    return any(SequenceMatcher(None, token.folded, word).ratio() >= _LIKE for word in near if len(word) > 3)
