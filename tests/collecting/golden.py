"""Pages in our own words, in the structure of each outlet: what belongs to the article, and what does not."""

# ruff: noqa: E501  (markup is easier to compare with a page's own when it is not broken up)

TITLE = "مشاورات جديدة حول الاتفاق في العاصمة"
PARAGRAPHS = (
    "بدأت في العاصمة صباح اليوم جولة جديدة من المشاورات حول بنود الاتفاق، وسط حضور ممثلين عن الجانبين ووسطاء.",
    "وقال مصدر مطلع إن الوفدين ناقشا جدول الأعمال في جلسة مغلقة استمرت أكثر من ثلاث ساعات من دون نتيجة معلنة.",
    "ومن المقرر أن تستأنف الاجتماعات مساء غد، على أن يصدر بيان مشترك في ختامها إذا اتفق الطرفان على صياغته.",
)
TEXT = "\n".join(PARAGRAPHS)
FIRST, SECOND, THIRD = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
READ_ALSO = "<p>اقرأ أيضا: <a href='/x'>خبر آخر لا علاقة له بالموضوع</a></p>"
CAPTION = "<figure><img src='/i.jpg'><figcaption>صورة أرشيفية من اجتماع سابق</figcaption></figure>"
FOREIGN = (  # what must not be in the text
    "خبر آخر", "صورة أرشيفية", "الوسوم", "تابعونا", "جميع الحقوق", "الرئيسية", "وسم أول", "شارك", "تعليق", "إعلان",
)  # fmt: skip
FOOTER = "<footer><p>جميع الحقوق محفوظة 2024</p><p>تابعونا على فيسبوك</p></footer>"
NAV = "<header><nav><a href='/'>الرئيسية</a> <a href='/politics'>سياسة</a></nav></header>"

