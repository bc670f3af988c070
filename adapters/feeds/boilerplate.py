"""Lines that are on the page but not in the article: teasers, captions, tag tails, calls to follow."""

import re
from collections.abc import Iterable
from functools import lru_cache

from adapters.feeds.calendar import GREGORIAN_MONTHS, HIJRI_MONTHS, fold
from summaries.harmless import harmless

_MARKS = " \u200e\u200f\u202a\u202b\u202c\t"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I | re.S)


# A line that begins so is a teaser for something else.
_TEASER = _any(
    r"[\W_]*و?(?:اقر[أاؤ]و?ا?(?:/ي)?|إقر[أا]و?ا?|شاهدو?ا?|طالعو?ا?|تابعو?ا?|استمعو?ا?)\s+(?:أيض|ايض|المزيد|كذلك)",
    r"[\W_]*(?:اقر[أاؤ]و?ا?|إقرأ|شاهدو?ا?)\s+(?:في|علي|على)\s+[^.]{0,30}:",
    r"(?:أخبار|مواضيع|موضوعات|مقالات|مواد|قصص|روابط)\s+(?:أخرى\s+)?"
    r"(?:ذات\s+(?:صلة|علاقة)|متعلقة|مشابهة|مرتبطة|قد تهمك)",
    r"(?:قد|ربما)\s+(?:يهمك|تهمك|يعجبك|يهمكم)|اخترنا\s+(?:لك|لكم)|(?:الأكثر|الاكثر)\s+(?:قراءة|مشاهدة|تداولا)",
    r"للمزيد\s*:|لمزيد\s+من\s+(?:الأخبار|التفاصيل|المعلومات)|انظر\s+أيض|في\s+(?:هذا|نفس)\s+السياق\s*:\s*$",
    r"read\s+(?:more|also)\b|related\s*(?:articles|posts|news)?\s*:?\s*$|see\s+also\s*:",
)
# Alone on its line it announces what comes under it: headlines, until a line of prose.
_ANNOUNCING = re.compile(
    r"[\W_]*(?:(?:اقر[أاؤ]و?ا?|إقر[أا]و?ا?|شاهدو?ا?|طالعو?ا?)\s+(?:أيض|ايض|المزيد)\w*|(?:أخبار|مواضيع|موضوعات|مقالات)\s+"
    r"(?:أخرى\s+)?(?:ذات\s+(?:صلة|علاقة)|متعلقة|مشابهة|مرتبطة)|related\s*(?:articles|posts|news)?|read\s+also)[\W_]*",
    re.I,
)
_HEADLINE = 120  # characters, and more is no headline
_MOST_ANNOUNCED = 5
_ENDS_OF_PROSE = '.؟?!»":؛'
_FOLLOW = _any(
    r"و?(?:تابعو?نا|تابعو?ا\s+(?:\S+\s+){0,4}(?:على|عبر)|انضمو?ا?\s+(?:إلى|الى|إلينا))",
    r"اشتركو?ا?\s+(?:في|الآن|الان)|(?:يمكنكم|يمكنك)\s+(?:متابع|الاشتراك|الإشتراك)|حملو?ا?\s+تطبيق|لتصلك",
    r"(?:للاشتراك|للإشتراك|للانضمام)\s+(?:في|ب|إلى|الى)?\s*(?:قنا|القنا|نشر|النشر|خدم|مجموع|صفح)"
    r"|(?:اضغطو?ا?|انقرو?ا?)\s+هنا|لمتابعة\s+(?:آخر|اخر|أحدث|كل|أخبارنا|اخبارنا)|شاركو?ا?\s+(?:هذا|الخبر|المقال)|شارك\s*(?:غرد|على|عبر)?\s*$",
    r"(?:طباعة|نسخ\s+الرابط|مشاركة|حفظ|إرسال)\s*$|(?:أضف|اضف|إضافة|اترك|كتابة)\s+(?:تعليق|تعليقا)",
    r"(?:جميع|كل)\s+الحقوق\s+محفوظة|حقوق\s+النشر|copyright\b|©|share\s+(?:this|on)\b|follow\s+us\b",
    r"استمعو?ا?\s+(?:إلى|الى)\s+(?:ال)?(?:مقال|خبر|تقرير|نص)\w*\W*$|(?:مدة|وقت|زمن)\s+القراءة\b|\d+\s+(?:دقيقة|دقائق)\s+(?:ل?ل?قراءة)\W*$",
    r"subscribe\b|sign\s+up\b|advertisement\s*$|إعلان(?:ات)?\s*$",
)
_COMMENTS = _any(
    r"(?:ال)?(?:آراء|اراء|تعليقات)\s+(?:الواردة|المنشورة|أدناه).{0,80}لا\s+تعبر",
    r"[تي]رحب\s.{0,40}(?:بالنقاش|بتعليقاتكم|بمشاركاتكم)",
)
_FIRST_ON = re.compile(
    r"(?:The post|ظهرت المقالة|ظهر المقال|نُشر هذا المقال)\b.{0,400}?"
    r"(?:appeared first on|first appeared on|أولا[ًّ]?\s+(?:على|في)|أول مرة)\b",
    re.I | re.S,
)
# What a feed puts behind an excerpt. Alone, «المزيد» is a word like others; after a full stop it is a button.
_READ_ON = re.compile(
    r"\s*(?:(?<![^\W_])[اإأ]قر[أا]\s+المزيد(?!\s*\.\s*$)"
    r"|(?<=[.…!؟\])»\"])\s*(?:(?:قراءة\s+)?(?:ال)?مزيد(?:\s+من\s+التفاصيل)?"
    r"|(?:تابع|متابعة|أكمل|اكمل|إكمال|واصل)\s+(?:ال)?قراءة(?:\s.{0,200})?"
    r"|read\s+(?:more|the\s+full\s+story)|continue\s+reading(?:\s.{0,200})?))[\W_]*$",
    re.I,
)
_LONGEST_BUTTON = 240
_BUTTON_WORDS = ("مزيد", "قراءة", "ead ", "EAD ", "ading", "ADING")  # looked for first, being quicker
_BEFORE_OUTLET = re.compile(r"\s+[-–—:•·»›/]\s+|\s*\|\s*")
_CUT_SHORT = ("[…]", "[&#8230;]", "…")
_CAPTION = _any(
    r"(?:ال)?صورة\s*(?::|من|أرشيفية|ارشيفية)|تصوير\s*:|المصور\s*:|(?:مصدر|تعليق)\s+الصورة",
    r"image\s+(?:source|caption)|photo\s*(?:by|credit|:)|getty\s+images?",
    r"\(?(?:رويترز|أ\s?ف\s?ب|الأناضول|غيتي|جيتي|getty|reuters|afp|epa|ap)\)?\s*$",
)
_TAGS = re.compile(
    r"(?:(?:ال)?كلمات\s+(?:ال)?(?:مفتاحية|دلالية|دالة)|(?:ال)?وسوم|الأوسمة|تصنيفات|علامات|tags?)\s*:?", re.I
)
_BYLINE = re.compile(
    r"(?:كتب|كتبت|كتبه|كتبها|بقلم|تحرير|إعداد|اعداد|ترجمة|by)\s*[:|/–—-]\s*[^\W\d_]++(?:\s++[^\W\d_]++){0,4}",
    re.I,
)
_YEAR = re.compile(r"\d{4}")
_DATE_LINE = re.compile(
    r"(?:(?:(?:تم|تاريخ|وقت)\s+)?(?:ال)?(?:نشر|نشرت|تحديث|اضافه|تاريخ)(?:\s+(?:في|بتاريخ))?|اخر\s+تحديث|published|updated|الموافق"
    r"|(?:ال)?(?:سبت|احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه)|الساعه|بتوقيت\s+\w+(?:\s+المكرمه)?|غرينتش|gmt|utc"
    rf"|{'|'.join(sorted((*GREGORIAN_MONTHS, *HIJRI_MONTHS), key=len, reverse=True))}"
    r"|صباحا|مساء|ظهرا|عصرا|ليلا|فجرا|[صم](?![^\W\d_])|هـ?(?![^\W\d_])|[ap]m|عام|في|من|\d{1,4}|[\s,،:|/()\[\].+–—-])++"
)
_LONGEST_STAMP = 90
_MOST_ABOVE = 5
_HASHTAGS = re.compile(r"(?:\s*#[\w_]+[\s,،|]*)+$")


