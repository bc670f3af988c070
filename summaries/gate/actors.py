"""Who is spoken of: names with their titles, and people without a name («مراقبون», «سكان»)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from summaries.gate.strangers import is_land, land_keys, unknown
from summaries.gate.transliteration import sound_keys
from summaries.gate.words import keys, little
from summaries.names import Kind, Name
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import fold

_ACTING = frozenset(
    {Kind.PERSON, Kind.OFFICE, Kind.GOVERNMENT, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT, Kind.COUNTRY, Kind.OUTLET,
     Kind.AGENCY, Kind.BODY, Kind.GROUP, Kind.CITY, Kind.DEMONYM, Kind.TITLE}
)  # fmt: skip
_PEOPLE = frozenset(
    fold(word)
    for word in (
        "الرئيس رئيس رئيسة وزير وزيرة وزيرا وزراء الوزير الوزيرة الوزيران نائب نائبة السفير سفير السفيرة "
        "سفيرة متحدث متحدثة المتحدث المتحدثة "
        "الناطق ناطق الناطقة المبعوث مبعوث المندوب المندوبة مندوب مندوبة مسؤول المسؤول مسؤولة مسؤولون "
        "مسؤولين مسؤولان المسؤولون "
        "المسؤولين مسئول المسئول مسئولون مسئولين مسئولان المسئولون المسئولين مصدر المصدر مصادر المصادر مصدران مصدرين "
        "مراقبون مراقبين المراقبون محللون محللين "
        "المحللون محلل المحلل خبير خبراء الخبراء الخبير سكان السكان أهالي الأهالي عائلات العائلات عائلة "
        "أهل ذوو شهود الشهود ناشطون "
        "ناشطين نشطاء محتجون المحتجون محتجين متظاهرون متظاهرين المتظاهرون منظمات منظمة المنظمة المنظمات "
        "مؤسسة المؤسسة مركز المركز "
        "شركة الشركة شركات جمعية الجمعية نقابة النقابة لجنة اللجنة هيئة الهيئة محكمة المحكمة النيابة "
        "الشرطة شرطة مكتب المكتب ديوان وزارة الوزارة "
        "حكومة الحكومة الإدارة إدارة الجيش جيش قيادة القيادة القائد قائد الحركة حركة الحزب حزب التنظيم "
        "الجماعة صحيفة الصحيفة موقع الموقع "
        "قناة القناة وكالة الوكالة شبكة الشبكة إذاعة الإذاعة مجلة المجلة تقرير التقرير بيان البيان مدير "
        "المدير مديرة المديرة أمين الأمين مستشار "
        "المستشار مستشارة عضو أعضاء الأعضاء نواب النواب النائب النائبة السيناتور السناتور حاكم الحاكم عمدة "
        "محافظ المحافظ والي قاض القاضي محام المحامي طبيب "
        "الطبيب أطباء الأطباء باحث الباحث باحثون الباحثون كاتب الكاتب لاعب اللاعب مدرب المدرب المنتخب "
        "منتخب الفريق الوفد النادي دبلوماسي دبلوماسيون "
        "دبلوماسيين الدبلوماسي جنرال الجنرال عميد لواء اللواء ضابط الضابط ضباط المجلس مجلس الاتحاد اتحاد "
        "البرلمان الملك الأمير الشيخ المفوض مفوض المفوضية "
        "مفوضية المرشح مرشح الزعيم زعيم الأمم العمال عمال الوسطاء وسطاء الاستطلاع الدراسة دراسة الطاقم "
        "العلماء علماء مزارعون المزارعون مزارع طلاب الطلاب "
        "معلمون المعلمون صيادون الصيادون تجار التجار سائقون مستثمرون رئاسة الرئاسة البلدية بلدية الجامعة "
        "جامعة المستشفى البنك بنك المصرف الوزيرين "
        "نقيب النقيب نقيبة وسيط الوسيط الوسيطة وسيطة قنصل القنصل مفتي المفتي البطريرك بطريرك مطران المطران "
        "حاخام الحاخام "
        "منسق المنسق منسقة المنسقة مفتش المفتش قبطان القبطان عقيد العقيد رائد الرائد ممثل الممثل ممثلة الممثلة "
        "مساعد المساعد "
        "أستاذ الأستاذ أستاذة مؤسس المؤسس مهندس المهندس رئيسة الرئيسة رابطة الرابطة غرفة تحالف التحالف ائتلاف الائتلاف "
        "المعارضة معارضون المعارضون متمردون متمردين المتمردون المتمردين مسلحون مسلحين المسلحون المسلحين صندوق الصندوق "
        "سفارة السفارة قنصلية القنصلية بعثة البعثة حارس الحارس مهاجم المهاجم اتحادات نقابات "
        "النقابات قبيلة القبيلة كنيسة الكنيسة"
    ).split()
)
_WITHIN = frozenset(
    fold(word)
    for word in (
        "باسم باسمها باسمه باسمهم العام العامة كبير كبيرة كبار سابق السابق السابقة الأعلى الأول الأولى "
        "القومي القومى القومية الدفاع الخارجية الداخلية المالية الصحة الأمن "
        "دفاعي أمني حكومي بن بنت أبو آل عبد ولاية شؤون الشؤون الاستراتيجية المركزية المركزي الدولية الدولي "
        "إنسانية حقوقية التنفيذي التنفيذية "
        "الاقتصاد التعليم الطاقة العدل الزراعة النقل التجارة البيئة الثقافة رفيع رفيعو مطلع مطلعون"
    ).split()
)
_WORDY = frozenset(
    {
        Kind.TITLE,
        Kind.OFFICE,
        Kind.MINISTRY,
        Kind.GOVERNMENT,
        Kind.ARMY,
        Kind.PARLIAMENT,
        Kind.BODY,
        Kind.GROUP,
    }
)
_NO_ADJECTIVE = _ACTING - {
    Kind.PERSON,
    Kind.DEMONYM,
    Kind.TITLE,
    Kind.OFFICE,
}  # what no definite title goes on with
_BREAK = re.compile(r"[،؛,:\n(.«»\"“”–]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody between two tokens. `before`: the letter joined before the first word, or the preposition."""

    low: int
    high: int
    names: tuple[Name, ...]
    words: frozenset[str]  # keys of title words and unknown names
    definite: bool  # a bare title with «ال»: somebody named before
    before: str = ""
    strangers: frozenset[str] = frozenset()  # keys of the words of an unknown name
    text: str = ""
    head: frozenset[str] = frozenset()  # keys of the first word, if it names a sort of people or bodies
    serves: frozenset[str] = frozenset()  # ids and sides of those it speaks for

    @property
    def people(self) -> frozenset[str]:
        return frozenset(name.id for name in self.names if name.kind is Kind.PERSON)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(name.id for name in self.names if name.kind is not Kind.TITLE)

    @property
    def lands(self) -> frozenset[str]:
        """The keys of countries that the gazetteer does not have."""
        return self.strangers & land_keys()

    @property
    def sides(self) -> frozenset[str]:
        return frozenset(side for name in self.names if (side := name.side or name.country))


