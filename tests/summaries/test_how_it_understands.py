"""docs/how-it-understands.md says what the code does now."""

from scripts.write_understanding import DOCUMENT, document


def test_the_document_is_not_stale() -> None:
    """Whoever changes how an article is understood writes the page again: python -m scripts.write_understanding."""
    assert DOCUMENT.read_text(encoding="utf-8") == document()