def clean_lines(
    lines: Iterable[str], title: str = "", drop: Iterable[str] = (), *, single_blanks: bool = False
) -> str:
    """The article's own lines, one paragraph each, joined by a newline. `title` is left out where the text
    begins with it, and so is a line that one of the regular expressions `drop` matches whole. `single_blanks`:
    the lines have no other blanks than single ones already.
    """
    patterns = [re.compile(pattern) for pattern in drop]
    kept: list[str] = []
    announced = 0  # headlines that may follow
    for line in lines:
        line = _trimmed(line) if single_blanks else tidy(line)
        if not line:
            continue
        if is_boilerplate(line):
            announced = _MOST_ANNOUNCED if _ANNOUNCING.fullmatch(line) else 0
            continue
        if announced and len(line) < _HEADLINE and line[-1] not in _ENDS_OF_PROSE:
            announced -= 1
            continue
        announced = 0
        if patterns and any(pattern.fullmatch(line) for pattern in patterns):
            continue
        if kept and line == kept[-1]:
            continue
        kept.append(line)
    kept = _without_tail(_without_head(kept, title))
    while len(kept) > 1 and _is_stamp(kept[-1]):
        kept = kept[:-1]
    if kept:
        kept[-1] = _without_button(kept[-1])
    return "\n".join(kept)


