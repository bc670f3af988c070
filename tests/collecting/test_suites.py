"""feedparser's own test cases through our steps (`make suites` fetches them): how many hold, and why the
others do not.
"""

import warnings

import pytest

from tests.collecting.feedparser_cases import GROUPS, cases, fast_is_equal, holds

ENTITIES = "declares XML entities, which we refuse"
HEADERS = "asks for HTTP headers or errors of feedparser's own fetching, which we do not use"
CODEC = "names an encoding that Python does not know; ours falls to windows-1256"
HTML4 = "HTML 5 names another character (U+27E8, U+27E9) than HTML 4 did"
DOES_NOT_HOLD = {
    "wellformed/http/headers_no_etag.xml": HEADERS,
    "wellformed/rdf/doctype_contains_entity_decl.xml": ENTITIES,
    "wellformed/rss/entity_in_doctype.xml": ENTITIES,
    "wellformed/rss/rss_version_091_netscape.xml": "asks for the format's version, which we do not keep",
    "encoding/bozo_http_i18n.xml": HEADERS,
    "encoding/bozo_linenoise.xml": "random bytes: read as UTF-8 with marks for what is damaged, not as Latin",
    "encoding/x80_csmacintosh.xml": CODEC,
    "encoding/x80_mac.xml": CODEC,
    "encoding/x80_ms-cyrl.xml": CODEC,
    "encoding/x80_tcvn-5712.xml": CODEC,
    "encoding/x80_tcvn.xml": CODEC,
    "encoding/x80_tcvn5712-1.xml": CODEC,
    "encoding/x80_viscii.xml": CODEC,
    "entities/lang.xml": HTML4,
    "entities/rang.xml": HTML4,
    "entities/query_variable_feed.xml": "a bare & in the link of a truncated feed itself; entries' links are mended",
}
COUNTS = {"wellformed": 1739, "illformed": 19, "encoding": 219, "entities": 256}


@pytest.mark.parametrize("group", GROUPS)
def test_feedparsers_own_cases_hold_through_our_steps(group: str) -> None:
    """Our bytes-to-text step and repair keep everything that feedparser can read: its cases hold, all but
    those listed, and those listed do not hold (a reason that is out of date is no reason).
    """
    if not cases(group):
        pytest.skip("feedparser's cases are not here (make suites)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser's own deprecations, which its cases provoke
        failing = {case.name for case in cases(group) if not holds(case)}
    assert failing == {name for name in DOES_NOT_HOLD if name.startswith(group)}
    assert len(cases(group)) == COUNTS[group]


@pytest.mark.parametrize("group", GROUPS)
def test_the_short_way_equals_feedparser_on_its_own_cases(group: str) -> None:
    """Where the short way reads a case at all, it reads what feedparser reads."""
    if not cases(group):
        pytest.skip("feedparser's cases are not here (make suites)")
    verdicts = {case.name: fast_is_equal(case) for case in cases(group)}
    assert [name for name, equal in verdicts.items() if equal is False] == []
    if group == "wellformed":
        assert sum(equal is True for equal in verdicts.values()) > 600
