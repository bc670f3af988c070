"""The score of whole briefs on a stream, on articles of our own."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scripts.evaluate_facts import covered, facts, leading
from scripts.evaluate_stream import Counting, Stream, brief, table
from summaries.analysis import Analyst
from summaries.packaged import packaged_gazetteer, packaged_topics
from summaries.types import Article, ArticleId

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
DISPUTE = (
    "واشنطن تنتقد قرار إسرائيل بناء 300 وحدة استيطانية",
    "انتقدت الخارجية الأمريكية بشدة قرار الحكومة الإسرائيلية بناء 300 وحدة استيطانية. ورفضت إسرائيل الانتقاد.",
)
AGAIN = (
    "إسرائيل ترفض انتقاد واشنطن بناء 300 وحدة استيطانية",
    "رفضت الحكومة الإسرائيلية انتقاد الخارجية الأمريكية قرار بناء 300 وحدة استيطانية. وقالت إن القرار نهائي.",
)
FAR = (
    "إسرائيل تحذر واشنطن من بيع الطائرات",
    "حذرت إسرائيل الإدارة الأمريكية من بيع طائرات حديثة إلى جيرانها.",
)
WHEAT = ("أسعار القمح ترتفع", "ارتفعت أسعار القمح بعد موسم جاف خفض محصول المزارعين.")
LABELS = {"a": "core", "b": "core", "far": "core", "wheat": "off"}


def _article(name: str, text: tuple[str, str], hours: float) -> Article:
    return Article(id=ArticleId(name), outlet=name, title=text[0], text=text[1],
                   published=NOON + timedelta(hours=hours))  # fmt: skip


ARTICLES = [_article("a", DISPUTE, 0), _article("b", AGAIN, 2), _article("wheat", WHEAT, 3)]


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Counting:
    """A tally over a stream of our own: a and b are one story, far is another that no brief tells."""
    (tmp_path / "topic").mkdir()
    labels = [{"id": name, "label": label} for name, label in LABELS.items()]
    for name, listed in {"labels": labels, "stories": [{"story": "s", "articles": ["a", "b"]}]}.items():
        lines = "\n".join(json.dumps(row) for row in listed)
        (tmp_path / "topic" / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    articles = [*ARTICLES, _article("far", FAR, 9)]
    monkeypatch.setattr("scripts.evaluate_stream.topic_articles", lambda data: articles)
    monkeypatch.setattr("scripts.evaluate_stream.noise", lambda data: [])
    return Counting(Stream(tmp_path), packaged_gazetteer())


def test_a_window_is_counted(counting: Counting, tmp_path: Path) -> None:
    """One story of two outlets is told and right; the one that no article of the window tells is not found; a
    window without a core article is quiet, and empty.
    """
    topic = packaged_topics()[0]
    analyst = Analyst(packaged_gazetteer(), (topic,))
    made = brief(ARTICLES, analyst, topic, NOON, tmp_path)
    counting.count([*ARTICLES, _article("far", FAR, 9)], made)
    counting.count([ARTICLES[2]], brief(ARTICLES[2:], analyst, topic, NOON, tmp_path))
    tally = counting.tally
    assert (tally.told, tally.right, tally.wanted, tally.found) == (1, 1, 2, 1)
    assert (tally.split, tally.mixed, tally.quiet, tally.empty) == (0, 0, 1, 1)
    assert set(tally.sentences) == {"core"}
    assert 0 < tally.facts["all"][0] < tally.facts["all"][1]
    assert tally.found_facts["all"][0] == tally.facts["all"][0]
    assert tally.found_facts["all"][1] < tally.facts["all"][1], "what is not found is left out"
    assert sum(part["wanted"] for part in tally.parts.values()) == tally.wanted
    right, found = table(tally).splitlines()[:2]
    assert right.endswith("1 of 1 told")
    assert found.endswith("1 of 2")


def test_facts_are_names_numbers_and_words() -> None:
    """A number in digits is the same in words, a name the same in another spelling."""
    gazetteer = packaged_gazetteer()
    wanted = facts("انتقد نتنياهو بناء ثلاثمئة وحدة", gazetteer)
    said = facts("نتانياهو: 300 طائرة", gazetteer)
    counted = covered(wanted, said)
    assert counted["name"] == (1, 1)
    assert counted["number"] == (1, 1)
    assert counted["word"][0] == 0 < counted["word"][1]


def test_leading_sentences() -> None:
    """One of each of several articles, as many of a single one."""
    assert leading(["أ قال. ب قال. ج قال.", "د قال. ه قال."]) == "أ قال.\nد قال."
    assert leading(["أ قال. ب قال. ج قال."]) == "أ قال.\nب قال."
