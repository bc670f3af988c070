"""«نقلت صحيفة X عن Y قوله إن …»: an outlet passes on what somebody said."""

from dataclasses import replace

from summaries.statements import outlets, relays
from summaries.statements.clauses import content_after
from summaries.statements.phrases import Phrase, noun_phrase
from summaries.statements.speakers import speaker_of
from summaries.statements.subjects import after_verb, before_verb
from summaries.statements.verbs import forms
from summaries.statements.view import View
from summaries.statements.walk import Walk, keep
from summaries.statements.words import folded
from summaries.types import Span

RELAYING = folded("نقل نقلت ونقل ونقلت تنقل ينقل وينقل ونسبت نسبت ونسب نسب ونقلا")
_CARRIES = folded(
    "وسائل وسئل تقرير تقارير صحيفة صحف جريدة قناة شبكة موقع وكالة وكالات مجلة إذاعة راديو تلفزيون هيئة الصحيفة القناة "
    "الشبكة الموقع الوكالة المجلة الإذاعة التلفزيون الهيئة الصحف التقرير مراسل مراسلة مراسلنا محطة المحطة منصة"
)
_ABOUT_THEM = folded("عنه عنها عنهم عنهما")


def relayed(walk: Walk, place: int) -> int | None:
    """The place at which to go on after what Y said; None where nobody is named whose words are passed on."""
    view, memory = walk.view, walk.memory
    about = _about(walk, place)
    if about is None:
        return None
    outlet = _carrier(walk, place, about)
    cue = next((p for p in range(about + 1, min(walk.high, about + 22)) if _is_masdar(view, p)), about)
    said = view.verbs[cue][0] if cue > about else forms()["قال"]
    words = content_after(view, cue, walk.high, replace(said, doubtful=cue == about), walk.sentence)
    if words is None:
        return place + 1
    source = relays.named_at(view, about + 1, cue) if cue > about else None
    phrase = noun_phrase(view, about + 1, cue if cue > about else words.before, loose=True)
    speaker = speaker_of(view, phrase, feminine=said.feminine if cue > about else None, sure=True) or source
    if view.folded[about] in _ABOUT_THEM:
        speaker = memory.dropped(replace(said, goes_on=True, feminine=None), opening=True)
        carrier = speaker_of(view, noun_phrase(view, about + 1, words.before, loose=False))
        outlet = carrier.text if carrier is not None and carrier.outlet else outlet
    elif speaker is None and cue > about + 1:
        speaker = speaker_of(view, Phrase(first=about + 1, end=min(cue, about + 9)), sure=True)
    if speaker is None:
        return place + 1
    memory.given = outlet
    return keep(walk, said, cue if cue > about else place, speaker, words)


def _about(walk: Walk, place: int) -> int | None:
    """The word «عن», «على لسان» or «إلى» before whose words are passed on, or «عنه»."""
    view = walk.view
    ascribes = view.folded[place].removeprefix("و").startswith("نسب")
    for at in range(place + 1, min(walk.high, place + 16)):
        word = view.folded[at]
        if word == "عن" or word in _ABOUT_THEM or (word == "لسان" and view.folded[at - 1] == "علي"):
            return at
        if ascribes and word == "الي":
            return at
    return None


def _carrier_meant(walk: Walk, place: int) -> str | None:
    """«صحيفة X نقلت عن», «ونقلت عن»: the outlet before the verb, else the one that spoke or was spoken of last."""
    view, memory = walk.view, walk.memory
    masculine = view.folded[place].removeprefix("و")[:4] in {"نقل", "نسب"}
    if masculine and view.folded[place].startswith("و"):
        return None  # «ونقل عن» is as often passive
    found = speaker_of(view, before_verb(view, place, walk.low))
    for one in (found, memory.subject, memory.last, memory.before):
        if one is not None and (one.outlet or one.head in _CARRIES):
            return memory.meet(replace(one, outlet=True)).text
    return None


def _is_masdar(view: View, place: int) -> bool:
    found = view.verbs.get(place)
    return found is not None and (found[0].masdar or found[0].participle)


def _carrier(walk: Walk, place: int, about: int) -> str | None:
    view = walk.view
    if about == place + 1:
        return _carrier_meant(walk, place)
    span = Span(start=view.tokens[place].end, end=view.tokens[about].start)
    carrier = speaker_of(view, after_verb(view, place, about, loose=True), sure=True)
    if carrier is not None and (carrier.outlet or carrier.head in _CARRIES):
        met = walk.memory.meet(replace(carrier, outlet=True))
        outlet = outlets.outlet_in(view, span)
        return outlet if outlet is not None and met.text == carrier.text else met.text
    quoted = view.parsed.of(span).strip() if carrier is None else ""
    quoted = quoted.strip(' "«»“”') if quoted[:1] in tuple('"«“') else ""
    known = (one.text for one in reversed(walk.memory.known) if one.outlet and quoted in one.text)
    return outlets.outlet_in(view, span) or (next(known, quoted) if quoted else None)
