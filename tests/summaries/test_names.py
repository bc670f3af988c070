"""The gazetteer and the names it finds."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.names import Gazetteer, GazetteerError, Kind, Mention
from summaries.packaged import packaged_gazetteer

SMALL = """
[[group]]
kind = "person"
side = "us"
[group.names]
"Robert Gates" = "روبرت [غج]يتس | ?[غج]يتس"

[[group]]
kind = "outlet"
[group.names]
"Al-Hayat" = "^الحياة"
"""


def named(text: str) -> list[str]:
    return [mention.name.canonical for mention in packaged_gazetteer().find(text)]


def the(text: str, canonical: str) -> Mention:
    return next(m for m in packaged_gazetteer().find(text) if m.name.canonical == canonical)


@pytest.mark.parametrize(
    ("text", "canonical", "side"),
    [
        ("نتنياهو", "Benjamin Netanyahu", "israel"),
        ("نتانياهو", "Benjamin Netanyahu", "israel"),
        ("ترمب", "Donald Trump", "us"),
        ("ترامب", "Donald Trump", "us"),
        ("أميركي", "American", "us"),
        ("الامريكيين", "American", "us"),
        ("مسؤولون إسرائيليون", "Israeli officials", "israel"),
        ("مسئول امريكى", "American officials", "us"),
        ("البيت الأبيض", "White House", "us"),
        ("تل ابيب", "Tel Aviv", "israel"),
        ("البنتاغون", "Pentagon", "us"),
        ("الكنيست", "Knesset", "israel"),
        ("جيش الاحتلال", "Israeli army", "israel"),
        ("وزيرة الخارجية الأميركية", "American foreign minister", "us"),
        ("يوآف جالانت", "Yoav Gallant", "israel"),
        ("فرانس برس", "AFP", ""),
        ("هيئة البث الإسرائيلية", "Kan", ""),
    ],
)
def test_spellings_of_a_name_are_one_name(text: str, canonical: str, side: str) -> None:
    """Each spelling, metonym and office leads to its name, and to the side it speaks for; outlets have none."""
    found = packaged_gazetteer().find(f"قال {text} اليوم")
    assert [(m.name.canonical, m.name.side) for m in found] == [(canonical, side)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("وبايدن", "بايدن"),
        ("لواشنطن", "واشنطن"),
        ("بإسرائيل", "إسرائيل"),
        ("ولنتنياهو", "نتنياهو"),
        ("للأمم المتحدة", "لأمم المتحدة"),
    ],
)
def test_clitics_stand_outside_the_name(text: str, inside: str) -> None:
    """و ف ب ل ك before a name are no part of it; ل with ال leaves the second lam."""
    (mention,) = packaged_gazetteer().find(text)
    assert text[mention.start : mention.end] == inside


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("قال اللواء فوكس قائد المنطقة", "Fox News"),
        ("تجمعوا في تايمز سكوير مساء", "Times"),
        ("في ولاية واشنطن", "Washington"),
        ("رحلة الحياة طويلة", "Al-Hayat"),
        ("كان الاجتماع طويلا", "Kan"),
        ("والا فلن نعود", "Walla"),
    ],
)
def test_what_only_looks_like_a_name(text: str, absent: str) -> None:
    """A general, a square, a state and plain words are not the outlets or cities they are spelt like."""
    assert absent not in named(text)


def test_the_longest_name_wins() -> None:
    """«واشنطن بوست» is the newspaper, not the city; an office with its country is one name."""
    assert named("نشرت واشنطن بوست") == ["Washington Post"]
    assert named("مكتب رئيس الوزراء الإسرائيلي") == ["Israeli prime minister's office"]


def test_marks_inside_a_name_do_not_hide_it() -> None:
    """Quotation marks, harakat and line-internal dots do not divide a name; a comma or line break does."""
    assert named("موقع «أكسيوس» الأمريكي")[0] == "Axios"
    assert named('صحيفة "نيويورك تايمز"') == ["New York Times"]
    assert named("بِنْيامين نتنياهو") == ["Benjamin Netanyahu"]
    assert "White House" not in named("البيت، الأبيض")


def test_a_weak_spelling_needs_a_fuller_one() -> None:
    """A surname that others share counts only where the text, or the text beside it, gives the full name."""
    gazetteer = Gazetteer.parse([SMALL])
    assert gazetteer.find("وصل غيتس") == ()
    assert len(gazetteer.find("وصل روبرت جيتس، وقال غيتس")) == 2
    assert len(gazetteer.find("وصل غيتس", known=frozenset(["person:Robert Gates"]))) == 1


def test_a_common_word_needs_its_carrier() -> None:
    """A newspaper named by a plain word is one only after «صحيفة» or the like."""
    gazetteer = Gazetteer.parse([SMALL])
    assert [m.name.canonical for m in gazetteer.find("ذكرت صحيفة الحياة")] == ["Al-Hayat"]
    assert gazetteer.find("تعود الحياة") == ()


def test_outlets_speak_for_no_side() -> None:
    """A US source is not a US party."""
    outlets = [n for n in packaged_gazetteer().names if n.kind in (Kind.OUTLET, Kind.AGENCY)]
    assert len(outlets) > 150
    assert {name.side for name in outlets} == {""}


def test_offsets_hold_behind_harakat() -> None:
    """The name's offsets are those of the text as written, marks and all."""
    text = "قَالَ وَبَايدن"
    mention = the(text, "Joe Biden")
    assert text[mention.start : mention.end] == "بَايدن"


@pytest.mark.parametrize("text", ["[[group]", '[[group]]\nkind = "planet"\n[group.names]\n"Mars" = "المريخ"'])
def test_a_bad_gazetteer_is_an_error(text: str) -> None:
    """A file that is no TOML or names an unknown kind is refused, not half read."""
    with pytest.raises(GazetteerError):
        Gazetteer.parse([text])


@given(st.text(st.characters(), max_size=60) | st.text(st.sampled_from("وابلكحمس نتيهر.،\nَ"), max_size=60))
def test_mentions_of_any_text_stand_in_it(text: str) -> None:
    """No text breaks the search; mentions lie in order inside the text and do not overlap."""
    found = packaged_gazetteer().find(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
