"""Runs of one direction inside lines of the other."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.isolate import FSI, PDI, Direction, isolate, mostly, written_from

MARKED = {"⟦": FSI, "⟧": PDI}


def marked(text: str, direction: Direction) -> str:
    """The isolates in signs that one can see."""
    return isolate(text, direction).replace(FSI, "⟦").replace(PDI, "⟧")


@pytest.mark.parametrize(
    "shown",
    [
        "بحسب موقع ⟦Axios News⟧.",
        "اكتب ⟦/brief 24h⟧ ثم",
        "اكتب ⟦kawalis chat --sample⟧ في الطرفية",
        "اكتب ⟦/quiet 23:00 07:00⟧ لضبط الهدوء",
        "اكتب ⟦/subscribe 08:00 Asia/Riyadh⟧ الآن",
        "ألصقوا الرابط: ⟦/why https://…⟧",
        "انظر ⟦https://example.org/a?b=1⟧ الآن",
        "(⟦https://ar.example.org/X_(Y)⟧).",
        "نافذة ⟦24h⟧ فقط",
        "لم نفهم «⟦-3d⟧» ولا «⟦../../etc/passwd⟧» ولا ⟦~/notes.txt⟧",
        "طائرات ⟦F-16⟧ و⟦F-35I⟧ قرب",
        "⟦COVID-19⟧ عاد",
        "الإصدار ⟦v2.1.3-rc1⟧ هنا",
        "نسبة ⟦1.5%⟧ فقط، و⟦10%-20%⟧ منهم",
        "مبلغ ⟦$3.8⟧ مليار و⟦14.3bn$⟧ ثم",
        "راسلوا ⟦a.b-c@example.org⟧ الآن",
        "حساب ⟦@axios_news⟧ نشر، والوسم ⟦#Gaza_Now⟧ ثم",
        "هاتف ⟦+972 3-555-1234⟧ للتواصل و⟦(02) 555-1234⟧",
        "بين ⟦10-20⟧ يوما و⟦2024-03-28⟧ و⟦٢٠٢٤-٠٣-٢٨⟧",
        "قال ⟦J. D. Vance⟧ اليوم، وقالت ⟦U.S. Army⟧ أمس",
        "نشرت ⟦The New York Times (US) News⟧ خبرا",
        "صحيفة ⟦AT&T⟧ و⟦The New York Times⟧ أيضا",
        "طائرة ⟦Boeing 737⟧.",
        "قالت ⟦CNN⟧ 12 مارس",
        "موقع ⟦Axios⟧الأمريكي",
        "غزة/⟦CNN⟧",
        "نقلا عن (⟦Reuters⟧).",
        "⟦Köln⟧ و⟦Ürümqi⟧",
        "⟦Dar 24⟧",
        "«⟦Dr. Smith said no.⟧»",
        "في 28 مارس 2024 عند 09:00، القرار (2728) 14 صوتا، ١٢",
    ],
)
def test_what_is_isolated_in_an_arabic_line(shown: str) -> None:
    """Tokens and names whole, commands with what is typed after them; Arabic, its numbers and punctuation are not."""
    assert marked(shown.translate(str.maketrans("", "", "⟦⟧")), "rtl") == shown


@pytest.mark.parametrize(
    "shown",
    [
        "2 outlets: ⟦قنطرة الخبر⟧ and ⟦قناة نافذة المرجان⟧; first 20:05 (⟦قنطرة الخبر⟧)",
        "3 outlets: ⟦دفتر القوافل⟧, ⟦قناة نافذة المرجان⟧ and one more",
        "Who said what: ⟦البيت الأبيض: مكتب نتنياهو وافق⟧",
        "Followed: «⟦البيت الأبيض⟧».",
        "see ⟦القرار 2728⟧.",
        "⟦قنطرة الخبر⟧ 27 March and later",
        "⟦قال كذا وكذا.⟧",
        "Sources: ⟦واشنطن تعلق شحنة القنابل MK-84 إلى إسرائيل⟧",
        "Removed: “⟦قال 3 مسؤولين ذلك.⟧”",
        "⟦قناة المثال⟧ has since been renamed ⟦رواق اللؤلؤ⟧",
        "⟦دفتر⟧: «",
        "owner: ⟦شركة السنابل للنشر (متخيلة)⟧; funding unknown",
        "owner: ⟦شركة «السنابل [ب]»⟧. (see ⟦هنا⟧) too",
        "nothing of the kind",
    ],
)
def test_what_is_isolated_in_an_english_line(shown: str) -> None:
    """Arabic names and titles are kept together, each by itself, with the numbers that belong to them."""
    assert marked(shown.translate(str.maketrans("", "", "⟦⟧")), "ltr") == shown


def test_an_arabic_line_in_english_is_arabic() -> None:
    """A line that begins in Arabic and has little else is read from the right; one of both is read from the left."""
    assert written_from("1. البيت الأبيض: مكتب نتنياهو وافق على موعد (new)") == "rtl"
    assert written_from("قناة المثال: has not answered") == "ltr"
    assert written_from("Who said what: البيت الأبيض ومكتب نتنياهو وافقا على الموعد الجديد") == "ltr"
    assert mostly("MK-84: أتابعه من الآن") == "rtl"


texts = st.one_of(
    st.text(alphabet="ابت aZé09٣._/:@#-'’&%$+()،«»\n"),
    st.lists(
        st.sampled_from("F-16|24h|1.5%|@a_b|قال|و|،| |.|https://e.org/x?y=1|v1.2|CNN|7".split("|"))
    ).map("".join),
    st.text(alphabet=st.characters(exclude_characters="\u2066\u2067\u2068\u2069")),
)  # fmt: skip
directions = st.sampled_from(["rtl", "ltr"])
# What no isolate may part: letters of the left and digits, joined by single signs.
TOKEN = re.compile(r"[A-Za-z0-9é_]+(?:[-./:@&'’%+][A-Za-z0-9é_]+)*")


@given(texts, directions)
def test_isolates_are_balanced_and_change_no_letter(text: str, direction: Direction) -> None:
    """Each isolate closes what it opened, nothing else is added, and twice is as once."""
    shown = isolate(text, direction)
    depth = 0
    for letter in shown:
        depth += (letter == FSI) - (letter == PDI)
        assert depth in (0, 1, 2)
    assert depth == 0
    assert shown.replace(FSI, "").replace(PDI, "") == text
    assert isolate(shown, direction) == shown


@given(texts, directions)
def test_no_token_is_parted(text: str, direction: Direction) -> None:
    """A token of letters and digits stands on one side of every isolate's border."""
    shown = isolate(text, direction)
    borders: set[int] = set()
    place = 0
    for letter in shown:
        if letter in (FSI, PDI):
            borders.add(place)
        else:
            place += 1
    for token in TOKEN.finditer(text):
        assert not borders & set(range(token.start() + 1, token.end())), token[0]


@given(texts, texts)
def test_isolates_from_outside_switch_nothing_off(text: str, other: str) -> None:
    """Isolates that a text brings along, closed or not, are set anew."""
    assert isolate(f"{text}\u2067{other}", "rtl") == isolate(text + other, "rtl")


@pytest.mark.parametrize(
    "bad", ["_", "1", "1-", "_-", "a ", "/a 1", "+1 ", "(1) 2-", "ا, ", "a (b", "ا1", "../"]
)
def test_isolating_takes_linear_time(bad: str) -> None:
    """Ten times the text takes about ten times as long: no pattern tries every way to read a hostile title."""

    def seconds(times: int) -> float:
        start = time.process_time()
        for _ in range(3):
            isolate(bad * times + " اa", "rtl")
            isolate(bad * times + " اa", "ltr")
        return time.process_time() - start

    seconds(10)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.005)