_PREPOSITIONS = frozenset(
    fold(w) for w in ("من", "على", "إلى", "عن", "مع", "في", "فى", "ضد", "تجاه", "نحو", "لدى", "أمام", "بين")
)


def actors(parsed: Parsed, low: int, high: int) -> tuple[Actor, ...]:
    """Those spoken of between two tokens, in order."""
    named, strange = _named(parsed), frozenset(unknown(parsed))
    found, place = [], low
    while place < high:
        end = _end(parsed, place, high, named, strange)
        if end > place:
            found.append(_actor(parsed, place, end, named, strange))
        place = max(place + 1, end)
    return tuple(found)


def _named(parsed: Parsed) -> dict[int, tuple[int, Name, int]]:
    """By the first token of each name that acts: one past its last, the name, and the letters joined before."""
    found = {}
    for mention in parsed.mentions:
        if mention.name.kind not in _ACTING:
            continue
        low = high = parsed.range_of_token(mention.start)
        while high < len(parsed.tokens) and parsed.tokens[high].start < mention.end:
            high += 1
        found[low] = (high, mention.name, mention.start - parsed.tokens[low].start)
    return found


def _end(
    parsed: Parsed, place: int, high: int, named: Mapping[int, tuple[int, Name, int]], strange: frozenset[int]
) -> int:
    """One past the last token of the actor that begins at a place; the place itself where none does."""
    if place not in named and not is_title(parsed.tokens[place].folded) and place not in strange:
        return place
    if place in strange and place not in named and _verb_before_title(parsed, place, high):
        return place
    end = named[place][0] if place in named else place + 1
    while end < high:
        gap = parsed.between(end - 1, end)
        if _BREAK.search(gap):
            break
        proper = [named[p][1] for p in range(place, end) if p in named and named[p][1].kind is not Kind.TITLE]
        if end in named:
            land = named[end][1].kind in (Kind.COUNTRY, Kind.CITY) and any(
                is_land(token.folded) for token in parsed.tokens[place:end]
            )
            owned = (
                parsed.tokens[end - 1].folded.startswith(("ال", "لل")) and named[end][1].kind in _NO_ADJECTIVE
            )
            if named[end][2] or land or owned or (proper and not _goes_on(proper, named[end][1])):
                break
            end = named[end][0]
        elif proper and end in strange and is_land(parsed.tokens[end].folded):
            break
        elif (
            (end in strange and parsed.tokens[end].folded[:1] != "و")
            or _servant_of(parsed, end)
            or parsed.tokens[end].folded in _WITHIN
            or (not proper and parsed.tokens[end].folded in _PEOPLE and not _after_definite(parsed, end))
        ):
            end += 1
        elif after := _past_post(parsed, place, end, named, strange) or (
            0 if proper and end - 1 in named else _past_body(parsed, place, end, named, strange)
        ):
            end = after
        else:
            break
    return min(end, high)


