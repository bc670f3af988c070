"""Text from outside, before it is shown: it drives no terminal and turns nothing around."""

_CONTROL: dict[int, str | None] = {c: None for c in (*range(32), *range(127, 160)) if c not in (9, 10)}
_CONTROL |= dict.fromkeys(range(0x202A, 0x202F))  # embeddings and overrides turn what is beside them around
_SURROGATES: dict[int, str | None] = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_TABLE = _CONTROL | _SURROGATES


def harmless(text: str) -> str:
    """The text without control characters and overrides of direction; a lone surrogate becomes U+FFFD."""
    return text.translate(_TABLE)
