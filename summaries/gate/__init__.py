"""The gate: whether a sentence that was not taken verbatim says what the sentences it cites say."""

from summaries.gate.checking import Gate, Verdict

__all__ = ["Gate", "Verdict"]
