"""Relevance: who acts on whom. The articles here are made up."""

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.packaged import packaged_gazetteer, packaged_topics
from summaries.parties import private
from summaries.reading import Reading, read
from summaries.relations import Bond, relations, scene
from summaries.relevance import judge
from summaries.topic import Topic
from summaries.types import Article, ArticleId, Label, TopicMatch


@lru_cache
def topic(identity: str = "us-israel") -> Topic:
    return next(t for t in packaged_topics() if t.id == identity)


def reading(title: str, text: str = "") -> Reading:
    return read(Article(id=ArticleId("a"), outlet="o", title=title, text=text), packaged_gazetteer())


def judged(title: str, text: str, identity: str = "us-israel") -> TopicMatch:
    return judge(reading(title, text), topic(identity))


def bonds(title: str) -> list[tuple[str, str, Bond]]:
    """Subject, target and bond of each friction, pressure or rift word of a title."""
    parsed = reading(title).title
    seen = scene(parsed, topic(), private(parsed))
    found = relations(seen, 0, len(parsed.tokens))
    return [
        (r.subject.party if r.subject else "", r.target.party if r.target else "", r.bond)
        for r in found
        if r.cue.kind in ("friction", "pressure", "rift")
    ]


@pytest.mark.parametrize(
    ("title", "subject", "target"),
    [
        ("واشنطن تنتقد إسرائيل", "us", "israel"),
        ("انتقدت الولايات المتحدة الحكومة الإسرائيلية", "us", "israel"),
        ("نتنياهو يرفض مقترح بايدن", "israel", "us"),
        ("ضغوط أميركية على تل أبيب", "us", "israel"),
        ("إسرائيل تواجه غضبا أمريكيا", "us", "israel"),
        ("الخلاف بين ترامب ونتنياهو", "us", "israel"),
        ("توتر في العلاقات الأميركية الإسرائيلية", "us", "israel"),
        ("السفارة الأميركية تنتقد إسرائيل", "us", "israel"),
        ("الكونغرس يرفض طلبا إسرائيليا", "us", "israel"),
        ("رفض الهجوم الأميركي على إسرائيل", "us", "israel"),
    ],
)
def test_who_acts_on_whom(title: str, subject: str, target: str) -> None:
    """Subject before or after the verb, an adjective as the actor of a noun, both beside a word of rift."""
    assert (subject, target, Bond.FULL) in bonds(title)


@pytest.mark.parametrize(
    "title",
    [
        "واشنطن وتل أبيب تحذران إيران",
        "إسرائيل والولايات المتحدة تدينان حماس",
        "ضغوط أميركية على حماس",
        "حماس تنتقد إسرائيل والولايات المتحدة",
        "واشنطن تدعو الإسرائيليين والفلسطينيين إلى التفاوض",
        "السعودية ترفض طلبا أميركيا بشأن العلاقات مع إسرائيل",
        "شهدت الحدود قبل تدشين السفارة الأميركية مواجهات بين الجنود الإسرائيليين والمحتجين",
        "نددت إسرائيل وحليفها الأميركي بتصريحات الرئيس",
        "واشنطن تدين الهجمات الصاروخية على إسرائيل",
        "مشرعون بالكونغرس يطالبون بمنع إسرائيل من البناء",
    ],
)
def test_no_quarrel_of_the_two(title: str) -> None:
    """Acting together, acting on a third side or those who attack the other, a third side or single legislators
    acting, an embassy as a place, or addressing both joins nobody.
    """
    assert Bond.FULL not in [bond for _, _, bond in bonds(title)]


def test_a_us_source_is_not_a_us_party() -> None:
    """An American newspaper that reports on Israel makes no American actor."""
    found = judged(
        "نيويورك تايمز: إسرائيل ترفض الانسحاب", "ذكرت الصحيفة أن الحكومة الإسرائيلية رفضت المقترح."
    )
    assert found.label is Label.OFF
    assert [reason.code for reason in found.reasons] == ["relevance.missing"]


def test_who_is_called_former_speaks_for_nobody() -> None:
    """An opposition leader or former minister is no party, though the gazetteer knows his side."""
    parsed = reading("", "قال زعيم المعارضة يائير لابيد إن واشنطن أخطأت.").body
    assert "person:Yair Lapid" in private(parsed)


