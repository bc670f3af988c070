"""What the packaged gate says of a sentence, for tests."""

from summaries.gate import Verdict
from summaries.packaged import packaged_gate
from summaries.types import Span


def judge(text: str, sentence: str, cited: str | None = None) -> Verdict:
    """The verdict on a sentence that cites a text, or the part of it that is given."""
    start = text.index(cited) if cited else 0
    return packaged_gate().check(text, sentence, [Span(start=start, end=start + len(cited or text))])


def passes(text: str, sentence: str, cited: str | None = None) -> bool:
    return judge(text, sentence, cited).supported


def codes(text: str, sentence: str) -> set[str]:
    return {reason.code for reason in judge(text, sentence).reasons}
