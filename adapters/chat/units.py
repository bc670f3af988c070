"""Lengths as the platforms count them."""


def units(text: str) -> int:
    """The length in UTF-16 units: a letter beyond the basic plane counts twice."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)
