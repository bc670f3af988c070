"""What stands in the way of an article: bot checks, captchas, cookie walls, log-ins, pay walls.

Such a page is answered with 200 often enough. It is a failure with a reason, never an article.
"""

import re
from html import unescape

from adapters.http.hidden import without_hidden


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


_CHALLENGE_MARKUP = _any(
    r"cf-browser-verification|cf_chl_|challenge-platform/(?!scripts/jsd)|__cf_chl|/cdn-cgi/challenge(?!-platform)",
    r"_Incapsula_Resource|incapsula incident|sucuri_cloudproxy|ddos-guard|px-captcha|perimeterx",
    r"captcha-delivery\.com|datadome|geo\.captcha|aws-waf-token|awswafcookiedomainlist|distil_r_captcha",
    r"akamai(?:-bm|_validation)|/_sec/cp_challenge|anubis_challenge",
    r"class=[\"'][^\"']*(?:g-recaptcha|h-captcha|cf-turnstile)",
)
_PASSWORD = re.compile(r"<input[^<>]+type=[\"']?password", re.I)
_CHALLENGE = _any(
    r"just a moment|attention required|checking (?:if the site connection|your browser)|security check",
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)|pardon our interruption",
    r"enable javascript and cookies|access (?:to this page )?(?:has been )?denied|request blocked",
    r"unusual traffic|ddos protection by|you have been blocked",
    r"(?:ال|ن)?(?:تحقق|تأكد) من (?:أنك|انك|أنكم|كونك|اتصالك|متصفحك|هويتك)",
    r"لست (?:روبوت|برنامج)|رمز التحقق|(?:تم رفض|رفض) (?:الوصول|الدخول)|الوصول مرفوض|تم حظرك",
    r"(?:تفعيل|فعل|تمكين) (?:ال)?جافا ?سكر[يب]|جار[يٍ]? (?:التحقق|فحص)",
)
_LOGIN = _any(
    r"(?:log|sign) ?in to (?:continue|read|view|your account)|please (?:log|sign) ?in",
    r"create (?:a free|an) account to",
    r"(?:سجل|سجّل|(?:يرجى|الرجاء|قم ب|عليك|يجب) ?تسجيل) (?:ال)?دخول|تسجيل الدخول (?:ل|مطلوب)",
)
_PAYWALL = _any(
    r"subscribe to (?:continue|read|unlock)|subscribers only|for subscribers|(?:already )?a subscriber\?",
    r"this (?:article|content|story) is (?:for|available to|reserved)|remaining free articles",
    r"unlock this (?:article|story)",
    r"(?:هذا )?(?:المحتوى|المقال|الموضوع) (?:حصري |مخصص |متاح )*(?:للمشتركين|لمشتركي)",
    r"خاص بالمشتركين|حصري[اًّ]* للمشتركين|للاطلاع على (?:المقال|المزيد).{0,20}اشترك",
    r"اشترك(?:وا)? (?:الآن |الان )?(?:ل(?:قراءة|متابعة|مواصلة)|لتتمكن)",
    r"(?:لمتابعة|لمواصلة|لإكمال|لاستكمال|للاستمرار في) (?:القراءة|قراءة).{0,30}(?:اشترك|الاشتراك)",
)
_COOKIES = _any(
    r"(?:accept|consent to) (?:all |the use of )?cookies to (?:continue|read|view|access)",
    r"before you continue to",
    r"(?:وافق|الموافقة|قبول|اقبل) (?:على )?(?:استخدام )?(?:جميع )?(?:ملفات )?(?:تعريف الارتباط|الكوكيز)"
    r".{0,40}(?:متابعة|قراءة|لتتمكن)",
)
_IN_ORDER = (("paywall", _PAYWALL), ("cookie_wall", _COOKIES), ("login", _LOGIN))
_NOT_THERE = _any(
    r"\b404\b|(?:page|article) (?:was )?not found|(?:ال)?صفحة (?:المطلوبة |التي .{0,40})?غير (?:موجود|متوفر|متاح)ة",
    r"(?:المقال|الخبر|المحتوى|الرابط) (?:المطلوب )?غير (?:موجود|متوفر|متاح)|تحت الصيانة|under maintenance",
)
_LEADS_ON = _any(
    r"(?:سيتم|يتم|جار[يٍ]?) (?:الآن )?(?:تحويلك|توجيهك|التحويل|إعادة (?:ال)?توجيه)",
    r"you (?:are being|will be) redirected",
)
_NOT_FREE = re.compile(r"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false", re.I)
_UNSEEN = ("script", "style", "noscript", "template", "svg")
_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<title[^<>]*>(.{0,1000}?)</title>", re.I | re.S)
_HEADING = re.compile(r"<h1[^<>]*>(.{0,500}?)</h1>", re.I | re.S)
_BEGINNING = 200_000  # characters of what is shown, in which a page that says what it is says it
# A page of this many visible characters holds something besides the obstacle.
_SHORT = 1500
_TEASER = 750
_WALL = 90
_APOLOGY = 280
_SOMETHING = 200  # and so many of an article are more than a wall lets through beside its form or its script


def obstacle(html: str, article: str | None = None) -> str | None:
    """The code of what stands in the way (challenge, login, paywall, cookie_wall; no_article where the page says
    itself that there is none), or None.

    `article` is the text that was extracted, where any was: a page with a real article is not an obstacle
    because a form or a word of it looks like one.
    """
    not_free = _NOT_FREE.search(html) is not None
    if article is not None and len(article) > _SHORT and not not_free:
        return None
    shown = without_hidden(html, *_UNSEEN)
    seen = " ".join(unescape(_TAG.sub(" ", shown)).split())
    if not_free and (_PAYWALL.search(seen) or len(article or "") < _TEASER):
        return "paywall"
    if article is not None and len(article) > _SHORT:
        return None
    title = unescape(" ".join(_TITLE.findall(html[:20_000])))
    told = article is not None and len(article) > _SOMETHING
    near = article if article is not None and told else seen
    short = len(near) < _SHORT
    if _CHALLENGE.search(title) or (short and _CHALLENGE.search(near)):
        return "challenge"
    if short and not told and _CHALLENGE_MARKUP.search(html):
        return "challenge"
    # A wall speaks in short lines; a sentence of an article may speak of walls.
    brief = near if not told else "\n".join(line for line in near.split("\n") if len(line) <= _WALL)
    for code, words in _IN_ORDER:
        if words.search(title) or (short and words.search(brief)):
            return code
    if short and not told and _PASSWORD.search(html):
        return "login"
    if len(near) < _APOLOGY and _LEADS_ON.search(near):
        return "no_article"
    heading = _TAG.sub(" ", " ".join(_HEADING.findall(shown[:_BEGINNING])))
    return "no_article" if len(near) < _APOLOGY and _NOT_THERE.search(f"{title} | {heading}") else None
