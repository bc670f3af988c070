"""Who speaks: a phrase of the text, or whoever is meant where the text names nobody."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from summaries.names import Kind, Mention
from summaries.statements.outlets import Asked
from summaries.statements.phrases import Phrase, can_speak, span_of
from summaries.statements.verbs import Verb
from summaries.statements.view import View
from summaries.statements.words import THE_SAME, TITLES, UNNAMED, folded
from summaries.text import fold
from summaries.types import Span

_CARRIERS = folded(
    "الصحيفة القناة الموقع الوكالة الإذاعة التلفزيون الشبكة المجلة الهيئة الجريدة التقرير الإذاعه المحطة"
)
_REMEMBERED = 60
_NAME_FIRST = 3  # words of a name that stands before its title
_LATTER = 30  # words back to whom «الأخير» means


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker as written, and where; with the name that is known in it, their office and their gender."""

    text: str
    span: Span
    head: str  # the first word, folded
    name: str = ""  # the gazetteer's id of the person or outlet
    side: str | None = None
    role: str | None = None
    unnamed: bool = False
    outlet: bool = False
    feminine: bool | None = None


@dataclass(slots=True)
class Memory:
    """Who was heard so far."""

    known: deque[Speaker] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    fullest: dict[str, Speaker] = field(default_factory=dict)
    last: Speaker | None = None  # who spoke last
    subject: Speaker | None = None  # of the sentence that is read, though nothing may be said in it
    before: Speaker | None = None  # the subject of the sentence before
    sentence: int = 0  # where the sentence that is read begins
    base: str | None = None  # the outlet on which the whole article rests
    relay: str | None = None  # named in this sentence by an attribution
    asked: Sequence[Asked] = ()  # the outlets that were spoken to in this sentence
    given: str | None = None  # the relay of the statement that is read now
    through: str | None = None  # the relay of whoever spoke last

    def meet(self, speaker: Speaker) -> Speaker:
        """The speaker under the fullest form given: «الصحيفة» is the newspaper named before."""
        found = self._meant(speaker) or self._introduced(speaker) or speaker
        if found.name:
            known = self.fullest.get(found.name)
            if known is not None and found.role is None:
                found = replace(found, role=known.role, side=found.side or known.side)
            if known is None or len(known.text) < len(found.text):
                self.fullest[found.name] = found
        self.known.append(found)
        return found

    def _meant(self, speaker: Speaker) -> Speaker | None:
        words = speaker.text.split()
        if fold(words[-1]) in THE_SAME and len(words) == 2:
            named = self._meant(replace(speaker, text=words[0]))
            agrees = self.last is not None and speaker.feminine in {None, self.last.feminine}
            return named or (replace(self.last, feminine=speaker.feminine) if self.last and agrees else None)
        if len(words) > 2 or not speaker.head.startswith("ال") or speaker.name:
            return None
        if speaker.head not in TITLES and speaker.head not in _CARRIERS:
            return None
        head = speaker.head.removeprefix("ال")
        for known in reversed(self.known):
            same = _heads(head, known.text) or (speaker.head in _CARRIERS and known.outlet)
            if same and len(known.text.split()) > 1 and (len(words) == 1 or _shares(words[1], known.text)):
                return replace(known, feminine=speaker.feminine)
        return None

    def outlet_meant(self) -> str | None:
        """«للصحيفة»: the outlet that was named last."""
        return next((one.text for one in reversed(self.known) if one.outlet), self.through or self.base)

    def _introduced(self, speaker: Speaker) -> Speaker | None:
        """Who was introduced under a longer name that ends with this one («كركوتلي» after «المدير محمود كركوتلي»)."""
        short = speaker.text.split()
        if speaker.name or len(short) > 2 or speaker.head in TITLES or speaker.unnamed:
            return None
        for known in reversed(self.known):
            words = known.text.split()
            last = len(words) if known.head in TITLES else min(len(words), _NAME_FIRST)
            for end in range(len(short) + 1, last + 1):
                ends = end == len(words) or known.head not in TITLES
                if (
                    ends
                    and not known.outlet
                    and known.head not in _OWNED
                    and words[end - len(short) : end] == short
                ):
                    return replace(known, feminine=speaker.feminine)
        return None

    def latter(self, view: View, place: int) -> Speaker | None:
        """«الأخير»: the person who was named last before a word."""
        for named in (
            view.names[at] for at in range(place - 1, max(-1, place - _LATTER), -1) if at in view.names
        ):
            if named.mention.name.kind is Kind.PERSON:
                phrase = Phrase(first=named.first, end=named.end, person=True)
                return speaker_of(view, phrase)
        return None

    def dropped(self, verb: Verb, *, opening: bool) -> Speaker | None:
        """Who is meant by a verb without a speaker; `opening`: it opens its sentence."""
        here = self.last if self.last is not None and self.last.span.start >= self.sentence else None
        if not opening:
            choices = [here, self.subject, self.last, self.before]
        elif verb.goes_on:
            choices = [self.last, self.before]
        else:
            choices = [self._newer(), self.last]
        found = [one for one in choices if one is not None]
        agreeing = [
            one for one in found if None in (verb.feminine, one.feminine) or one.feminine == verb.feminine
        ]
        chosen = next(iter(agreeing or found), None)
        if chosen is None or (not agreeing and verb.feminine is not None):
            older = (one for one in reversed(self.known) if one.feminine == verb.feminine)
            chosen = next(older, None)  # better nobody than somebody of the other gender
        return self.fullest.get(chosen.name, chosen) if chosen is not None and chosen.name else chosen

    def named_again(self, view: View, place: int) -> Phrase | None:
        """A word by which somebody's name ended who spoke before («السايح» after «عماد السايح»)."""
        word = view.tokens[place].text if place < len(view.tokens) else ""
        ends = (
            known.text.split()[-1] == word for known in self.known if not known.outlet and " " in known.text
        )
        return Phrase(first=place, end=place + 1, person=True) if len(word) > 2 and any(ends) else None

    def same_as_before(self, verb: Verb) -> Speaker | None:
        """Whoever spoke last, if nobody was spoken of since and the verb is of their gender for sure."""
        agrees = self.last is not None and self.last.feminine == verb.feminine and self._newer() is None
        return self.last if agrees else None

    def _newer(self) -> Speaker | None:
        """The subject of the sentence before, where it was named after whoever spoke last."""
        if self.before is None or (self.last is not None and self.last.span.start >= self.before.span.start):
            return None
        return self.before


