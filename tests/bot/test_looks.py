"""Silent edits: what an outlet changed after publishing."""

from datetime import UTC, datetime

from bot.looks import changes
from storage.articles import Revision
from summaries.types import Article, ArticleId

AT = datetime(2024, 3, 28, 9, tzinfo=UTC)


def wording(number: int, title: str, text: str) -> Revision:
    return Revision(article=ArticleId("a"), revision=number, title=title, text=text, since=AT, until=None)


def test_title_and_sentences_that_changed_are_told() -> None:
    """The old title, the sentences that went and those that came, word for word; what only moved is no change."""
    article = Article(id=ArticleId("a"), outlet="o", title="واشنطن تنفي", text="")
    first = wording(1, "واشنطن تؤكد", "قال الوزير نعم. وصل الوفد أمس.")
    second = wording(2, "واشنطن تنفي", "وصل الوفد أمس. قال الوزير لا.")
    [edit] = changes(article, [first, second])
    assert edit.title_before == "واشنطن تؤكد"
    assert (edit.removed, edit.added) == (("قال الوزير نعم.",), ("قال الوزير لا.",))


def test_blanks_alone_are_no_edit() -> None:
    """Another line break or space changes nothing that a reader sees."""
    article = Article(id=ArticleId("a"), outlet="o", title="t", text="")
    assert changes(article, [wording(1, "t", "قال نعم.\nوصل."), wording(2, "t ", "قال  نعم. وصل.")]) == []
