"""Outlets as a text names them: with the word for their kind, as those that carried or were told something."""

import re
from dataclasses import dataclass

from summaries.names import Kind, Mention
from summaries.statements.verbs import COMPLEMENTISERS
from summaries.statements.view import CLOSING, OPENING, View
from summaries.statements.words import ADVERBS, PREPOSITIONS, STOPS, folded
from summaries.text import fold
from summaries.types import Span

_CARRIER = (
    r"(?:صحيفة|الصحيفة|صحيفتي|صحيفتا|جريدة|موقع|قناة|القناة|شبكة|وكالة|مجلة|إذاعة|اذاعة|الإذاعة|الاذاعة|تلفزيون|التلفزيون"
    r"|هيئة|وسائل الإعلام|وسائل إعلام|وسائل الاعلام|وسائل اعلام|تقارير|راديو|محطة|منصة)"
)
NAMED = re.compile(
    rf"{_CARRIER}\s+(?:[\"«“][^\"»”\n]{{2,40}}[\"»”]|[^\s،.:\"«»]+)(?:\s+(?:ال[^\s،.:]+ي[ةه]?))?"
)
_KIND_AFTER = (
    r"(?: (?:نيوز|تايمز|بوست|جورنال|برس|تي في|نت|أونلاين|عربية))?[\"»”]?"
    r"(?:\s+(?:ال[^\s،.:\"]+ي(?:ة|ه)?|للأنباء|للانباء))*(?:\s*\([^()\s]{2,12}\))?(?=[\s،.:\"]|$)"
)
NEAR = 24  # characters between a word that leads to an outlet and the outlet
_TO = re.compile(
    r"(?:^|\s)(?:ل+|عبر )(?:صحيفه|وكاله|قناه|شبكه|موقع|مجله|اذاعه|برنامج|تلفزيون|هييه|راديو|محطه)?\s*[\"«“]?$"
)
_INTERVIEW = re.compile(r"(?:مقابله|حديث|لقاء|تصريح|تصريحات|حوار|مقابلات|مداخله|مقال|اتصال)\s.{0,16}$")
_PASSED = re.compile(
    r"(?:^|\s)(?<!ما )(?:(?:بث|نشر|اورد|اذاع|نقل|عرض|تناقل|تلق|اجر)[تاي]?(?:ه|ها|هم|هما)"
    r"(?: (?:معه|معها|معهم|عنه|عنها|عنهم))?|(?:حصل|اطلع)ت? (?:عليه|عليها)|نشرت? في) "
    r"(?:صحيفه|وكاله|قناه|شبكه|موقع|مجله|اذاعه|تلفزيون|هييه|راديو|محطه)?\s*[\"«“]?$"
)
"""Relative clauses that say who carried it («بثته قناة …», «اطلعت عليه وكالة …»), folded; not «ما أوردته …»."""
_CARRIERS = folded("صحيفة جريدة مجلة موقع قناة شبكة وكالة إذاعة راديو تلفزيون محطة")
_THE_CARRIERS = folded("الصحيفة الجريدة المجلة الموقع القناة الشبكة الوكالة الإذاعة الراديو التلفزيون المحطة")
_TOLD = re.compile(r"لـ?\s?[\"«“]([^\"»”\n]{2,30})(?=[\"»”])")
_LONGEST_NAME = 4  # words of an outlet's name that nobody knows
_NAME_STOPS = STOPS | ADVERBS | PREPOSITIONS


def outlet_in(view: View, span: Span) -> str | None:
    """The outlet named in a span, with its carrier word as written («صحيفة "هآرتس" الإسرائيلية»)."""
    for mention in view.parsed.mentions_in(span):
        if mention.name.kind in {Kind.OUTLET, Kind.AGENCY}:
            start, end = with_carrier(view, mention)
            return view.text[start:end]
    named = NAMED.search(view.text, span.start, span.end)
    return named[0] if named is not None else None


