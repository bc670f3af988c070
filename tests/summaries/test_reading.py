"""An article as it is read once, and its analysis."""

from summaries.analysis import Analyst
from summaries.packaged import packaged_gazetteer, packaged_topics
from summaries.reading import parse, read
from summaries.text import stem
from summaries.types import Article, ArticleId, Span

ARTICLE = Article(
    id=ArticleId("a"),
    outlet="o",
    title="غيتس في تل أبيب",
    text="وصل روبرت غيتس إلى إسرائيل. وقال للصحفيين إن الزيارة مهمة.\nثم غادر.",
)


def test_a_short_name_in_the_title_is_known_from_the_body() -> None:
    """Headlines give surnames alone; the text that follows says whose."""
    reading = read(ARTICLE, packaged_gazetteer())
    assert [m.name.canonical for m in reading.title.mentions] == ["Robert Gates", "Tel Aviv"]


def test_words_of_names_are_not_stemmed() -> None:
    """A surname that looks like a verb keeps its letters, also behind a clitic."""
    parsed = parse("وبايدن يزور المدن", packaged_gazetteer())
    assert parsed.stems[0] == "وبايدن"
    assert parsed.stems[1] == stem("يزور")


def test_the_lead_is_two_sentences_of_the_first_paragraph() -> None:
    """The lead never reaches into the second paragraph."""
    reading = read(ARTICLE, packaged_gazetteer())
    assert [reading.body.of(span)[:4] for span in reading.lead] == ["وصل ", "وقال"]


def test_parts_of_a_reading_hold_what_begins_in_them() -> None:
    """Tokens, stems and names of a span are those that begin in it."""
    body = read(ARTICLE, packaged_gazetteer()).body
    first = body.sentences[0]
    assert [token.text for token in body.tokens_in(first)] == ["وصل", "روبرت", "غيتس", "إلى", "إسرائيل"]
    assert len(body.stems_in(first)) == 5
    assert [m.name.canonical for m in body.mentions_in(first)] == ["Robert Gates", "Israel"]
    assert not body.mentions_in(Span(start=len(body.text), end=len(body.text) + 1))


def test_an_analysis_holds_every_topic() -> None:
    """One pass judges an article for each topic, in the order given."""
    analysis = Analyst(packaged_gazetteer(), packaged_topics()).analyse(ARTICLE)
    assert analysis.article == "a"
    assert [match.topic for match in analysis.matches] == [topic.id for topic in packaged_topics()]


def test_an_empty_article_is_analysed() -> None:
    """Feeds carry entries without text or title; they are off, not an error."""
    empty = Article(id=ArticleId("e"), outlet="", title="", text="")
    analysis = Analyst(packaged_gazetteer(), packaged_topics()).analyse(empty)
    assert not analysis.statements
    assert not analysis.origins
