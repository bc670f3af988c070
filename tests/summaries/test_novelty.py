"""What is new since a chat's last brief."""

from summaries.novelty import SeenStory, state_of, words_of
from summaries.types import State, Strength

CLAIM = "علقت واشنطن شحنة قنابل ثقيلة كانت في طريقها إلى إسرائيل"
DENIAL = "تكون واشنطن قد علقت شحنة قنابل ثقيلة كانت في طريقها إلى إسرائيل"
SEEN = SeenStory(words_of(CLAIM), frozenset(), (words_of(CLAIM),))


def test_a_denial_in_the_words_of_the_claim_is_news() -> None:
    """Who was shown a claim learns that it is denied, though the denial has no new word."""
    assert state_of(SEEN, [CLAIM], [(CLAIM, Strength.SAY)]) is State.UNCHANGED
    assert state_of(SEEN, [CLAIM], [(CLAIM, Strength.SAY), (DENIAL, Strength.DENY)]) is State.DENIED
