"""What changed between two wordings of an article (F26): the headline, and which sentences went and came."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summaries.text.sentences import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`title` is (before, after), None where it stayed. `replaced` are sentences that stand in each other's place,
    `removed` and `added` those without a counterpart, in the order of the text.
    """

    title: tuple[str, str] | None = None
    replaced: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether something that stood there was changed or taken away: more than news added below."""
        return self.title is not None or bool(self.replaced or self.removed)


def changed(old_title: str, old_text: str, new_title: str, new_text: str) -> Change:
    """The change from the old wording to the new one. Differences of white space are none."""
    before, after = _sentences(old_text), _sentences(new_text)
    replaced: list[tuple[str, str]] = []
    removed: list[str] = []
    added: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, came = before[start:end], after[from_:to]
        pairs = min(len(gone), len(came))
        replaced += zip(gone[:pairs], came[:pairs], strict=True)
        removed += gone[pairs:]
        added += came[pairs:]
    titles = (_tidy(old_title), _tidy(new_title))
    return Change(
        title=titles if titles[0] != titles[1] else None,
        replaced=tuple(replaced),
        removed=tuple(removed),
        added=tuple(added),
    )


def _sentences(text: str) -> Sequence[str]:
    return [_tidy(text[span.start : span.end]) for span in sentences(text)]


def _tidy(text: str) -> str:
    return " ".join(text.split())
