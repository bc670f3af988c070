"""What a long text costs: twice the text, about twice the work, however it is written."""

from itertools import cycle, islice
from typing import Any

import pytest

from summaries.analysis import Analyst
from summaries.gate import Gate
from summaries.packaged import packaged_decision, packaged_gate, packaged_gazetteer, packaged_topics
from summaries.reading import read
from summaries.selection import summarise
from summaries.text import sentences
from summaries.types import Article, ArticleId, Span
from tests.work import growth

LINEAR = 2.3  # times the work for twice the text: what is looked up grows by a logarithm
NEWS = (
    "قال الوزير الألماني يوهان فيبر إن الجسر لن يفتح قبل الأحد، وأكد أن العمال لم ينهوا ترميمه إلا بعد شهرين. ",
    "نفت بلدية برلين ما أعلنته واشنطن، بينما طالب السفير الأمريكي إسرائيل بوقف 3 مشاريع بسبب الضغط «الشديد». ",
    "ولم تعلق الحكومة على ذلك، لكن مسؤولا في وزارة الخارجية رفض أن يشارك في الاجتماع، وفق وكالة رويترز. ",
    "وكما أوضحت المتحدثة باسم اليونيسف، دفع الإضراب نحو 40 عاملا إلى المغادرة، ومن المقرر أن يعودوا غدا. ",
)
TEXTS = {
    "sentences": "".join(islice(cycle(NEWS), 24)),
    "one sentence": "".join(islice(cycle(NEWS), 24)).replace(".", "،"),
    "one sentence said again": NEWS[0] * 24,
    "no mark": "".join(islice(cycle(NEWS), 24)).translate(dict.fromkeys(map(ord, ".،«»"))),
}
CLAIM = (
    "قال الوزير الألماني فيبر إن الجسر لم يفتح يوم الأحد رغم الضغط الأمريكي، ونفت بلدية برلين وقف 4 مشاريع بسبب "
    "الإضراب، بينما أعلنت واشنطن أن إسرائيل لن تشارك في الاجتماع."
)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("apart", [False, True], ids=["as one span", "sentence by sentence"])
def test_a_long_citation_is_gone_through_once(text: str, apart: bool) -> None:
    """The gate looks up what it seeks in what is cited, and does not go through it again for each word, name or
    speech that it finds there.
    """

    def judge(whole: str) -> None:
        cited = sentences(whole) if apart else [Span(start=0, end=len(whole))]
        known = packaged_gate()
        gate = Gate(
            packaged_gazetteer(), known.words, known.names, packaged_decision()
        )  # has read nothing yet
        gate.check(whole, CLAIM, cited)

    assert growth(judge, text) < LINEAR


@pytest.mark.parametrize("budget", [{}, {"words": 40}, {"words": 400}, {"ratio": 0.3}], ids=str)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_long_text_is_summarised_by_going_through_it_once(text: str, budget: dict[str, Any]) -> None:
    """A sentence without end is not gone through again for each of its clauses, nor all that is said in an article
    for each of its sentences.
    """

    def brief(whole: str) -> None:
        article = Article(id=ArticleId("a"), outlet="o", title="بلدية برلين تنفي فتح الجسر", text=whole)
        summarise([read(article, packaged_gazetteer())], **budget)

    assert growth(brief, text * 4) < LINEAR


def test_a_sentence_without_end_has_openings_of_every_length() -> None:
    """Where a sentence goes on with commas alone, a budget is still filled: its first openings are all there, and some
    of every length after them.
    """
    text = "قال الوزير إن الجسر سيفتح غدا، " * 1000
    for words in (12, 60, 600, 4000):
        made = summarise([Article(id=ArticleId("a"), outlet="o", title="", text=text)], words=words)
        assert 0.8 * words <= len(made[0].text.split()) <= words


def test_many_documents_are_summarised_by_going_through_them_once() -> None:
    """With a share of many documents as its budget, the search for sentences ends where none adds more than it costs,
    and not where the budget does.
    """

    def brief(whole: str) -> None:
        given = [
            Article(
                id=ArticleId(str(place)), outlet="o", title="", text=f"{line}.\n{NEWS[place % len(NEWS)]}"
            )
            for place, line in enumerate(whole.split("."))
        ]
        summarise(given, ratio=0.3)

    assert (
        growth(brief, "".join(f"زار الوفد رقم {place} مدينة برلين أمس مع وزراء. " for place in range(30)))
        < LINEAR
    )


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_long_article_is_understood_by_going_through_it_once(text: str) -> None:
    """Relevance, origins and statements look up who stands near a word, and do not go through all that the article
    names for each word and each sentence.
    """
    analyst = Analyst(packaged_gazetteer(), packaged_topics())

    def understand(whole: str) -> None:
        analyst.analyse(
            Article(id=ArticleId("a"), outlet="o", title="بلدية برلين تنفي فتح الجسر", text=whole)
        )

    assert growth(understand, text * 4) < LINEAR


def test_a_mark_of_quotation_around_no_word_is_judged() -> None:
    """Quotation marks with nothing but marks between them, after the last word, are no name."""
    text = "قال الوزير إن الجسر مفتوح «()»"
    assert packaged_gate().check(text, "قال الوزير إن الجسر مغلق.", [Span(start=0, end=len(text))])


@pytest.mark.parametrize(
    "text", ["عشرون ألفا، 17 جسرا ثم " * 60, "لم لا لن ليس " * 100], ids=["numbers", "negations"]
)
def test_a_text_of_one_kind_of_word_is_gone_through_once(text: str) -> None:
    """Nothing but numbers, or but negations, costs what its length costs."""

    def judge(whole: str) -> None:
        known = packaged_gate()
        gate = Gate(packaged_gazetteer(), known.words, known.names, packaged_decision())
        gate.check(whole, "قال الوزير إن 17 جسرا لم تفتح.", [Span(start=0, end=len(whole))])

    assert growth(judge, text) < LINEAR


def test_what_is_no_sentence_is_not_judged() -> None:
    """A sentence of thousands of words is refused at once, for it would hold up all others; word for word it passes."""
    text = "".join(TEXTS.values())
    cited = [Span(start=0, end=len(text))]
    verdict = packaged_gate().check(text, f"ليس {text}", cited)
    assert [reason.code for reason in verdict.reasons] == ["gate.long"]
    assert packaged_gate().check(text, text, cited).supported
