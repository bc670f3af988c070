"""Whole conversations of a reader, the same in every chat: each line typed, each button pressed, each answer seen."""

import json

from storage.chat_keys import ChatKey
from storage.chats import Chat, Follow, Subscription
from tests.application.arriving import AID, ENVOY, SHIPMENT, SHIPMENT_DENIED, arrive
from tests.application.conftest import Bench
from tests.application.talk import Shown, Talk

PARTS = (
    "begins", "wants_no_digest", "looks", "hears_a_denial", "sleeps", "is_woken_by_nobody", "sets_the_night",
    "chooses", "searches", "leaves",
)  # fmt: skip


async def kept(bench: Bench, key: ChatKey) -> tuple[Chat | None, list[Subscription], list[Follow]]:
    async with bench.application.kernel.database.reading() as unit:
        return await unit.chats.get(key), await unit.chats.subscriptions(key), await unit.chats.follows(key)


async def begins(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """Three taps: language, topic, hour; the zone is guessed (from the locale, or from Slack) and shown."""
    assert "كواليس" in await talk.type("/start", "بأي لغة")
    await talk.press("do:setup language ar", "عن أي موضوع")
    asked = await talk.press("do:setup topic us-israel", "متى يصلكم")
    assert "بتوقيت الرياض، والساعة هناك الآن 12:00" in asked
    await talk.press("do:setup zone", "بتوقيت أي مدينة")
    await talk.press("do:setup zone Africa/Cairo", "بتوقيت القاهرة، والساعة هناك الآن 11:00")
    done = await talk.press("do:setup hour 08:00 Africa/Cairo", "سيصلكم الملخص")
    assert "08:00 بتوقيت القاهرة (كل يوم)" in done
    chat, subscriptions, _ = await kept(bench, key)
    assert chat is not None
    assert (chat.language, chat.topic) == ("ar", "us-israel")
    assert [(s.time, s.zone) for s in subscriptions] == [(480, "Africa/Cairo")]
    assert "أجاب" in await talk.press("do:brief", "أجاب")


async def wants_no_digest(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """Who wants no digest is asked no more: the zone that was shown is kept, and the ways on are offered."""
    await talk.type("/start", "بأي لغة")
    await talk.press("do:setup language ar", "عن أي موضوع")
    await talk.press("do:setup topic us-israel", "متى يصلكم")
    assert "والتوقيت: الرياض" in await talk.press("do:setup none Asia/Riyadh", "تمّ بلا ملخص يومي")
    await talk.press("do:follow breaking", "ننبّهكم بالعاجل")
    await talk.press("do:help", "ما الذي يمكنكم طلبه")
    await talk.type("/unsubscribe", "لا ملخص يوميًا هنا")
    assert "حتى 28 مارس 2024، 12:00" in await talk.press("do:brief", "أجاب")
    chat, subscriptions, _ = await kept(bench, key)
    assert chat is not None
    assert (chat.zone, subscriptions) == ("Asia/Riyadh", [])


async def sets_the_night(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """The buttons of `/quiet` say which hours they set: the night at first, then the chat's own."""
    await talk.type("/quiet", "من 23:00 إلى 07:00")
    await talk.press("do:quiet 23:00 07:00 batch", ": من 23:00 إلى 07:00، دفعة واحدة بعدها")
    await talk.type("/quiet 22 6", "من 22:00 إلى 06:00")
    await talk.type("/quiet", "(من 22:00 إلى 06:00)")
    await talk.press("do:quiet 22:00 06:00 critical", "من 22:00 إلى 06:00، العاجل والنفي فقط")
    chat, _, _ = await kept(bench, key)
    assert chat is not None
    assert (chat.quiet_from, chat.quiet_to, chat.quiet_mode) == (1320, 360, "critical")


async def looks(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """A story's buttons: more, who said what, sources, timeline, why, follow, mute. What is muted is gone."""
    await talk.type("/brief", "أجاب")
    more = next(action for action in talk.actions() if action.endswith(":more"))
    story = more.split(":")[1]
    card = await talk.press(more, "لماذا هنا؟")
    headline = card.strip().splitlines()[0]
    assert "مصادر أصلية معروفة" in card
    await talk.press(f"story:{story}:who", "من قال ماذا:")
    await talk.press(f"story:{story}:sources", "مصادر الخبر:")
    assert "أول نشر" in (told := await talk.press(f"story:{story}:timeline", "تسلسل الخبر:"))
    assert "نفي · نفى مكتب رئيس الوزراء" in told.replace("\n", "")  # a denial is told with its verb
    why = await talk.press(f"why:{story}", "ترتيب خبره")
    assert "صلته بموضوع" in why
    assert "جديد عليكم" not in why  # it was shown just now
    await talk.press(f"follow:{story}", "ننبّهكم حين يجدّ جديد")
    _, _, follows = await kept(bench, key)
    assert [(f.kind, f.value) for f in follows] == [("story", story)]
    await talk.press(f"follow:{story}", "تتابعون هذا من قبل")
    assert headline in await talk.type("/follow", "ما تتابعه هذه المحادثة")
    await talk.press(f"unfollow:{follows[0].id}", "أوقفنا المتابعة")
    await talk.press(f"mute:{story}", "لن يظهر هذا الخبر هنا")
    assert headline not in await talk.type("/brief", "أجاب")
    await talk.type("/mute", "ما كتمته هذه المحادثة")
    unmute = next(action for action in talk.actions() if action.startswith("unmute:"))
    await talk.press(unmute, "عاد إلى الظهور")


async def brought(bench: Bench, talk: Talk, said: str) -> Shown:
    """The new message with these words that comes of itself, once the minute is looked at and the outbox sent."""
    before = {one.id for one in talk.shown()}
    await bench.application.tick(bench.clock())
    for _ in range(1000):
        await bench.pump()
        if found := [one for one in talk.shown() if said in one.text and one.id not in before]:
            return found[-1]
        bench.clock.forward(seconds=1)
        await bench.telegram.breathe()
    raise AssertionError(f"{said!r} did not come")


async def hears_a_denial(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """What `/brief` told is denied: the denial comes by itself and answers that brief's very message, once."""
    await talk.type("/brief", "أجاب")
    await talk.type("/brief", "أجاب")  # what came first is told by now, and what is new comes first
    await arrive(bench, bench.clock.forward(minutes=15), ("dar", *SHIPMENT))
    bench.clock.forward(minutes=1)
    await talk.type("/brief", SHIPMENT[0])
    assert SHIPMENT[0] in await talk.type("/latest", "أحدث المقالات")
    assert "ترتيب خبره" in await talk.type("/why https://dar.example/0915", "صلته بموضوع")
    [brief] = [one for one in talk.shown() if f"1. {SHIPMENT[0]}" in one.text]
    await arrive(bench, bench.clock.forward(minutes=30), ("qalam", *SHIPMENT_DENIED))
    denial = await brought(bench, talk, "نُفي ما نقلناه إليكم")
    assert denial.answers == brief.id
    await bench.application.tick(bench.clock.forward(minutes=1))
    assert await bench.pump() == 0


async def is_not_flooded(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """As many alerts as a day has, and not one more; but a denial of what was told comes all the same, and on the next
    day comes what is still news.
    """
    await talk.type("/zone الرياض", "صار التوقيت هنا")
    await talk.type("/follow نتنياهو", "ننبّهكم حين يرد «نتنياهو»")
    await bench.application.tick(bench.clock())
    told = (("dar", *SHIPMENT), ("qalam", *ENVOY))
    for article in told:
        await arrive(bench, bench.clock.forward(minutes=20), article)
        await brought(bench, talk, article[1])
    await arrive(bench, bench.clock.forward(minutes=20), ("third", *AID))
    assert (await bench.application.tick(bench.clock()), await bench.pump()) == (0, 0)
    await arrive(bench, bench.clock.forward(minutes=20), ("white", *SHIPMENT_DENIED))
    await brought(bench, talk, "نُفي ما نقلناه إليكم")
    assert not any(AID[0] in one.text for one in talk.shown())
    bench.clock.forward(hours=12)
    await arrive(bench, bench.clock.forward(minutes=20), ("fourth", *AID))
    await brought(bench, talk, AID[0])


async def pastes_a_link(bench: Bench, talk: Talk, root: str) -> None:
    """A pasted link is read and briefed, with words around it too; what may not be opened or is no article is said."""
    brief = await talk.type(f"{root}/{LINKED}", "المصدر الأصلي: Axios")
    assert "استغراب الإدارة الأمريكية" in brief
    await talk.type(f"ما رأيكم في {root}/{LINKED} من فضلكم", "المصدر الأصلي: Axios")
    assert "صفحة تحقق من الزائر" in await talk.type(f"{root}/{CHALLENGED}", "ليست مقالًا يمكن إيجازه")
    await talk.type("http://127.0.0.1:9/a", "هذا العنوان غير مسموح به")


LINKED = "qantarat-alkhabar/politics/52040-cancel-delegation-axios"
CHALLENGED = "sada-alshira/ar/600409"


async def sleeps(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """In quiet hours with `critical` a denial comes, in Telegram without a sound, and a digest waits for their end."""
    await talk.type("/subscribe 13:00 الرياض", "سيصلكم الملخص عند 13:00")
    await talk.type("/brief", "أجاب")
    await talk.type("/brief", "أجاب")
    await arrive(bench, bench.clock.forward(minutes=15), ("dar", *SHIPMENT))
    bench.clock.forward(minutes=1)
    await talk.type("/brief", SHIPMENT[0])
    await talk.type("/quiet 12:20 14:00 العاجل", "العاجل والنفي فقط")
    bench.clock.forward(minutes=10)
    await arrive(bench, bench.clock(), ("qalam", *SHIPMENT_DENIED))
    assert (await brought(bench, talk, "نُفي ما نقلناه إليكم")).silent is (key.platform == "telegram")
    before = len(talk.shown())
    await bench.application.tick(bench.clock.forward(minutes=40))
    assert (await bench.pump(), len(talk.shown())) == (0, before)
    bench.clock.forward(hours=1)
    digest = await brought(bench, talk, "أجاب")
    assert not digest.silent


async def is_woken_by_nobody(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """Without quiet hours, a digest at 23:30 comes at its time; in Telegram, which can, without a sound."""
    await talk.type("/subscribe 23:30 الرياض", "سيصلكم الملخص عند 23:30")
    bench.clock.forward(hours=11, minutes=30)
    assert (await brought(bench, talk, "أجاب")).silent is (key.platform == "telegram")


async def chooses(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """Topic, zone, digits and quiet hours, by words and by buttons; a digest keeps its hour in the new zone."""
    await talk.type("/subscribe ٠٨:٠٠ الرياض", "سيصلكم الملخص عند 08:00 بتوقيت الرياض")
    await talk.type("/topics", "المواضيع")
    await talk.press("do:topics saudi-iran", "صار موضوع هذه المحادثة: العلاقات السعودية الإيرانية")
    await talk.type("/topics us-israel", "صار موضوع هذه المحادثة: الخلاف")
    await talk.type("/zone الدوحة", "توقيت قطر (الساعة الآن 12:00)")
    await talk.type("/digits", "بأي أرقام")
    await talk.press("do:digits arab", "صارت الأرقام هنا هكذا: ٢٠٢٤")
    await talk.type("/quiet من ٢٣:٠٠ إلى ٧ ص العاجل فقط", "من ٢٣:٠٠ إلى ٠٧:٠٠، العاجل والنفي فقط")
    said = await talk.type("/settings", "إعدادات هذه المحادثة")
    assert "ملخص عند ٠٨:٠٠ بتوقيت قطر" in said
    assert "ساعات الهدوء: من ٢٣:٠٠ إلى ٠٧:٠٠" in said
    await talk.type("/quiet off", "أُلغيت ساعات الهدوء")
    chat, subscriptions, _ = await kept(bench, key)
    assert chat is not None
    assert (chat.topic, chat.zone, chat.digits, chat.quiet_from) == ("us-israel", "Asia/Qatar", "arab", None)
    assert [(s.time, s.zone) for s in subscriptions] == [(480, "Asia/Qatar")]


async def searches(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """The archive by word, name in another spelling, phrase, outlet and day; and why an article is not told."""
    assert "رفح" in await talk.type("/search رفح", "نتائج البحث: رفح")
    older = next(action for action in talk.actions() if action.startswith("do:search"))
    await talk.press(older, "نتائج البحث")
    assert "نتنياهو" in await talk.type("/search نتانياهو 3d", "نتائج البحث: نتانياهو 3d")
    await talk.type("/search «مجلس الأمن» 2024-03-25", "25 مارس 2024")
    await talk.type("/search من:قنطرة الخبر", "نتائج البحث: من:قنطرة الخبر")
    await talk.type("/search من:لا_وجود", "لا نعرف الوسيلة")
    await talk.type("/search زبرجد", "لا مقال فيه «زبرجد»")
    await talk.type("/why https://nowhere.example/a", "ليس في أرشيفنا")


async def leaves(bench: Bench, talk: Talk, key: ChatKey) -> None:
    """Everything kept comes as a file; it is deleted only when that is confirmed, and then nothing is left."""
    await talk.type("/follow نتنياهو", "ننبّهكم حين يرد «نتنياهو»")
    assert "المتابعات (1)" in await talk.type("/export", "كل ما نحفظه")
    [(name, content)] = [one.file for one in talk.shown() if one.file]
    assert name == "kawalis.json"
    assert json.loads(content)["follows"][0]["value"] == "نتنياهو"
    await talk.type("/forget", "هل أنتم متأكدون؟")
    await talk.press("do:forget no", "لم نحذف شيئًا")
    await talk.type("/forget ربما", "لم نفهم «ربما»، ولم يُحذف شيء")
    assert (await kept(bench, key))[2]
    await talk.type("/forget", "هل أنتم متأكدون؟")
    await talk.press("do:forget yes", "حُذف كل ما كنا نحفظه")
    assert await kept(bench, key) == (None, [], [])


ERRORS = {
    "/subscribe ٢٥:٠٠ الرياض": "لم نفهم الساعة",
    "/subscribe 08:00 أطلانتس": "لا نعرف المنطقة الزمنية «أطلانتس»",
    "/quiet 8": "لم نفهم «8»",
    "/quiet 23:00 23:00": "البداية والنهاية ساعة واحدة",
    "/zone المريخ": "لا نعرف المنطقة الزمنية",
    "/digits رومانية": "لم نفهم «رومانية»",
    "/topics كرة": "لا نعرف الموضوع «كرة»",
    "/follow ؟": "لا نستطيع متابعة",
    "/unfollow زلزال": "لا تتابعون «زلزال»",
    "/mute ؟": "لا نستطيع كتم",
    "/unmute زلزال": "لم تكتموا «زلزال»",
    "/search": "عمّ نبحث؟",
    "/why": "ألصقوا رابط المقال",
    "/story": "أي خبر",
    "/story nosuch": "لم يعد هذا الخبر محفوظًا",
    "/language فرنسي": "لا نعرف اللغة",
    "/serch": "أتقصدون",
}


async def errs(talk: Talk) -> None:
    """Whatever is typed wrongly is answered with one sentence that says what to do."""
    for typed, said in ERRORS.items():
        answer = await talk.type(typed, said)
        assert "\n" not in answer.strip(), typed
        assert len(answer) < 200, typed


ARABIC_WORDS = {
    "موجز": "أجاب", "مساعدة": "ما الذي يمكنكم طلبه", "الإعدادات": "إعدادات هذه المحادثة", "بحث رفح": "نتائج البحث",
    "المصادر": "المصادر (", "تابع نتنياهو": "ننبّهكم", "لماذا": "ألصقوا رابط", "هدوء": "ساعات الهدوء",
}  # fmt: skip


async def speaks_arabic(talk: Talk) -> None:
    """An Arabic word stands for a command, with or without a slash."""
    for typed, said in ARABIC_WORDS.items():
        await talk.type(typed, said)
    await talk.type("/توقيت بيروت", "توقيت بيروت")
