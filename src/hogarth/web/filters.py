"""What templates can say besides Django's own: numbers, days, words and addresses."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from hogarth.errors import Unavailable
from hogarth.web import words
from hogarth.web.addresses import address as address_of
from hogarth.web.story import Setting
from hogarth.works.values import Blurb, Byline, TagRef

register: Final = template.Library()

register.filter("address", address_of)
register.filter("badges", words.badges)
register.filter("standing", words.standing)
register.simple_tag(get_language, name="interface_language")


@register.simple_tag
def interface_direction() -> str:
    """Which way the interface is written."""
    return "rtl" if get_language_bidi() else "ltr"


@register.filter
def number(value: int) -> str:
    """12,345, as the interface's language groups its digits."""
    return number_format(value, force_grouping=True)


@register.filter(expects_localtime=True)
def day(value: date) -> SafeString:
    """A day or moment in words, in the archive's time zone, readable by machines too."""
    exact = value.isoformat("T", "seconds") if isinstance(value, datetime) else value.isoformat()
    shown = date_format(value, pgettext("form of a date, see Django's date filter", "j F Y"))
    return format_html('<time datetime="{}">{}</time>', exact, shown)


@register.filter
def kind(value: str) -> str:
    """The name of a kind of tag, for one tag."""
    return str(words.TAG_KINDS[value][0]) if value in words.TAG_KINDS else value


@register.filter
def title(blurb: Blurb) -> SafeString:
    """A work's title in its own language, whichever way that is written."""
    return format_html("<bdi{}>{}</bdi>", spoken(blurb), blurb.title)


@register.filter
def spoken(blurb: Blurb) -> SafeString:
    """The attributes that say which language a text is in; unknown is said too, not guessed."""
    return format_html(' lang="{}" dir="{}"', blurb.language or "", words.direction(blurb.language))


@register.filter
def facts(blurb: Blurb) -> list[SafeString]:
    """The one line of facts: how long, how far, how new, in which language."""
    words_ = ngettext("%(words)s word", "%(words)s words", blurb.words)
    found = [conditional_escape(words_ % {"words": number(blurb.words)})]
    if chapters := words.chapters(blurb.chapters, blurb.expected_chapters):
        found.append(conditional_escape(chapters))
    if blurb.status in words.STATUSES:
        found.append(conditional_escape(words.STATUSES[blurb.status]))
    if blurb.updated and blurb.updated != blurb.published:
        found.append(format_html(_("updated {day}"), day=day(blurb.updated)))
    elif blurb.published:
        found.append(format_html(_("published {day}"), day=day(blurb.published)))
    if blurb.language:
        name = words.language_name(blurb.language)
        found.append(format_html('<span lang="{}">{}</span>', blurb.language, name))
    return found


@register.filter
def care(blurb: Blurb) -> list[tuple[str, tuple[TagRef, ...]]]:
    """What a reader may want to know first. Shape: [(label, tags)], warnings before the rating."""
    return _grouped(blurb, ("warning", "rating"))


@register.filter
def quiet_tags(blurb: Blurb) -> list[tuple[str, tuple[TagRef, ...]]]:
    """The rest of the tags but fandoms, which stand under the title. Shape: [(label, tags)]."""
    return _grouped(blurb, ("category", "relationship", "character", "genre", "freeform"))


def _grouped(blurb: Blurb, names: tuple[str, ...]) -> list[tuple[str, tuple[TagRef, ...]]]:
    return [
        (str(words.TAG_KINDS[name][len(found) > 1]), found)
        for name in names
        if (found := blurb.tags_of(name))
    ]


@register.filter
def web_address(value: str | None) -> str:
    """The address when a page may link to it, else ""."""
    return value if value and urlsplit(value).scheme in ("http", "https") else ""


@register.filter
def fandoms(blurb: Blurb) -> tuple[TagRef, ...]:
    """What the work is about, in fandom's own words."""
    return blurb.tags_of("fandom")


@register.filter
def named(bylines: tuple[Byline, ...]) -> SafeString:
    """Names with what each did, linked where they lead somewhere: “by A and B, beta-read by C”."""
    parts = []
    for role, label in words.ROLES.items():
        names = [_named(line) for line in bylines if line.role == role]
        if names:
            parts.append(format_html("{} {}", label, _joined(names)))
    return format_html_join(", ", "{}", ((part,) for part in parts))


def _named(line: Byline) -> SafeString:
    shown = format_html("{} ({})", line.name, line.of) if line.of else conditional_escape(line.name)
    where = address_of(line)
    if not where:
        return format_html("<bdi>{}</bdi>", shown)
    return format_html('<a href="{}" rel="author"><bdi>{}</bdi></a>', where, shown)


def _joined(names: list[SafeString]) -> SafeString:
    if len(names) == 1:
        return names[0]
    most = format_html_join(", ", "{}", ((name,) for name in names[:-1]))
    # Translators: joins the last of several names to those before.
    return format_html(_("{names} and {last}"), names=most, last=names[-1])


@register.simple_tag
def summary_of(blurb: Blurb, level: int) -> SafeString:
    """The work's summary, made to stand under a heading of this level."""
    return Setting(blurb.id).place(blurb.summary, prefix=f"s{blurb.id}-", level=level + 1)


@register.simple_tag
@cache
def file_address(name: str) -> str:
    """The address of a file of ours, new whenever its content is: browsers keep it for a year."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise Unavailable("The file %(name)s of the pages is missing.", name=name)
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return f"{settings.STATIC_URL}{name}?v={digest[:12]}"
