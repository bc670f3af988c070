"""Messages that show every block and inline, in both languages. The words are invented for the purpose."""

from adapters.chat.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    Heading,
    Message,
    Note,
    Paragraph,
    Picture,
    Quotation,
    Text,
)

PNG = b"\x89PNG\r\n\x1a\n"


def brief_ar() -> Message:
    blocks: tuple[Block, ...] = (
        Heading(line=(Text(text="موجز: الخلاف الأمريكي الإسرائيلي"),)),
        Note(line=(Text(text="آخر 24 ساعة حتى 28 مارس 2024، 09:00"),)),
        Divider(),
        Heading(
            line=(Text(text="1. واشنطن تؤجل زيارة الوفد & تنتظر ردا "), Text(text="(جديد)", italic=True)),
            level=2,
        ),
        Paragraph(
            line=(
                Text(text="قال المتحدث إن الزيارة أجلت إلى موعد لاحق ["),
                Text(text="Axios", url="https://example.com/a?x=1&y=2"),
                Text(text="]"),
            )
        ),
        Paragraph(line=(Text(text="Axios نقل الخبر أولا عن مسؤول <لم يسمه>"),)),
        Bullets(
            items=(
                (
                    Text(text="المتحدث، قال:", bold=True),
                    Text(text=" «الموعد لم يحدد بعد» ["),
                    Text(text="رويترز"),
                ),
                (Text(text="نص *بنجوم* و_شرطات_ و:رمز: كما ورد"),),
            )
        ),
        Quotation(
            lines=((Text(text="09:00 · "), Text(text="وسيلة أولى", url="https://example.com/1")),),
            expandable=True,
        ),
        Note(
            line=(
                Text(text="5 وسائل إعلام، مصدر أصلي واحد: Axios "),
                Text(text="(تفاصيل)", url="https://example.com/"),
            )
        ),
        Divider(),
        Note(line=(Text(text="أجاب 38 من 41 مصدرا"),)),
        Buttons(
            rows=(
                (
                    Button(label="المزيد", action="story:s1:more"),
                    Button(label="من قال ماذا", action="story:s1:who"),
                ),
                (
                    Button(label="الموقع", url="https://example.com/"),
                    Button(label="حذف", action="x", style="danger"),
                ),
            )
        ),
    )
    return Message(blocks=blocks, language="ar")


def brief_en() -> Message:
    blocks: tuple[Block, ...] = (
        Heading(line=(Text(text="Brief: the US–Israel dispute"),)),
        Note(line=(Text(text="the last 24 hours", italic=True), Text(text=" *until* 09:00"))),
        Divider(),
        Heading(line=(Text(text="1. Delegation's visit put off "), Text(text="(new)", italic=True)), level=2),
        Paragraph(
            line=(Text(text="Spokesman: «لم يحدد الموعد بعد» & nothing more ["), Text(text="code", code=True))
        ),
        Bullets(
            numbered=True, items=((Text(text="first"),), (Text(text="second", url="https://example.com/2"),))
        ),
        Quotation(lines=((Text(text="line one"),), (Text(text="line two"),))),
        Picture(png=PNG, caption=(Text(text="Coverage by day"),), alt="Bars: 3, 5, 2"),
        Buttons(rows=((Button(label="More", action="story:s1:more", style="primary"),),)),
    )
    return Message(blocks=blocks, language="en")


def long_ar(stories: int = 12, sentences: int = 8) -> Message:
    blocks: list[Block] = [Heading(line=(Text(text="موجز طويل"),))]
    for story in range(1, stories + 1):
        blocks += [Divider(), Heading(line=(Text(text=f"{story}. عنوان القصة"),), level=2)]
        for n in range(sentences):
            words = (
                Text(text=f"جملة رقم {n} من القصة تذكر ما جرى وما قيل عنه في ذلك اليوم. "),
                Text(text="[Axios]", bold=True),
            )
            blocks.append(Paragraph(line=words))
        buttons = tuple(Button(label=f"{story}", action=f"story:{story}:{n}") for n in ("more", "who"))
        blocks.append(Buttons(rows=(buttons,)))
    return Message(blocks=tuple(blocks), language="ar")


GOLDEN = {"brief_ar": brief_ar, "brief_en": brief_en}
