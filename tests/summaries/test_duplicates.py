"""Near-duplicates."""

from summaries.duplicates import bands, containment, fingerprint, resemblance

WORDS = [f"كلمة{number}" for number in range(120)]


def test_same_words_resemble_wholly() -> None:
    """Equal texts have resemblance and containment 1."""
    assert resemblance(fingerprint(WORDS), fingerprint(list(WORDS))) == 1.0
    assert containment(fingerprint(WORDS), fingerprint(list(WORDS))) == 1.0


def test_other_words_do_not() -> None:
    """Texts without a common shingle have resemblance 0 and share no band."""
    one, other = fingerprint(WORDS), fingerprint([word + "ا" for word in WORDS])
    assert resemblance(one, other) == 0.0
    assert not set(bands(one)) & set(bands(other))


def test_an_excerpt_is_contained() -> None:
    """The first half of a text is contained in it, though it resembles it by half."""
    whole, half = fingerprint(WORDS), fingerprint(WORDS[:60])
    assert containment(whole, half) > 0.75
    assert resemblance(whole, half) < 0.7


def test_no_words_are_like_nothing() -> None:
    """An empty text is a near-duplicate of nothing, not even of another."""
    assert resemblance(fingerprint([]), fingerprint([])) == 0.0
    assert containment(fingerprint([]), fingerprint(WORDS)) == 0.0
    assert bands(fingerprint([])) == ()
