"""What people type otherwise than the help says it: understood where it can be, else said in one sentence."""

from adapters.chat.message import Bullets, Quotation
from adapters.chat.ports import Reply
from storage.chats import Subscription
from tests.application.conftest import Bench


def said(reply: Reply) -> str:
    return str([message.blocks for message in reply.messages])


NOT_UNDERSTOOD = {
    "/latest -5": "لم نفهم «-5»",
    "/latest 0": "من 1 إلى 30",
    "/latest 31": "من 1 إلى 30",
    "/latest كثيرًا": "لم نفهم «كثيرًا»",
    '/search "': "عمّ نبحث؟",
    "/search %_*": "عمّ نبحث؟",
    "/why شيء": "ألصقوا رابط المقال",
    "/why https://nowhere.example/a": "ليس في أرشيفنا",
    "/sources لا_أحد": "لا نعرف الوسيلة «لا_أحد»",
    "/subscribe 08:00 Monaco": "بتوقيت موناكو (كل يوم)",
    "/digest 08:00 المريخ": "لا نعرف المنطقة الزمنية «المريخ»",
    "/digest 25:00": "لم نفهم الساعة «25:00»",
    "/subscribe 08:00 localtime": "لا نعرف المنطقة الزمنية «localtime»",
    "/subscribe 08:00 Factory": "لا نعرف المنطقة الزمنية «Factory»",
    "/stop": "أتقصدون /unsubscribe؟",
    "وقف الرسائل": "أتقصدون /unsubscribe؟",
    "الأخبار": "أتقصدون /brief؟",
    "/sory": "لا نعرف الأمر «sory». اطلبوا /help",
}


async def test_what_is_not_understood_is_not_passed_over(bench: Bench) -> None:
    """A word that a command cannot use is named with what to write instead; none is silently left out."""
    for typed, answer in NOT_UNDERSTOOD.items():
        assert answer in said(await bench.ask(typed)), typed


async def test_odd_spacing_is_understood(bench: Bench) -> None:
    """Blanks after the slash, within a window and around it make no difference."""
    for typed in ["/ brief 3d", "//brief 3 d", "/brief ٣ أيام", "  /BRIEF   3  d "]:
        assert "آخر 3 أيام" in said(await bench.ask(typed)), typed


async def test_a_span_may_be_called_by_its_name(bench: Bench) -> None:
    """What people ask for without a number: two of something, today, a week."""
    for typed, shown in {
        "/brief يومين": "آخر يومين", "/brief أسبوعين": "آخر 14 يومًا", "موجز اليوم": "آخر 24 ساعة",
        "/brief today": "آخر 24 ساعة", "/brief أسبوع": "آخر 7 أيام", "/coverage يومين": "في آخر يومين",
    }.items():  # fmt: skip
        assert shown in said(await bench.ask(typed)), typed


async def test_an_address_without_its_scheme_is_a_link(bench: Bench) -> None:
    """What begins with `www.` is looked at as a browser would, alone and among words."""
    for typed in ("www.nowhere.example/a", "انظروا WWW.nowhere.example/a"):
        assert "الرابط" in said(await bench.ask(typed, command=False)), typed
        assert "الرابط" in said(await bench.ask(typed)), typed


async def test_a_bare_slash_asks_for_help(bench: Bench) -> None:
    """Who types nothing else gets the list of what there is."""
    for typed in ["/", "/ ", ""]:
        assert "ما الذي يمكنكم طلبه" in said(await bench.ask(typed)), typed


async def test_as_many_of_the_newest_as_asked(bench: Bench) -> None:
    """A number after `/latest` is how many articles come."""
    for typed in ["/latest 3", "/latest ٣"]:
        [message] = (await bench.ask(typed)).messages
        [listed] = [block for block in message.blocks if isinstance(block, Bullets)]
        assert len(listed.items) == 3


async def test_the_card_of_one_outlet(bench: Bench) -> None:
    """`/sources` and an outlet's name, in any spelling, shows that one's card alone."""
    [message] = (await bench.ask("/sources قنطره الخبر")).messages
    [cards] = [block for block in message.blocks if isinstance(block, Quotation)]
    assert [line[0].text for line in cards.lines] == ["قنطرة الخبر"]