@pytest.mark.parametrize(
    ("title", "text", "label"),
    [
        (
            "واشنطن تحذر إسرائيل من توسيع العملية",
            "حذرت الإدارة الأميركية الحكومة الإسرائيلية من توسيع العملية البرية، وقال مسؤول أميركي إن صبرها ينفد.",
            Label.CORE,
        ),
        (
            "خلاف حاد بين بايدن ونتنياهو",
            "تصاعد الخلاف بين الرئيس الأميركي جو بايدن ورئيس الوزراء الإسرائيلي بنيامين نتنياهو بعد رفضه المقترح.",
            Label.CORE,
        ),
        (
            "وزير الدفاع الأميركي يزور إسرائيل",
            "يزور وزير الدفاع الأميركي تل أبيب غدا حيث يلتقي نظيره الإسرائيلي لبحث التعاون العسكري بين البلدين.\n"
            "وقال مسؤول إسرائيلي إن الزيارة تأتي ضمن التنسيق مع واشنطن.",
            Label.TOUCHES,
        ),
        ("زلزال يضرب اليابان", "ضرب زلزال قوي شمال اليابان صباح اليوم.", Label.OFF),
    ],
)
def test_labels(title: str, text: str, label: Label) -> None:
    """A warning or rift between the two is core, a visit touches, the rest is off."""
    assert judged(title, text).label is label


def test_reasons_name_actor_verb_and_target() -> None:
    """A reader who asks why is told who did what to whom, in the article's own words, and where."""
    found = judged("واشنطن تنتقد إسرائيل", "انتقدت الولايات المتحدة إسرائيل.")
    first = found.reasons[0]
    assert first.code == "relevance.acts_on"
    assert first.values == {"actor": "واشنطن", "verb": "تنتقد", "target": "إسرائيل", "where": "title"}


def test_the_dateline_is_no_actor() -> None:
    """«واشنطن (وكالات) --» says where the reporter was."""
    found = judged("إسرائيل ترفض الاتهامات", "واشنطن (CNN) -- رفضت إسرائيل اتهامات حماس.")
    assert all(reason.code != "relevance.acts_on" for reason in found.reasons)


def test_a_second_topic_needs_no_code() -> None:
    """Another pair of parties is judged by its own file."""
    title, text = "طهران تتهم الرياض بالتصعيد", "اتهمت الخارجية الإيرانية السعودية بالتصعيد في المنطقة."
    assert judged(title, text, "saudi-iran").label is Label.CORE
    assert judged(title, text).label is Label.OFF


@settings(max_examples=60)
@given(
    st.text(st.characters(), max_size=60),
    st.text(st.sampled_from("واشنطن إسرائيل تنتقد خلاف بين (-).\n"), max_size=120),
)
def test_any_article_is_judged(title: str, text: str) -> None:
    """No text breaks the judgement, and its score is a probability."""
    assert 0.0 <= judged(title, text).score <= 1.0


def test_where_an_ambassador_serves_is_a_place() -> None:
    """«السفير الأمريكي في إسرائيل» speaks for his own side; the country where he serves does nothing by it."""
    assert "israel" not in {who for bond in bonds("استياء السفير الأمريكي في إسرائيل") for who in bond[:2]}
    assert ("israel", "us", Bond.FULL) in bonds("إسرائيل تستدعي السفير الأمريكي لدى تل أبيب")


def test_after_but_he_the_one_who_opened_the_sentence_acts() -> None:
    """A pronoun before a verb takes up who was told of, not the last two named together beside him."""
    text = "وصل كيري لإحياء مباحثات الفلسطينيين والإسرائيليين ولكنه انتقد مواقف وزير الدفاع الإسرائيلي"
    assert ("us", "israel", Bond.FULL) in bonds(text)


def test_what_is_answered_is_done_to_who_answers() -> None:
    """«تؤكد واشنطن … عقب رفض إسرائيل» joins the two; not where a third side did what is answered."""
    assert ("israel", "us", Bond.FULL) in bonds(
        "واشنطن تتمسك بالمؤتمر عقب إعلان الحكومة الإسرائيلية رفضها الحضور"
    )
    answered = "إسرائيل تواصل عمليتها ردا على هجمات حماس وواشنطن تطالب بالتهدئة"
    assert ("us", "israel", Bond.FULL) not in bonds(answered)


def test_who_is_added_right_before_a_verb_is_its_subject() -> None:
    """«والنقابة تستنكر» after an adjective of a party is the union's deed, not the party's."""
    assert bonds("تعديل قوائم الرسوم الأميركية والنقابة تستنكر مسيرة إسرائيلية") == [("", "", Bond.NONE)]
    assert bonds("بعد الرسوم والولايات المتحدة تنتقد إسرائيل") == [("us", "israel", Bond.FULL)]
