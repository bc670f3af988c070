"""Addresses that may be links."""

import pytest

from adapters.chat.links import web_address


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("https://example.org/خبر\u202egpj", "https://example.org/خبرgpj"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)//https://example.org", None),
        ("data:text/html,x", None),
        ("ftp://example.org", None),
        ("//example.org", None),
        ("https://exa mple.org", None),
        ("https://e.org/>x", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, kept: str | None) -> None:
    """Nothing but http and https stands as a link, and an address cannot close the brackets around it."""
    assert web_address(url) == kept
