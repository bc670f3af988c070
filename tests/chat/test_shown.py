"""Lines as every renderer shows them."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.isolate import FSI, PDI, Direction
from adapters.chat.message import Text
from adapters.chat.shown import led, parted, shown, shown_line
from adapters.chat.units import units


def words(line: tuple[Text, ...]) -> str:
    return "".join(inline.text for inline in line).replace(FSI, "⟦").replace(PDI, "⟧")


def test_a_sentence_in_several_styles_keeps_its_order() -> None:
    """In an English line the verb, the bold speaker and the words of an Arabic statement stand in one isolate: each in
    its own would be read in the wrong order.
    """
    line = (
        Text(text="no date · "),
        Text(text="نفى "),
        Text(text="جون كيربي", bold=True),
        Text(text=" أن MK-84 عُلّقت"),
    )
    made = shown_line(
        (*line, Text(text=" ["), Text(text="Dar 24"), Text(text="] and more of the English line here")), "ltr"
    )
    assert words(made).startswith("no date · ⟦نفى جون كيربي أن ⟦MK-84⟧ عُلّقت⟧ [")
    assert [inline.text for inline in made if inline.bold] == ["جون كيربي"]


def test_names_side_by_side_stay_apart() -> None:
    """An outlet and a title with a colon of ours between them are two isolates, in the order of the English line."""
    line = (Text(text="28 March · "), Text(text="دفتر القوافل"), Text(text=": "), Text(text="عنوان الخبر"))
    assert words(shown_line(line, "ltr")) == "28 March · ⟦دفتر القوافل⟧: ⟦عنوان الخبر⟧"


def test_code_is_isolated_from_outside() -> None:
    """What is in code is copied: its isolate stands around it."""
    made = shown_line((Text(text="اكتبوا "), Text(text="/brief 24h", code=True)), "rtl")
    assert words(made) == "اكتبوا ⟦/brief 24h⟧"
    assert [inline.text for inline in made if inline.code] == ["/brief 24h"]


def test_a_line_begins_from_its_own_side() -> None:
    """A mark stands before a line whose first letter is of the other side, and before no other line."""
    assert words(led((Text(text="Axios: خبر"),), "rtl")) == "\u200f⟦Axios⟧: خبر"
    assert words(led((Text(text="خبر"),), "rtl")) == "خبر"
    assert (
        words(led((Text(text="قناة المثال has not answered"),), "ltr"))
        == "\u200e⟦قناة المثال⟧ has not answered"
    )
    assert words(led((Text(text="قال البيت الأبيض كذا (new)"),), "ltr")) == "قال البيت الأبيض كذا (⟦new⟧)"


def test_only_web_addresses_stay_links() -> None:
    """Whatever a renderer is handed, no other address leaves this place; the words stay."""
    (made,) = shown_line((Text(text="خبر", url="javascript:alert(1)"),), "rtl")
    assert (made.text, made.url) == ("خبر", None)
    assert shown("عنوان\u202e CNN", "rtl") == f"عنوان {FSI}CNN{PDI}"


NAMES = st.lists(
    st.sampled_from(["قال ", "Axios ", "x", "ا", ". ", "2024-03-28 ", "، ", "\U0001f4f0"]), max_size=60
)
LINES = st.lists(st.builds(Text, text=NAMES.map("".join), bold=st.booleans()), max_size=4).map(tuple)


@given(LINES, st.integers(12, 80), st.sampled_from(["rtl", "ltr"]))
def test_what_isolates_need_is_counted(line: tuple[Text, ...], most: int, direction: Direction) -> None:
    """However many names of the other script there are, no part is longer than the limit as it is shown, each of its
    isolates is closed in it, and no letter is lost.
    """
    parts = ["".join(inline.text for inline in part) for part in parted(line, most, direction)]
    assert all(units(part) <= most for part in parts)
    assert all(part.count(FSI) == part.count(PDI) for part in parts)
    told = "".join(parts).translate(dict.fromkeys(map(ord, FSI + PDI + "\u200e\u200f")))
    assert told == "".join(inline.text for inline in line)
