"""Lines as every renderer shows them."""

from adapters.chat.isolate import FSI, PDI
from adapters.chat.message import Text
from adapters.chat.shown import led, shown, shown_line


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