def _servant_of(parsed: Parsed, place: int) -> bool:
    """Whether a word is the second of a given name in two: «عبد الرحيم»."""
    return parsed.tokens[place - 1].folded == "عبد" and parsed.tokens[place].folded.startswith("ال")


_POSTS = frozenset(fold(w) for w in ("إلى", "لدى", "في"))


def _past_post(
    parsed: Parsed, place: int, end: int, named: Mapping[int, tuple[int, Name, int]], strange: frozenset[int]
) -> int:
    """One past where somebody with a title is posted, if a name follows: «المبعوث إلى لبنان فلان»; else nought."""
    if (
        parsed.tokens[end].folded not in _POSTS
        or end + 1 not in named
        or not is_title(parsed.tokens[place].folded)
    ):
        return 0
    after = named[end + 1][0]
    if after >= len(parsed.tokens) or _BREAK.search(parsed.between(after - 1, after)):
        return 0
    person = after in named and named[after][1].kind is Kind.PERSON and not named[after][2]
    return after if person or (after in strange and not is_land(parsed.tokens[after].folded)) else 0


_BODY = 4  # words between a title and the name of who has it


def _past_body(
    parsed: Parsed, place: int, end: int, named: Mapping[int, tuple[int, Name, int]], strange: frozenset[int]
) -> int:
    """Where the name begins that no list has, behind the body of which somebody is the head («قائد خفر السواحل فلان»);
    nought where none does.
    """
    if not is_title(parsed.tokens[place].folded):
        return 0
    for at in range(end, min(len(parsed.tokens), end + _BODY + 1)):
        token = parsed.tokens[at]
        if _BREAK.search(parsed.between(at - 1, at)):
            return 0
        if at in strange and at not in named and not is_land(token.folded):
            return at if at > end and parsed.tokens[at - 1].folded.startswith("ال") else 0
        if at in named and named[at][1].kind is not Kind.DEMONYM:
            return 0
        if little(token.folded) or verb_of(token.folded) is not None or is_title(token.folded):
            return 0
    return 0


def _verb_before_title(parsed: Parsed, place: int, high: int) -> bool:
    """Whether a word that no list has is a verb with «و» or «ف» before whoever acts («وحث نائب الوزير»)."""
    folded = parsed.tokens[place].folded
    return folded[0] in "وف" and place + 1 < high and parsed.tokens[place + 1].folded in _PEOPLE


def _after_definite(parsed: Parsed, place: int) -> bool:
    """Whether a title stands right after a definite noun: another one then («نائب الوزير النقابة»)."""
    return parsed.tokens[place - 1].folded.startswith(("ال", "لل"))


def _goes_on(proper: list[Name], name: Name) -> bool:
    """Whether a name after another belongs to it: the holder of an office, the adjective of a country."""
    sides = {side for one in proper for side in (one.side, one.country)} - {""}
    own = {name.side, name.country} - {""}
    if name.kind is Kind.DEMONYM or name.kind is Kind.TITLE:
        return True
    if sides and own and sides.isdisjoint(own):
        return False
    return name.kind is Kind.PERSON and all(
        one.kind in (Kind.OFFICE, Kind.DEMONYM, Kind.MINISTRY, Kind.ARMY) for one in proper
    )


def is_title(folded: str) -> bool:
    """Whether a word, with or without a letter joined before it, is a title or another word for people."""
    return (
        folded in _PEOPLE
        or (folded[-1:] == "ا" and folded[:-1] in _PEOPLE)
        or any(
            folded.startswith(letter) and folded[len(letter) :] in _PEOPLE for letter in ("و", "ل", "ب", "ف")
        )
        or (folded.startswith("لل") and "ال" + folded[2:] in _PEOPLE)
    )