def _heads(head: str, text: str) -> bool:
    """Whether a title is the first or second word of a text, whatever its ending («أحد مساعدي», «المساعد»)."""
    words = [fold(word).removeprefix("ال") for word in text.split()[:2]]
    return any(word.startswith(head) and len(word) <= len(head) + 1 for word in words)


def _shares(word: str, text: str) -> bool:
    """Whether an adjective («الإسرائيلي») is among the words of a text, whatever its ending."""
    key = word.removeprefix("ال")[:5]
    return any(other.removeprefix("ال").startswith(key) for other in text.split())


def speaker_of(
    view: View, phrase: Phrase | None, *, feminine: bool | None = None, sure: bool = False
) -> Speaker | None:
    """The speaker whom a phrase names; `sure`: whatever the phrase is, it speaks."""
    if phrase is None or not (sure or can_speak(view, phrase)):
        return None
    span = span_of(view, phrase)
    mentions = view.parsed.mentions_in(span)
    head = view.folded[phrase.first]
    person = next((m for m in mentions if m.name.kind is Kind.PERSON), None)
    side = next((m.name.side for m in ((person, *mentions) if person else mentions) if m.name.side), None)
    if person is not None and _belongs_to(view, span, head, person):
        person = None
    outlet = _outlet(mentions, person, head)
    named = person or outlet
    return Speaker(
        text=view.text[span.start : span.end], span=span, head=head, name=named.name.id if named else "",
        side=side, role=_role(view, span, head, person), feminine=feminine, outlet=outlet is not None or (
            person is None and head in _CARRIERS),
        unnamed=person is None and (not phrase.person or head in _OWNED) and head.removeprefix("و") in UNNAMED,
    )  # fmt: skip


_OWNED = folded(
    "مكتب إدارة حكومة أحد إحدى احدى بعض مساعد مساعدو مساعدي مساعدين مقربون مقربين فريق حملة مذكرة رسالة "
    "ديوان حزب حركة كتلة مصدر مصادر مسؤول مسؤولون مسؤولو محامي محامو زوجة ابن نجل شقيق والد والدة عائلة "
    "بيان أنصار"
)
_ROLES = folded(
    "مستشار مستشارو مستشارة مبعوث مبعوثا نائب متحدث متحدثة ناطق سفير وزير وزراء طبيب كبير كبار باسم بلسان من"
)


def _belongs_to(view: View, span: Span, head: str, person: Mention) -> bool:
    """Whether the person in a phrase is not the one who speaks: «مكتب نتنياهو», «مبعوث ترامب»."""
    if person.start == span.start:
        return False
    before = [fold(word) for word in view.text[span.start : person.start].split()]
    return head in _OWNED or (bool(before) and before[-1] in _ROLES)


def _outlet(mentions: Sequence[Mention], person: Mention | None, head: str) -> Mention | None:
    if person is not None or not mentions:
        return None
    first = mentions[0]
    return first if first.name.kind in {Kind.OUTLET, Kind.AGENCY} and head not in _OF_AN_OUTLET else None


_OF_AN_OUTLET = folded("مراسل مراسلة مدير رئيس كاتب محلل صحفي صحافي معلق مراسلو المراسل الكاتب المحلل")


def _role(view: View, span: Span, head: str, person: Mention | None) -> str | None:
    """The title or office as written: what stands before the name, or all of a phrase without one."""
    if person is None:
        return view.text[span.start : span.end] if head in TITLES else None
    before = view.text[span.start : person.start].strip(" ،,")
    return before or None
