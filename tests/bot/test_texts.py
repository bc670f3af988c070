"""The interface's words."""

import re
from datetime import timedelta
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from bot.texts import Language, texts


def catalogue(language: str) -> dict[str, object]:
    with files("bot.texts").joinpath(f"{language}.po").open("rb") as file:
        return {
            str(m.id if isinstance(m.id, str) else m.id[0]): m.string
            for m in read_po(file, locale=language)
            if m.id
        }


def test_both_languages_say_everything() -> None:
    """A text that exists in one language exists in the other, and none is empty."""
    arabic, english = catalogue("ar"), catalogue("en")
    assert arabic.keys() == english.keys()
    assert all(arabic.values())
    assert all(english.values())


def test_both_languages_fill_the_same_values() -> None:
    """A value named in one language is named in the other, so that nothing is lost in translation."""
    arabic, english = catalogue("ar"), catalogue("en")
    for key in arabic:
        if isinstance(arabic[key], str):
            names = [set(re.findall(r"\{(\w+)\}", str(c[key]))) for c in (arabic, english)]
            assert names[0] == names[1], key


@pytest.mark.parametrize(
    ("number", "said"), [(1, "مصدر واحد"), (2, "مصدرين"), (3, "3 مصادر"), (11, "11 مصدرًا"), (100, "100 مصدر")]
)
def test_arabic_plurals(number: int, said: str) -> None:
    """Arabic has six plural forms, and each is used."""
    assert texts("ar").count("sources.count", number) == said


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_key_is_told_once(language: str) -> None:
    """A key that stands twice would be told in words that the other entry does not show."""
    keys = re.findall(
        r'^msgid "(.+)"$', files("bot.texts").joinpath(f"{language}.po").read_text("utf-8"), re.M
    )
    assert sorted(keys) == sorted(set(keys))


BUTTONS = ("button.", "look.")  # on these the reader speaks
_ALONE = re.compile(
    r"\b(?:I|me|my|myself)\b"
    r"|(?<!\w)(?:لا|لم|لن|ماذا|عمّ) (?!أ(?:حد|ي|كثر|قل|قدم|خبار|قوال|وزان|مر)\b)أ\w+"
    r"|(?<!\w)(?:[أا]نا|\w+وني)(?!\w)"
)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_we_speak_as_one_house(language: str) -> None:
    """The product says «we» wherever it speaks of itself, and never «I»; a button is the reader's own voice."""
    told = {key: said for key, said in catalogue(language).items() if not key.startswith(BUTTONS)}
    alone = {key: said for key, said in told.items() if _ALONE.search(str(said))}
    assert alone == {}


@pytest.mark.parametrize("key", [k for k in catalogue("ar") if k.startswith(("broadcast.", "slack."))])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_stops_a_post_is_a_whole_sentence(language: Language, key: str) -> None:
    """A refusal is told within «… was not posted. {reason} The draft is kept»: it ends as a sentence does."""
    if key != "broadcast.zone_needed":
        assert str(catalogue(language)[key]).endswith(".")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "أقل من دقيقة"), (1, "دقيقة"), (2, "دقيقتين"), (7, "7 دقائق"), (45, "45 دقيقة"), (120, "ساعتين"),
     (26 * 60, "26 ساعة"), (48 * 60, "يومين"), (96 * 60, "4 أيام")],
)  # fmt: skip
def test_a_length_of_time_is_counted(minutes: int, said: str) -> None:
    """A length that fills a text stands in the form of its number, after «منذ» and «نحو»."""
    assert texts("ar").length(timedelta(minutes=minutes)) == said
    assert said in texts("ar")("alarm.topic", topic="", silent=timedelta(minutes=minutes))


def test_digests_are_counted_for_the_operator() -> None:
    """One, two, a few and many digests are each told in their own form, in both languages."""
    said = {n: texts("ar").count("alarm.missed", n) for n in (1, 2, 3, 11, 100)}
    assert len({text.replace(str(n), "") for n, text in said.items()}) == len(said)
    one = texts("en").count("alarm.audience", 1, time=timedelta(minutes=1))
    assert one == "1 digest is due now. Sending it takes about 1 minute."


def test_an_unknown_key_is_a_defect() -> None:
    """A missing text fails loudly instead of showing its key to a reader."""
    with pytest.raises(KeyError):
        texts("ar")("no.such.text")


def test_every_key_used_in_code_exists() -> None:
    """Each literal key that the code asks for is in the catalogue."""
    known = catalogue("ar")
    used: set[str] = set()
    for package in ("bot", "bot.commands", "bot.presenting", "bot.cli", "bot.sources", "bot.collecting"):
        for file in files(package).iterdir():
            if file.name.endswith(".py"):
                text = file.read_text(encoding="utf-8")
                used |= set(
                    re.findall(
                        r"(?:texts|spoken|call\.texts|say|Error|count)\(\s*\"([a-z_]+\.[a-z_.]+)\"", text
                    )
                )
    assert used
    assert {key for key in used if key not in known} == set()