# Of each outlet: its host, and the inside of its <body>.
PAGES = {
    "france24": (
        "www.france24.com",
        f"<article class='t-content'><h1 class='t-content__title'>{TITLE}</h1><div class='t-content__dates'><time "
        f"datetime='2024-03-28T10:00:00+00:00'>28/03/2024</time></div><p class='t-content__chapo'>{PARAGRAPHS[0]}</p>"
        f"<div class='m-em-image'>{CAPTION}</div><div class='t-content__body'>{SECOND}<div class='o-self-promo'><p>شارك "
        f"في نشرتنا</p></div>{READ_ALSO}{THIRD}</div><ul class='t-content__tags'><li>وسم أول</li></ul></article>",
    ),
    "bbc-arabic": (
        "www.bbc.com",
        f"<main role='main'><div dir='rtl'><h1>{TITLE}</h1></div><figure><p>مصدر الصورة، وكالة</p><figcaption>صورة "
        f"أرشيفية</figcaption></figure><div dir='rtl'><time datetime='2024-03-28'>28 مارس/ آذار 2024</time></div>"
        f"<div dir='rtl'>{FIRST}</div><div dir='rtl'>{SECOND}</div><section role='region' aria-labelledby='r'><div "
        f"dir='rtl'><p>خبر آخر في قائمة الأكثر قراءة</p></div></section><div dir='rtl'>{THIRD}</div></main>",
    ),
    "youm7": (
        "www.youm7.com",
        f"<div class='articleHeader'><h1>{TITLE}</h1><span class='newsStoryDate'>الخميس، 28 مارس 2024 12:00 م</span>"
        f"</div><div class='img-cont'>{CAPTION}</div><div id='articleBody'>{FIRST}{SECOND}<div class='relatedTopics'><p>خبر "
        f"آخر</p></div>{THIRD}</div><div class='tags'><a>وسم أول</a></div>",
    ),
    "hespress": (
        "www.hespress.com",
        f"<h1 class='post-title'>{TITLE}</h1><span class='date-post'>الخميس 28 مارس 2024 - 10:00</span><article "
        f"class='article-content'>{FIRST}{SECOND}{THIRD}<section class='box-tags'><a>وسم أول</a></section></article><div "
        f"class='comments-area'><p>تعليق قارئ طويل لا يخص الخبر ولا ينبغي أن يظهر فيه بأي حال من الأحوال.</p></div>",
    ),
    "aljazeera": (
        "www.aljazeera.net",
        f"<main><h1>{TITLE}</h1><div class='article-dates'><time datetime='2024-03-28T10:00:00Z'>28/3/2024</time></div>"
        f"{CAPTION}<div class='wysiwyg wysiwyg--all-content'>{FIRST}<section class='more-on'><ul><li>خبر آخر</li></ul>"
        f"</section>{SECOND}{THIRD}</div></main>",
    ),
    "alarabiya": (
        "www.alarabiya.net",
        f"<h1 class='headingInfo_title'>{TITLE}</h1><time datetime='2024-03-28T13:00:00+03:00'>28 مارس</time><div "
        f"id='body-text'>{FIRST}<div class='teaser'><p>خبر آخر</p></div>{SECOND}{THIRD}<div class='article-tags'>وسم "
        f"أول</div></div>",
    ),
    "aawsat": (
        "aawsat.com",
        f"<h1 class='article-title'>{TITLE}</h1><div class='article-date'><time datetime='2024-03-28T10:00:00Z'></time>"
        f"</div><div class='article-body'>{FIRST}{SECOND}{THIRD}</div><div class='related-articles'><p>خبر آخر</p></div>",
    ),
    "rt-arabic": (
        "arabic.rt.com",
        f"<h1 class='article__heading'>{TITLE}</h1><span class='article__date'>28.03.2024 | 13:00 GMT+3</span>"
        f"<p class='article__summary'>{PARAGRAPHS[0]}</p><div class='article__text'>{SECOND}{THIRD}<p>المصدر: RT</p>"
        f"<div class='read-more'><p>إقرأ المزيد</p><p>خبر آخر</p></div></div><div class='article__tags'>وسم أول</div>",
    ),
    "cnn-arabic": (
        "arabic.cnn.com",
        f"<h1>{TITLE}</h1><div class='article-date'>الخميس، 28 مارس / آذار 2024</div><div id='body-text'>{FIRST}{SECOND}"
        f"{THIRD}<div class='embed-media'><p>شارك المقطع</p></div></div><div class='comments-policy'><p>تعليق</p></div>",
    ),
    "dw-arabic": (
        "www.dw.com",
        f"<article><h1>{TITLE}</h1><time datetime='2024-03-28T10:00:00Z'></time><p class='teaser-text'>{PARAGRAPHS[0]}"
        f"</p><div class='rich-text'>{CAPTION}{SECOND}{THIRD}<div class='advertisement'>إعلان</div></div></article>",
    ),
    "almasryalyoum": (
        "www.almasryalyoum.com",
        f"<div class='article'><h1>{TITLE}</h1><div class='date'>الخميس 28-03-2024 12:00</div><div id='NewsStory'>{FIRST}"
        f"{SECOND}<div class='related-news'><p>خبر آخر</p></div>{THIRD}</div></div>",
    ),
    "sana": (
        "sana.sy",
        f"<h1 class='entry-title'>{TITLE}</h1><time datetime='2024-03-28T13:00:00+03:00'></time><div class='entry-content'>"
        f"{FIRST}{SECOND}{THIRD}<p>تابعوا آخر الأخبار السياسية والميدانية عبر قناتنا</p><div class='sharedaddy'>شارك</div>"
        f"</div>",
    ),
    "syria-tv": (
        "www.syria.tv",
        f"<h1>{TITLE}</h1><time datetime='2024-03-28T10:00:00Z'></time><div class='field field--name-body'>{FIRST}"
        f"{READ_ALSO}{SECOND}{THIRD}</div><div class='field--name-field-tags'>وسم أول</div>",
    ),
    "marebpress": (
        "marebpress.net",
        f"<h1>{TITLE}</h1><div class='news-date'>الخميس 28 مارس-آذار 2024 الساعة 01 مساءً</div><div id='news-body'>"
        f"{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1]}<br>{PARAGRAPHS[2]}</div><div class='related'>خبر آخر</div>",
    ),
    "enabbaladi": (
        "www.enabbaladi.net",
        f"<h1>{TITLE}</h1><time datetime='2024-03-28T13:00:00+03:00'></time><div class='content-article'>{FIRST}{SECOND}"
        f"{THIRD}<p>إذا كنت تعتقد أن المقال يحوي أخطاء أرسل لنا</p><div class='post-tags'>وسم أول</div></div>",
    ),
    "independentarabia": (
        "www.independentarabia.com",
        f"<h1>{TITLE}</h1><time datetime='2024-03-28T10:00:00Z'></time><div class='field--name-body'><div class='caption'>صورة "
        f"أرشيفية</div>{FIRST}{SECOND}{THIRD}</div><div class='field--name-field-tags'>وسم أول</div>",
    ),
}


def golden_page(outlet: str) -> tuple[str, str]:
    """The address and the page."""
    host, inside = PAGES[outlet]
    return (
        f"https://{host}/2024/03/28/article-1",
        f"<!doctype html><html lang='ar' dir='rtl'><head><meta charset='utf-8'><title>{TITLE} | صحيفة</title></head>"
        f"<body>{NAV}{inside}{FOOTER}</body></html>",
    )
