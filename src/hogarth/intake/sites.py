"""Sites whose pages show one chapter of a work: where each puts the text and what it says of it.

A row is all that it takes to read another site of this kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Site:
    """One site. All but the first three fields are optional.

    Shape: `hosts` words of which one stands in every page of it; `text` the element with the text
    of the chapter, `mark` one that a page of the site has besides; `title`, `part` (of the chapter)
    and `author` are elements, and `titled` the page's own title with groups of these names; `notes`
    count as before or after the text by where they stand; `tags` are kinds with their elements;
    `facts` holds labelled lines; `options` are the chapters to choose from, one of them chosen;
    `contents` is what a page has that lists the chapters; `work` and `address` say where in an
    address the number of the work is, and what address it makes. Of elements the first is taken
    that is there, in the order of the field.
    """

    name: str
    hosts: tuple[str, ...]
    text: str
    mark: str = ""
    title: str = ""
    part: str = ""
    author: str = ""
    titled: str = ""
    summary: str = ""
    notes: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    facts: str = ""
    finished: str = ""
    contents: str = ""
    furniture: str = ""
    options: str = ""
    work: str = ""
    address: str = ""
    #: Whether writers put labelled lines above the text themselves.
    labelled: bool = False
    #: Whether a byline in the text is believed more than the account that posted it.
    passed_on: bool = False
    #: Whether each page is a work of its own, whatever its title says.
    single: bool = False
    language: str | None = None


SITES: Final[tuple[Site, ...]] = (
    Site(
        "Royal Road",
        ("royalroad",),
        ".chapter-inner",
        title=".fic-header a[href^='/fiction/'] h2, .fic-header a[href*='/fiction/'] h2",
        part=".fic-header h1",
        author=".fic-header a[href*='/profile/']",
        titled=r"(?P<part>.+) - (?P<title>.+?) \| Royal Road.*",
        notes=".author-note-portlet .author-note, .author-note-portlet",
        contents="table#chapters, .fiction-info",
        furniture=".portlet-title, .bold.uppercase",
        work=r"royalroadl?\.com/fiction/(\d+)",
        address="https://www.royalroad.com/fiction/{}",
    ),
    Site(
        "Scribble Hub",
        ("scribblehub", "ScribbleHub"),
        "#chp_raw, .chp_raw",
        title=".chp_byauthor a[href*='/series/']",
        part=".chapter-title",
        author=".chp_byauthor a[href*='/profile/']",
        titled=r"(?P<part>.+) - (?P<title>.+?) [-|] Scribble ?Hub.*",
        notes=".wi_authornotes_body",
        contents=".toc_ol, .wi_fic_desc",
        furniture=".wi_authornotes, .wi_news, .sp-head, .modal",
        work=r"scribblehub\.com/(?:series|read)/(\d+)",
        address="https://www.scribblehub.com/series/{}/",
    ),
    Site(
        "Fimfiction",
        ("fimfiction.net", "Fimfiction", "FIMFiction"),
        "#chapter-body .bbcode, #chapter-body, .chapter-body, #chapter .bbcode",
        title="a.story_name",
        part="#chapter-title a, .chapter-selector b, h1.chapter-title, #chapter-title",
        author=".info-container a, .author a, a.author",
        titled=r"(?P<part>.+?) - (?P<title>.+?) - F[iI][mM][fF]iction.*",
        summary="span.description-text",
        notes=".authors-note",
        tags=(
            ("rating", "a[class*='content-rating-']"),
            ("fandom", "a.tag-series"),
            ("character", "a.tag-character"),
            ("genre", "a.tag-genre"),
            ("warning", "a.tag-warning"),
            ("freeform", "a.tag-content"),
        ),
        contents="ul.chapters a.chapter-title, .story_content_box",
        work=r"fimfiction\.net/story/(\d+)",
        address="https://www.fimfiction.net/story/{}",
    ),
    Site(
        "Ficbook",
        ("ficbook.net", "Книга Фанфиков", "fanfictionero.com", "fic.fan"),
        "#content.js-part-text, #content[itemprop=articleBody], #part_content #content, #content",
        mark="a.creator-username, .fanfic-hat, #part_content, .part-link",
        title="h1.heading, section.chapter-info h1, .fanfic-main-info h1, h1[itemprop=headline]",
        part="#part_content h2, .title-area h2, .part-title h3",
        author="a.creator-username, a[itemprop=author], .creator-info a",
        summary="div[itemprop=description]",
        notes=".js-public-beta-comment-before, .js-public-beta-comment-after, .part-comment-top, "
        ".part-comment-bottom",
        tags=(
            ("fandom", "a[href*='/fanfiction/'][class=''], .mb-10 a[href*='/fanfiction/']"),
            ("relationship", "a[href*='/pairings/'].pairing-highlight, a[href*='/pairings/']"),
            ("freeform", ".tags a[href*='/tags/']"),
            ("rating", "[class*='badge-rating-'] .badge-text, [class*='ds-label-rating-']"),
            ("category", ".direction .badge-text, [class*='ds-label-direction-']"),
        ),
        finished=".badge-status-finished, .ds-label-status-finished",
        contents="ul.list-of-fanfic-parts",
        work=r"ficbook\.net/readfic/([\w-]+)",
        address="https://ficbook.net/readfic/{}",
        language="ru",
    ),
    Site(
        "Asianfanfics",
        ("asianfanfics.com",),
        "#user-submitted-body",
        title="h1#story-title",
        part="h1#chapter-title, #chapter-title",
        author="a[href*='/profile/u/']",
        titled=r"(?P<title>.+?) - Chapter .+ - (?P<part>.+?) - Asianfanfics.*",
        work=r"asianfanfics\.com/story/view/(\d+)",
        address="https://www.asianfanfics.com/story/view/{}",
    ),
    Site(
        "Quotev",
        ("quotev.com",),
        "#rescontent, #quizResArea",
        title="#quizHeaderTitle h1, .result h1",
        part="#quizSubtitle, #quizHeaderTitle h2",
        author=".quizAuthorList a",
        titled=r"(?P<title>.+?) \| Quotev",
        summary="#qdesct",
        tags=(("freeform", "#quizHeader .quizBoxTags a"),),
        work=r"quotev\.com/story/(\d+)",
        address="https://www.quotev.com/story/{}",
    ),
    Site(
        "Inkitt",
        ("inkitt.com",),
        "#story-text-container, .story-page-text, #chapterText",
        title="h1.story-title",
        part=".chapter-head-title, h2.chapter-head-title",
        author="#storyAuthor, .author-link, a.story-author",
        summary="p.story-summary",
        work=r"inkitt\.com/stories/(?:\w+/)?(\d+)",
        address="https://www.inkitt.com/stories/{}",
    ),
    Site(
        "FicWad",
        ("FicWad", "ficwad.com"),
        "#storytext",
        author="#story .storylist .author a, .storylist .author a",
        titled=r"(?P<part>.+?) :: (?P<title>.+?) :: FicWad.*",
        summary="#story .storylist blockquote.summary, blockquote.summary",
        facts=".storylist .meta",
        options="form.chapterlist option, select[name=goto] option",
        tags=(("fandom", "#story h2 a[href*='/category/']:last-child"),),
        contents="#chapters .storylist, ul.storylist",
    ),
    Site(
        "MediaMiner",
        ("mediaminer.org", "MediaMiner"),
        "#fanfic-text",
        author=".post-meta a[href*='/user_info']",
        titled=r"(?P<title>.+?) - (?P<part>.+), [^,]+ Fan Fiction \| MediaMiner",
        facts=".post-meta",
        contents="#post-rating",
        work=r"mediaminer\.org/fanfic/[cs]/[^/]+/[^/]+/(\d+)",
    ),
    Site(
        "Literotica",
        ("literotica.com", "Literotica"),
        "[itemprop=articleBody], .aa_ht, .b-story-body-x",
        mark="h1",
        title="h1",
        author="a.y_eU, a[class*='_author__title_'], .b-story-user-y a",
        titled=r"(?P<title>.+?) - [^-]+ - Literotica\.com",
        contents=".series__works, section ul[class*='_list_'] p[class*='_description_']",
        furniture="[class*='_introduction__more'], [class*='_report_block']",
        single=True,
    ),
    Site(
        "Adult-FanFiction",
        ("adult-fanfiction.org", "AFF Fiction Portal"),
        ".chapter-body, #contentdata",
        title=".story-header-left h1, td.catdis + h4, h4",
        part=".chapter-content-card h2.chapter-title, h2.chapter-title",
        author=".story-header-author a, a[href*='members.adult-fanfiction']",
        titled=r"(?P<title>.+?) - .+ - AFF Fiction Portal",
        facts=".story-header-stats",
        tags=(("fandom", ".story-header-category span:last-child"),),
        options=".chapter-controls select option, select.chapter-select option",
        work=r"adult-fanfiction\.org/story\.php\?no=(\d+)",
    ),
    Site(
        "Storiesonline",
        ("storiesonline.net", "finestories.com", "scifistories.com"),
        "#sol-story article, #story article, #story",
        mark="#s-title, [rel=bookmark]",
        title="#s-title, a[rel=bookmark]",
        author="a[rel=author], #s-auth",
        furniture="header, .pager, .date, .end-note, .vform, #cover, .c > img, footer, .conTag, "
        ".notice, .sep, .invis",
        work=r"(?:storiesonline\.net|finestories\.com|scifistories\.com)/[sn]/(\d+)",
        address="https://storiesonline.net/s/{}",
    ),
    Site(
        "Tapas",
        ("tapas.io",),
        "article.viewer__body, .js-episode-article, .ep-epub-content",
        title=".series-root .title, .center-info__title--small, .info__title, a.series-title",
        part=".viewer__header .title, .js-ep-title",
        author=".viewer-section--episode .name-wrapper .name, .creator, a.creator__name",
        titled=r"(?:Read )?(?P<title>.+?) :: (?P<part>.+?) \| Tapas.*",
        contents=".episode-list, .info-detail__row",
        work=r"tapas\.io/series/([\w-]+)",
    ),
    Site(
        "DeviantArt",
        ("deviantart", "deviantART", "DeviantArt"),
        ".dev-view-deviation .journal-wrapper2 .text, .journal-wrapper2 .gr-body .text, "
        ".dev-view-deviation .gr-body .text, .journalcontrol .text, .da-editor-journal, "
        "[data-editor-viewer], .legacy-journal, #output .gr-body .text",
        mark="[name='og:title'], [property='og:title'], .dev-title-container",
        title=".dev-title-container h1 > a, [data-hook=deviation_title], h1 > a[href*='/art/']",
        author=".dev-title-container a.username, [data-hook=user_link] .user-link, a.username",
        titled=r"(?P<title>.+) by (?P<author>[^\s]+) on [dD]eviant[aA][rR][tT]",
        notes=".dev-description .text, [data-hook=description]",
        furniture=".embedded-deviation, .external, .shadow-holder",
        labelled=True,
        single=True,
    ),
    Site(
        "Tumblr",
        ("tumblr.com",),
        ".body-text, .textpostbody, .post-content .caption, .post .caption, .post-content .body, "
        ".post .body, .post .post-body, .post_content, .post-content, .post .text, .post .copy, "
        ".entry .body, .text_post, .text-post, .posts .text, article .body, .post, article, "
        ".entry, #posts, #content",
        mark="[property='og:url'][content*='tumblr.com'], [property='al:android:app_name'], "
        "link[href*='assets.tumblr.com']",
        furniture="ol.notes, .notes, #notes, .post-notes, .note-list, .notecontainer, .tags, "
        ".post-tags, .permalink, .metadata, .post-footer, .reblog, .source, .meta, .postinfo, "
        ".date, .tumblr_avatar, footer, .post-info, .controls, .like_and_reblog_buttons, #ending, "
        ".endnotes, .rnotes",
        labelled=True,
        passed_on=True,
        single=True,
    ),
)


def compile_title(site: Site) -> re.Pattern[str] | None:
    """How the site builds the title of a page, or None."""
    return re.compile(site.titled, re.DOTALL) if site.titled else None
