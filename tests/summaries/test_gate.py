"""The gate: one thing wrong in a sentence is found, and the same thing said in other words is not taken for wrong."""

import pytest

from bot.sample.newsroom import read_outlets
from summaries.analysis import Analyst
from summaries.gate import Gate, Verdict
from summaries.packaged import packaged_decision, packaged_gate, packaged_gazetteer
from summaries.selection import summarise
from summaries.types import Article, ArticleId, Span
from tests.summaries.gate_verdicts import codes, judge

SHIPS = "أعلن الجيش الأمريكي أن خمسا وعشرين سفينة عبرت المضيق يوم الثلاثاء، وأن 40 في المئة منها ناقلات نفط."
ENVOY = "قال المبعوث الأمريكي ستيف ويتكوف إن بلاده لن تقبل تأجيل الاتفاق، وأكدت إسرائيل أنها تدرس المقترح."
CLAIM = "زعم وزير المالية بتسلئيل سموتريتش أن الخطة أوقفت بسبب خلاف داخل الحكومة على الميزانية."
ACCUSED = "اتهمت إيران إسرائيل بقصف السفينة، وقالت إن قائدها مات."
QUOTED = "وصف نتنياهو التقرير بأنه «كذبة كبيرة»، مضيفا أن مكتبه سيرد عليه."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (SHIPS, "عبرت المضيق 25 سفينة، بحسب الجيش الأمريكي."),
        (SHIPS, "عبرت المضيق ٢٥ سفينة الثلاثاء، و٤٠٪ منها ناقلات، وفق الجيش الأمريكي."),
        (ENVOY, "لا ترضى واشنطن بتأجيل الاتفاق، كما قال ستيف ويتكوف."),
        (ENVOY, "تدرس تل أبيب المقترح، وترفض الولايات المتحدة تأجيل الاتفاق."),
        (CLAIM, "ادعى سموتريتش أن الخطة توقفت لخلاف في الحكومة على الموازنة."),
        (ACCUSED, "إسرائيل متهمة من إيران بأنها قصفت السفينة."),
        (QUOTED, "رد نتنياهو على التقرير واصفا إياه بأنه «كذبة كبيرة»."),
    ],
)
def test_other_words_for_the_same_pass(text: str, sentence: str) -> None:
    """Digits for words, a capital for its state, passive for active, a verb of equal strength: all pass."""
    assert judge(text, sentence) == Verdict(supported=True)


@pytest.mark.parametrize(
    ("text", "sentence", "code"),
    [
        (SHIPS, "عبرت المضيق 26 سفينة، بحسب الجيش الأمريكي.", "gate.number"),
        (SHIPS, "عبرت المضيق مئات السفن، بحسب الجيش الأمريكي.", "gate.number"),
        (SHIPS, "قال الجيش الأمريكي إن نصف السفن ناقلات.", "gate.number"),
        (SHIPS, "عبرت السفن المضيق يوم الخميس.", "gate.date"),
        (SHIPS, "عبرت السفن المضيق في ١٢ مايو.", "gate.date"),
        (ENVOY, "قال ماركو روبيو إن بلاده لن تقبل التأجيل.", "gate.name"),
        (ENVOY, "قال سامر الدغيري إن بلاده لن تقبل التأجيل.", "gate.name"),
        (ENVOY, "قال Tom Barrack إن بلاده لن تقبل التأجيل.", "gate.name"),
        (ENVOY, "قال ستيف ويتكوف إن بلاده ستقبل تأجيل الاتفاق.", "gate.negation"),
        (ENVOY, "أكدت إسرائيل أنها لا تدرس المقترح.", "gate.negation"),
        (
            ENVOY,
            "أكد ويتكوف أن المقترح قيد الدرس في إسرائيل، وقالت إسرائيل إنها لن تقبل تأجيل الاتفاق.",
            "gate.speaker",
        ),
        (CLAIM, "أكد سموتريتش أن الخطة أوقفت بسبب خلاف داخل الحكومة.", "gate.strength"),
        (CLAIM, "ادعى سموتريتش أن الخطة أوقفت بسبب ضغط من المستوطنين.", "gate.cause"),
        (ACCUSED, "اتهمت إسرائيل إيران بقصف السفينة.", "gate.role"),
        (QUOTED, "وصف نتنياهو التقرير بأنه «خيانة عظمى».", "gate.quote"),
    ],
)
def test_what_is_not_cited_is_found(text: str, sentence: str, code: str) -> None:
    """Each kind of error is named by its own reason, in Arabic-Indic digits and Latin letters too."""
    assert code in codes(text, sentence)


def test_only_what_is_cited_supports() -> None:
    """A number that stands elsewhere in the text does not support a sentence that cites another place."""
    text = f"{ACCUSED} وقتل 9 بحارة."
    sentence = "قالت إيران إن 9 بحارة ماتوا في قصف السفينة."
    assert packaged_gate().check(text, sentence, [Span(start=0, end=len(text))]).supported
    refused = packaged_gate().check(text, sentence, [Span(start=0, end=len(ACCUSED))])
    assert "gate.number" in {reason.code for reason in refused.reasons}


@pytest.mark.parametrize(("sentence", "cited"), [("", [Span(start=0, end=5)]), ("جملة ما.", [])])
def test_nothing_supports_nothing(sentence: str, cited: list[Span]) -> None:
    """An empty sentence, and one that cites nothing, are refused."""
    assert [reason.code for reason in packaged_gate().check(SHIPS, sentence, cited).reasons] == ["gate.empty"]


def test_a_verdict_depends_on_nothing_before() -> None:
    """The same question has the same answer, in a new gate and after other questions."""
    sentence = "أكد سموتريتش أن 26 سفينة عبرت الخميس بسبب ضغط."
    first = judge(CLAIM, sentence)
    judge(SHIPS, sentence)
    again = Gate(
        packaged_gazetteer(), packaged_gate().words, packaged_gate().names, packaged_decision()
    ).check(CLAIM, sentence, [Span(start=0, end=len(CLAIM))])
    assert first == judge(CLAIM, sentence) == again


def test_reasons_stand_in_one_order() -> None:
    """Of several times that are not cited the reasons stand in order, whatever the process hashes texts to."""
    sentence = "اجتمعت اللجنة الأحد والاثنين والثلاثاء والأربعاء والخميس والجمعة والسبت."
    verdict = judge("اجتمعت اللجنة في مقرها.", sentence)
    assert [reason.values["value"] for reason in verdict.reasons] == ["0", "1", "2", "3", "4", "5", "6"]


def test_our_own_summaries_pass_word_for_word() -> None:
    """Each span of every summary of the sample newsroom is the stored text, and the gate passes it as such."""
    analyst, seen = Analyst(packaged_gazetteer(), ()), 0
    for outlet in read_outlets():
        for piece in outlet.pieces:
            text = "\n\n".join(piece.paragraphs)
            article = Article(id=ArticleId(piece.guid), outlet=outlet.name, title=piece.title, text=text)
            for sentence in summarise([analyst.read(article)]):
                pieces = [
                    (article.title if span.in_title else text)[span.start : span.end]
                    for span in sentence.spans
                ]
                assert " ".join(pieces) == sentence.text
                for span, words in zip(sentence.spans, pieces, strict=True):
                    if not span.in_title:
                        where = [Span(start=span.start, end=span.end)]
                        assert packaged_gate().check(text, words, where).supported
                        seen += 1
    assert seen > 50