def _without_head(lines: list[str], title: str) -> list[str]:
    """Without what stands between the top of a page and its first sentence: the headline again, who wrote it, when."""
    for i, line in enumerate(lines[:_MOST_ABOVE]):
        if not (title and _same(line, title)) and not (_is_stamp(line) and i + 1 < len(lines)):
            return lines[i:]
    return lines[_MOST_ABOVE:]


def _is_stamp(line: str) -> bool:
    """Whether this line is an author's name or a date, and nothing else."""
    if len(line) > _LONGEST_STAMP:
        return False
    if _BYLINE.fullmatch(line):
        return True
    return _YEAR.search(line) is not None and _DATE_LINE.fullmatch(fold(line)) is not None


def tidy(line: str) -> str:
    """One line with single blanks, nothing harmful, and without what a blog's feed appends."""
    return " ".join(_trimmed(line).split()).strip(_MARKS)


def _trimmed(line: str) -> str:
    """As `tidy`, for a line with single blanks."""
    if "he post" in line or "ppeared" in line or "ظهر" in line or "نُشر" in line:
        line = _without_first_on(line)
    if not line.isprintable():
        line = " ".join(harmless(line.replace("\u200b", " ").replace("\ufeff", " ")).split())
    return line.strip(_MARKS)


def _without_first_on(line: str) -> str:
    appended = _FIRST_ON.search(line)
    if appended is None:
        return line
    line = line[: appended.start()].rstrip()
    dots = next((dots for dots in _CUT_SHORT if line.endswith(dots)), "")
    return line.removesuffix(dots).rstrip()


def _without_button(line: str) -> str:
    """Without «… اقرأ المزيد» at its end."""
    start = max(0, len(line) - _LONGEST_BUTTON)
    tail = line[start:]
    if not any(word in tail for word in _BUTTON_WORDS):
        return line
    button = _READ_ON.search(line, start)
    return line[: button.start()].rstrip() if button is not None and button.start() > 0 else line


def without_outlet(title: str, name: str) -> str:
    """A headline without the outlet's `name` (or a part of it, as the names of feeds and pages have several) that
    many a system puts behind it: «… | صحيفة المثال».
    """
    parts = _parts_of(name)
    while title.endswith(parts):
        separators = list(_BEFORE_OUTLET.finditer(title))
        if not separators or not title[: separators[-1].start()].strip():
            break
        if title[separators[-1].end() :] not in parts:
            break
        title = title[: separators[-1].start()].rstrip()
    return title


@lru_cache(maxsize=256)
def _parts_of(name: str) -> tuple[str, ...]:
    return tuple(part for part in dict.fromkeys([name, *_BEFORE_OUTLET.split(name)]) if part)


def is_boilerplate(line: str) -> bool:
    """Whether this line is the page's and not the article's."""
    if len(line) < 260 and (_TEASER.match(line) or _FOLLOW.match(line)):
        return True
    if len(line) < 600 and _COMMENTS.match(line):
        return True
    if "#" in line and _HASHTAGS.fullmatch(line):
        return True
    return len(line) < 160 and bool(_CAPTION.match(line)) and not line.endswith(".")


def _without_tail(lines: list[str]) -> list[str]:
    """Without the tags that some outlets list under the text: their heading, and short lines after it."""
    for i, line in enumerate(lines):
        if i and len(line) < 300 and _TAGS.match(line) and all(len(rest) < 60 for rest in lines[i + 1 :]):
            return lines[:i]
    return lines


def _same(line: str, title: str) -> bool:
    return len(line) <= 2 * len(title) + 20 and _letters(line) == _letters(title)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