def with_carrier(view: View, mention: Mention) -> tuple[int, int]:
    """Where the mention stands with «صحيفة» or the like before it, and its marks and nationality after it."""
    start, end = mention.start, mention.end
    before = re.search(rf"{_CARRIER}\s*[\"«“]?$", view.text[max(0, start - 16) : start])
    if before is not None:
        start = max(0, start - 16) + before.start()
    after = re.match(_KIND_AFTER, view.text[end : end + 40])
    if after is not None:
        end += after.end()
    inside = view.text[start:end]
    if inside[-1] in CLOSING and not any(mark in inside[:-1] for mark in OPENING):
        end -= 1
    return start, end + int("(" in inside and view.text[end : end + 1] == ")")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An outlet to which somebody spoke or that carried it, and where it stands."""

    text: str
    span: Span
    meant: bool = False  # «للصحيفة»: the one that was named before
    sure: bool = True  # else it is one only right after a verb of saying: «لموقع …» may be any site


def outlets_asked(view: View, sentence: Span) -> list[Asked]:
    """The outlets to which somebody spoke or that carried it: «لوكالة …», «في مقابلة مع …», «بثته قناة …»."""
    found = []
    for mention in view.parsed.mentions_in(sentence):
        if mention.name.kind not in {Kind.OUTLET, Kind.AGENCY}:
            continue
        lead = fold(view.text[max(sentence.start, mention.start - NEAR) : mention.start])
        if _TO.search(lead) or _INTERVIEW.search(lead) or _PASSED.search(lead):
            start, end = with_carrier(view, mention)
            text = view.text[start:end]
            if fold(text[:1]) == "ل" and view.text[start - 1] == "ل":  # «للجزيرة»
                text = "ال" + text[1:]
            found.append(Asked(text=text, span=Span(start=start, end=end)))
    low, high = view.parsed.range_of(sentence)
    for place in range(low, high):
        named = _carrier_at(view, place, low, high) or _framed_at(view, place, sentence)
        if named is not None and not any(one.span.end > named.span.start and one.span.start < named.span.end
                                         for one in found):  # fmt: skip
            found.append(named)
    return sorted(found, key=lambda one: one.span.start)


def _carrier_at(view: View, place: int, low: int, high: int) -> Asked | None:
    """An outlet that nobody knows, by the word for its kind: «لمجلة سينما الجبل», «مع إذاعة الوادي», «للصحيفة»."""
    token = view.tokens[place]
    word = token.folded
    if word.startswith("لل") and "ال" + word[2:] in _THE_CARRIERS:
        end = _name_end(view, place + 1, high)
        text = "ال" + view.text[token.start + 2 : view.tokens[end - 1].end]
        span = Span(start=token.start, end=view.tokens[end - 1].end)
        return Asked(text=text, span=span, meant=end == place + 1, sure=False)
    joined = word.startswith("ل") and word[1:] in _CARRIERS
    if not joined and word not in _CARRIERS:
        return None
    lead = fold(view.text[max(view.tokens[low].start, token.start - NEAR) : token.start])
    spoken = bool(_INTERVIEW.search(lead) or _PASSED.search(lead))
    if not joined and not spoken:
        return None
    end = _name_end(view, place + 1, high)
    if end == place + 1:
        return None
    span = Span(start=token.start + joined, end=_past_mark(view.text, view.tokens[end - 1].end))
    return Asked(text=view.text[span.start : span.end], span=span, sure=spoken)


def _name_end(view: View, place: int, high: int) -> int:
    """One past the last word of an outlet's name: what is framed, or the words up to what cannot belong to it."""
    framed = place < high and view.gap(place).strip() in tuple(OPENING)
    end = place
    while end < high and end - place < _LONGEST_NAME:
        gap = view.gap(end)
        closed = any(mark in gap for mark in CLOSING) and end > place
        plain = gap == " " or (end == place and framed)
        if not (plain or (framed and closed and gap.strip() in tuple(CLOSING))):
            break
        if (not framed or closed) and (
            view.folded[end] in _NAME_STOPS or view.folded[end] in COMPLEMENTISERS or end in view.verbs
        ):
            break
        end, framed = end + 1, framed and not closed
    return end


def _past_mark(text: str, end: int) -> int:
    return end + (text[end : end + 1] in tuple(CLOSING))


def _framed_at(view: View, place: int, sentence: Span) -> Asked | None:
    """«لـ«الراكوبة»»: whoever is told, in quotation marks, right after a preposition that stands alone."""
    framed = _TOLD.match(view.text, max(sentence.start, view.tokens[place].start), sentence.end)
    if framed is None or view.folded[place] != "ل":
        return None
    return Asked(text=framed[1], span=Span(start=framed.start(1), end=framed.end(1)), sure=False)


def listener_end(view: View, place: int, high: int) -> int:
    """One past the last word of the outlet that is told («قال لـ«النهار» مصدر إن»), or the place if none is."""
    named = view.starts(place)
    if named is not None and named.mention.name.kind in {Kind.OUTLET, Kind.AGENCY}:
        return named.end if view.clitic(named).startswith("ل") else place
    told = _carrier_at(view, place, place, high)
    if told is None and place + 1 < high:
        told = _framed_at(
            view, place, Span(start=view.tokens[place].start, end=view.tokens[high - 1].end + 1)
        )
    return view.parsed.range_of(Span(start=view.tokens[place].start, end=told.span.end))[1] if told else place