def _actor(
    parsed: Parsed, low: int, high: int, named: Mapping[int, tuple[int, Name, int]], strange: frozenset[int]
) -> Actor:
    names, words, place, strangers = [], set[str](), low, set[str]()
    while place < high:
        if place > low and parsed.tokens[place].folded in _POSTS and place + 1 in named:
            place = named[place + 1][0]
        elif place in named:
            end, name, _ = named[place]
            names.append(name)
            if name.kind in _WORDY:
                for token in parsed.tokens[place:end]:
                    words |= _title_keys(token.text)
            place = end
        else:
            words |= _title_keys(_without(parsed.tokens[place].text))
            if place in strange:
                word = _without(parsed.tokens[place].text)
                strangers |= keys(word) | sound_keys(word)
            place += 1
    first = parsed.tokens[low]
    joined = parsed.text[first.start : first.start + named[low][2]] if low in named else _joined(first.folded)
    previous = parsed.tokens[low - 1].folded if low else ""
    before = joined or (previous if previous in _PREPOSITIONS else "")
    definite = not any(name.kind is not Kind.TITLE for name in names) and (
        _bare(first.folded).startswith("ال") or _goes_on_definite(parsed, high)
    )
    titled = is_title(first.folded) or (names and names[0].kind is Kind.TITLE)
    return Actor(
        low=low, high=high, names=tuple(names), words=frozenset(words), strangers=frozenset(strangers),
        definite=definite, before=before,
        text=parsed.text[first.start : parsed.tokens[high - 1].end],
        head=_title_keys(_without(first.text)) if titled else frozenset(),
    )  # fmt: skip


def _goes_on_definite(parsed: Parsed, high: int) -> bool:
    """Whether a title goes on with a definite noun («زعيم الأغلبية …»), so that it means one person."""
    if high >= len(parsed.tokens) or not parsed.tokens[high].folded.startswith("ال"):
        return False
    return not _BREAK.search(parsed.between(high - 1, high))


_LIKE_TITLES = (
    "خبير خبراء محلل محللون محللين مراقب مراقبون مراقبين اقتصادي اقتصاديون اقتصاديين "
    "باحث باحثون باحثين مختص مختصون مختصين متخصص متخصصون متخصصين",
    "متحدث ناطق", "مبعوث موفد مندوب سفير", "سكان أهالي مواطن مواطنون مواطنين أهل",
    "محتج محتجون محتجين متظاهر متظاهرون متظاهرين", "مسؤول مسئول مسؤولون مسؤولين مسئولون مسئولين مصدر مصادر",
    "منقذ منقذون منقذين مسعف مسعفون مسعفين", "شرطة أمن", "ناشط نشطاء ناشطون ناشطين",
    "محام محامي محامون", "محكمة قاض قاضي قضاة", "حكومة سلطات", "منتخب فريق نادي", "زعيم قائد رئيس",
)  # fmt: skip


@cache
def _like_titles() -> dict[str, str]:
    """By the key of each word the mark of its group."""
    return {
        key: f"={number}"
        for number, group in enumerate(_LIKE_TITLES)
        for word in group.split()
        for key in keys(word)
    }


def _title_keys(word: str) -> frozenset[str]:
    """The keys of a word of a title, and a mark where other words name the same kind of people («خبراء»، «محللون»)."""
    found = keys(word)
    return found | {_like_titles()[key] for key in found if key in _like_titles()}


def _joined(folded: str) -> str:
    if folded in _PEOPLE or folded.removesuffix("ا") in _PEOPLE or not is_title(folded):
        return ""
    return "لل" if folded.startswith("لل") else folded[:1]


def _without(word: str) -> str:
    joined = _joined(fold(word))
    return word[len(joined) :] if joined and joined != "لل" else word


def _bare(folded: str) -> str:
    joined = _joined(folded)
    return "ال" + folded[2:] if joined == "لل" else folded[len(joined) :]


def places_of(found: Iterable[Actor]) -> frozenset[int]:
    """The places of all the words that name somebody."""
    return frozenset(place for actor in found for place in range(actor.low, actor.high))


def titles_of(found: Iterable[Actor]) -> dict[str, frozenset[str]]:
    """By the id of each person the words of titles that stand with them."""
    titles: dict[str, set[str]] = defaultdict(set)
    for actor in found:
        for person in actor.people:
            titles[person] |= actor.words
    return {person: frozenset(words) for person, words in titles.items()}