async def test_a_button_of_an_older_version(bench: Bench) -> None:
    """A button whose action is no longer known says so, and is not called a command that somebody typed."""
    for action in ("vanished:1:2", "", ":", "do:", "x" * 64):
        assert "لم يعد هذا الزر يعمل" in said(await bench.ask(action, command=False, pressed=True)), action


WEEKDAYS = {
    "fri,sat": (4, 5), "Friday Saturday": (4, 5), "الجمعة،السبت": (4, 5), "الجمعة والسبت": (4, 5),
    "الجمعة و السبت": (4, 5),
    "sun and Weds": (2, 6), "الاثنين": (0,), "الأربعاء": (2,), "الأحد الاحد": (6,),
}  # fmt: skip


async def test_every_weekday_named_is_one_of_the_digest(bench: Bench) -> None:
    """Days may be parted by blanks, commas or «و», and none of those named is lost."""
    for typed, days in WEEKDAYS.items():
        await bench.ask(f"/subscribe 08:00 الرياض {typed}")
        [kept] = await digests(bench)
        assert (kept.weekdays, kept.zone) == (sum(1 << day for day in days), "Asia/Riyadh")


DAILY = (
    "كل يوم",
    "يوميًا",
    "daily",
    "every day",
    "(كل يوم)",
    "يوميا الرياض",
    "الرياض كل يوم",
    "بتوقيت الرياض (كل يوم)",
)


async def test_a_digest_of_every_day_may_be_called_so(bench: Bench) -> None:
    """What the confirmation calls it may be typed: without it every day is meant, and no zone is named so."""
    await bench.ask("/zone الرياض")
    for typed in DAILY:
        assert "بتوقيت الرياض (كل يوم)" in said(await bench.ask(f"/subscribe 8 صباحًا {typed}")), typed


async def test_each_of_a_weekday_is_that_weekday(bench: Bench) -> None:
    """«كل جمعة», «يوم الجمعة» and `every Friday` name the day alone."""
    for typed in ("كل جمعة", "كل يوم جمعة", "يوم الجمعة", "every Friday", "on Friday"):
        assert "(الجمعة)" in said(await bench.ask(f"/subscribe 08:00 الرياض {typed}")), typed


async def test_how_alerts_wait_may_be_chosen_by_its_word_alone(bench: Bench) -> None:
    """`/quiet` names three ways in brackets: each of them typed alone changes the way and leaves the hours."""
    assert "من 23:00 إلى 07:00، دفعة واحدة" in said(await bench.ask("/quiet batch"))
    await bench.ask("/quiet 22:00 06:00")
    assert "من 22:00 إلى 06:00، العاجل والنفي" in said(await bench.ask("/quiet Critical"))


async def test_topics_are_listed_in_the_signs_of_the_language(bench: Bench) -> None:
    """The comma between the topics there are is that of the language spoken."""
    assert "us-israel، saudi-iran" in said(await bench.ask("/topics x"))
    await bench.ask("/language en")
    assert "us-israel, saudi-iran" in said(await bench.ask("/topics x"))


async def test_a_city_that_begins_as_a_weekday_does(bench: Bench) -> None:
    """A city is no day of the week, however it begins."""
    for city in ["Monaco", "Monrovia", "Monterrey", "Thule", "Tunis", "Wake"]:
        await bench.ask(f"/subscribe 08:00 {city}")
        [kept] = await digests(bench)
        assert kept.weekdays == 127
        assert kept.zone.endswith(city)


async def digests(bench: Bench) -> list[Subscription]:
    async with bench.application.kernel.database.reading() as unit:
        [chat] = [chat for chat in await unit.chats.all() if chat.platform == "terminal"]
        return await unit.chats.subscriptions(chat.key)


async def test_times_of_no_known_zone_are_said_to_be_utc(bench: Bench) -> None:
    """Who never told a zone is told in which the times are, and how to set it; who did is not."""
    asked = ("/brief", "/latest", "/search رفح")
    for typed in asked:
        assert "بتوقيت UTC. لتوقيتكم: /zone" in said(await bench.ask(typed)), typed
    await bench.ask("/zone الرياض")
    for typed in asked:
        assert "UTC" not in said(await bench.ask(typed)), typed


async def test_ended_digests_are_counted(bench: Bench) -> None:
    """Two digests that were ended are counted in the case that the sentence wants."""
    for hour in ("08:00", "09:00"):
        await bench.ask(f"/subscribe {hour} الرياض")
    assert "أُوقف ملخصان." in said(await bench.ask("/unsubscribe"))
