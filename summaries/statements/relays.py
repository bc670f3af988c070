"""The outlet through which a statement came, and attributions without a verb («بحسب …»)."""

import re
from dataclasses import dataclass

from summaries.names import Mention
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS
from summaries.text import fold
from summaries.types import Span

_MARKERS = re.compile(
    r"(?<![\u0600-\u06ff])و?(?:بحسب|حسبما|حسب|وفقًا|وفقا|وفق|طبقا|طبقًا|نقلا عن|نقلًا عن|استنادا إلى)(?![\u0600-\u06ff])"
)
_CARRIER = r"(?:صحيفة|الصحيفة|جريدة|موقع|قناة|شبكة|وكالة|مجلة|إذاعة|اذاعة|تلفزيون|هيئة|وسائل الإعلام|وسائل إعلام|وسائل الاعلام|تقارير|راديو)"
_INTERVIEW = re.compile(
    r"(?:مقابلة|حديث|لقاء|تصريح|تصريحات|حوار|مقابلات|مداخلة)[^.\n]{0,30}?(?:مع|ل|لـ|إلى)\s*"
    + rf"(?={_CARRIER}|ل?{_CARRIER})"
)
_NAMED = re.compile(rf"{_CARRIER}\s+(?:[\"«“][^\"»”]+[\"»”]|[^\s،.:\"«»]+)(?:\s+(?:ال[^\s،.:]+ي[ةه]?))?")
NEAR = 22  # characters between a word that leads to an outlet and the outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """«بحسب X»: the marker and the phrase after it; `leading` where it opens its sentence."""

    marker: Span
    phrase: Span
    leading: bool


def attributions(parsed: Parsed, sentence: Span) -> list[Attribution]:
    """The attributions without a verb in a sentence, in order."""
    found = []
    for marker in _MARKERS.finditer(parsed.text, sentence.start, sentence.end):
        phrase = _phrase(parsed, marker.end(), sentence.end)
        if phrase is not None:
            leading = not parsed.text[sentence.start : marker.start()].strip(' "«“*-–')
            found.append(
                Attribution(
                    marker=Span(start=marker.start(), end=marker.end()), phrase=phrase, leading=leading
                )
            )
    return found


_SKIP = frozenset(
    fold(w)
    for w in (
        "ل",
        "لما",
        "ما",
        "نشره",
        "نشرته",
        "ذكره",
        "ذكرته",
        "ذكر",
        "ذكرت",
        "أوردته",
        "أورده",
        "نقلته",
        "نقله",
        "نقلت",
        "أفادت",
        "أفاد",
        "به",
        "بها",
        "قاله",
        "قالته",
        "أعلنته",
        "أعلنه",
        "جاء",
        "في",
        "ورد",
        "عن",
        "إلى",
        "كشفه",
        "كشفته",
        "كشفت",
        "كشف",
        "عنه",
        "بثته",
        "بثه",
        "أعلن",
        "أعلنت",
        "قال",
        "قالت",
    )
)


def _phrase(parsed: Parsed, start: int, end: int) -> Span | None:
    low, high = parsed.range_of(Span(start=start, end=end))
    while low < high and parsed.tokens[low].folded in _SKIP:
        low += 1
    if low >= high:
        return None
    stop = low + 1
    while stop < high and stop - low < 9:
        gap = parsed.text[parsed.tokens[stop - 1].end : parsed.tokens[stop].start]
        if re.search(r"[،؛,:\n(.]", gap) or parsed.tokens[stop].folded in COMPLEMENTISERS | _PHRASE_ENDS:
            break
        stop += 1
    begin = parsed.tokens[low].start
    if (
        parsed.tokens[low].folded.startswith("ل")
        and not parsed.tokens[low].folded.startswith("لل")
        and len(parsed.tokens[low].folded) > 4
    ):
        begin += 1
    finish = parsed.tokens[stop - 1].end
    if parsed.text[finish : finish + 1] in {'"', "»", "”"} and parsed.text[begin:finish].count('"') % 2:
        finish += 1
    return Span(start=begin, end=finish)


_PHRASE_ENDS = frozenset(
    fold(w)
    for w in (
        "الذي",
        "التي",
        "الذين",
        "فإن",
        "فان",
        "فقد",
        "خلال",
        "في",
        "اليوم",
        "أمس",
        "حول",
        "بشأن",
        "يوم",
        "تعليقا",
    )
)


def outlet_in(parsed: Parsed, span: Span) -> str | None:
    """The outlet named in a span, with its carrier word as written («صحيفة "هآرتس" الإسرائيلية»)."""
    for mention in parsed.mentions_in(span):
        if mention.name.kind in {"outlet", "agency"}:
            return with_carrier(parsed, mention)
    named = _NAMED.search(parsed.text, span.start, span.end)
    return named[0] if named is not None else None


def with_carrier(parsed: Parsed, mention: Mention) -> str:
    """The mention with «صحيفة» or the like before it, and its marks and nationality after it."""
    start, end = mention.start, mention.end
    before = re.search(rf"{_CARRIER}\s*[\"«“]?$", parsed.text[max(0, start - 16) : start])
    if before is not None:
        start = max(0, start - 16) + before.start()
    after = re.match(r"[\"»”]?(?:\s+ال[^\s،.:\"]+ي(?:ة|ه)?(?=[\s،.:]|$))?", parsed.text[end : end + 24])
    if after is not None:
        end += after.end()
    return parsed.text[start:end]


def outlet_asked(parsed: Parsed, sentence: Span) -> str | None:
    """The outlet to which somebody spoke: «لوكالة …», «في مقابلة مع …»."""
    for mention in parsed.mentions_in(sentence):
        if mention.name.kind not in {"outlet", "agency"}:
            continue
        lead = fold(parsed.text[max(sentence.start, mention.start - NEAR) : mention.start])
        if re.search(
            r"(?:^|\s)ل+(?:صحيفه|وكاله|قناه|شبكه|موقع|مجله|اذاعه|برنامج|تلفزيون|هييه)?\s*[\"«“]?$", lead
        ):
            return with_carrier(parsed, mention)
        if re.search(r"(?:مقابله|حديث|لقاء|تصريح|تصريحات|حوار|مقابلات)\s.{0,16}$", lead):
            return with_carrier(parsed, mention)
    return None
