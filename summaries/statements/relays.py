"""The outlet through which a statement came, and attributions without a verb («بحسب …»)."""

import re
from dataclasses import dataclass

from summaries.names import Kind
from summaries.statements.outlets import NAMED, with_carrier
from summaries.statements.phrases import noun_phrase
from summaries.statements.speakers import Speaker, speaker_of
from summaries.statements.view import View
from summaries.statements.words import folded
from summaries.text import fold
from summaries.types import Span

_MARKERS = re.compile(
    r"(?<![\u0600-\u06ff])و?(?:بحسب|حسبما|حسب|وفقًا|وفقا|وفقاً|وفق|طبقا|طبقًا|طبقاً|نقلا عن|نقلًا عن|نقلاً عن|استنادا إلى"
    r"|على حد (?:قول|تعبير|وصف|زعم))(?![\u0600-\u06ff])"
)
_SKIP = folded(
    "يقوله تقوله يذكره صرح صرحت أكد أكدت أكده أكدته أوضح أوضحت أوضحه "
    "ل لما ما نشره نشرته ذكره ذكرته ذكر ذكرت أوردته أورده نقلته نقله نقلت أفادت أفاد به بها قاله قالته "
    "أعلنته أعلنه جاء في ورد عن إلى كشفه كشفته كشفت كشف عنه بثته بثه أعلن أعلنت قال قالت أوردت أورد "
    "نشرت نشر نقل قول تعبير وصف كلام رواية"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """«بحسب X»: the marker and who is named after it; `leading` where it opens its sentence."""

    marker: Span
    speaker: Speaker
    end: int  # of the phrase
    leading: bool


def attributions(view: View, sentence: Span) -> list[Attribution]:
    """The attributions without a verb in a sentence, in order."""
    found = []
    for marker in _MARKERS.finditer(view.text, sentence.start, sentence.end):
        low, high = view.parsed.range_of(Span(start=marker.end(), end=sentence.end))
        speaker = named_at(view, low, high)
        if speaker is not None:
            leading = not view.text[sentence.start : marker.start()].strip(' "«“*-–')
            span = Span(start=marker.start(), end=marker.end())
            found.append(Attribution(marker=span, speaker=speaker, end=speaker.span.end, leading=leading))
    return found


def named_at(view: View, low: int, high: int) -> Speaker | None:
    """Who is named after «بحسب», «وفقا لما نشره» and the like."""
    first = low
    while low < high and view.folded[low] in _SKIP:
        low += 1
    if low >= high:
        return None
    named = view.starts(low)
    if named is not None and low > first and named.mention.name.kind is Kind.DEMONYM:
        return None  # «وفق رواية إسرائيلية» names nobody
    if named is not None and named.mention.name.kind in {Kind.OUTLET, Kind.AGENCY}:
        start, end = with_carrier(view, named.mention)
        return _outlet_speaker(view, start, end, low)
    phrase = noun_phrase(view, low, high, loose=False)
    if phrase is None and view.folded[low].startswith("ل"):
        return _after_lam(view, low, high)
    return speaker_of(view, phrase)


def _after_lam(view: View, low: int, high: int) -> Speaker | None:
    """«وفقا لصحيفة X», «وفقا للمسؤولين»: the phrase without the preposition."""
    token = view.tokens[low]
    named = NAMED.match(view.text, token.start + 1)
    if named is not None:
        mention = next(iter(view.parsed.mentions_in(Span(start=named.start(), end=named.end()))), None)
        end = max(named.end(), with_carrier(view, mention)[1] if mention is not None else 0)
        return _outlet_speaker(view, named.start(), end, low)
    end = low + 1
    while end < high and end - low < 7 and view.gap(end) == " " and view.folded[end] not in _PHRASE_ENDS:
        end += 1
    span = Span(start=token.start + (2 if token.folded.startswith("لل") else 1), end=view.tokens[end - 1].end)
    text = ("ال" if token.folded.startswith("لل") else "") + view.text[span.start : span.end]
    head = fold(text.split()[0])
    mentions = view.parsed.mentions_in(span)
    if head not in _ATTRIBUTABLE and not mentions:
        return None
    side = next((m.name.side for m in mentions if m.name.side), None)
    return Speaker(text=text, span=span, head=head, side=side, unnamed=head in _ATTRIBUTABLE)


_ATTRIBUTABLE = folded(
    "مراسلنا مراسلتنا مصادرنا "
    "مسؤولين المسؤولين مسؤول مصادر مصدر المصادر المصدر مسئولين مسئول المسئولين تقارير التقرير تقرير "
    "البيان بيان خبراء الخبراء محللين المحللين مراقبين دبلوماسيين شهود الشرطة الجيش الوزارة وزارة متحدث "
    "المتحدث مكتب رئيس الحكومة الأمم"
)
_PHRASE_ENDS = folded("الذي التي الذين فإن فان فقد خلال في اليوم أمس حول بشأن يوم تعليقا إن أن قال قالت")


def _outlet_speaker(view: View, start: int, end: int, place: int) -> Speaker:
    span = Span(start=start, end=end)
    mention = next(iter(view.parsed.mentions_in(span)), None)
    text = view.text[start:end]
    return Speaker(
        text=text, span=span, head=fold(text.split()[0]), name=mention.name.id if mention else "", outlet=True
    )
