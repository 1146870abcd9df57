"""What may be asked: values, in a fixed number of statements, and nothing a viewer may not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import PARTS, Cast, read_as_file, write_story
from hogarth.errors import Invalid, NotFound, Refused
from hogarth.intake import Problem
from hogarth.manuscript import Asset, Chapter, Credit, Manuscript, SeriesPlace, Tag
from hogarth.people.models import Account
from hogarth.works import publishing, queries
from hogarth.works.access import GUEST, Viewer

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"not much of a picture"


def story(number: int = 1, **fields: Any) -> Manuscript:
    return write_story(
        f"Stair {number}",
        chapters=[f"<p>First of {number}.</p>", f"<p>Second of {number}.</p>"],
        tags=[("fandom", "Emma"), ("freeform", f"Stairs {number}"), ("rating", "Mature")],
        series=(SeriesPlace("The Stairs", number),),
        source=f"https://archiveofourown.org/works/{number}",
        **fields,
    )


LISTS: dict[str, Callable[[Viewer, dict[str, int]], object]] = {
    "latest": lambda viewer, _: queries.latest(viewer=viewer, size=100),
    "list_works": lambda viewer, _: queries.list_works(
        viewer=viewer, size=100, title="stair", author="mary", tag="emma", state="posted"
    ),
    "by_author": lambda viewer, ids: queries.by_author(ids["author"], viewer=viewer, size=100),
    "by_tag": lambda viewer, ids: queries.by_tag(ids["tag"], viewer=viewer, size=100),
    "in_series": lambda viewer, ids: queries.in_series(ids["series"], viewer=viewer, size=100),
    "tags_of_kind": lambda viewer, _: queries.tags_of_kind("freeform", viewer=viewer, limit=100),
    "totals": lambda viewer, _: queries.totals(viewer=viewer),
    "find_author": lambda viewer, _: queries.find_author("mary wollstonecraft", viewer=viewer),
    "find_tag": lambda viewer, _: queries.find_tag("emma", viewer=viewer),
}
PAGES: dict[str, Callable[[Viewer, int], object]] = {
    "blurb": lambda viewer, work: queries.blurb(work, viewer=viewer),
    "open_chapter": lambda viewer, work: queries.open_chapter(work, None, viewer=viewer),
    "open_entire": lambda viewer, work: queries.open_entire(work, viewer=viewer),
    "contents": lambda viewer, work: queries.contents(work, viewer=viewer),
    "about": lambda viewer, work: queries.about(work, viewer=viewer),
    "manuscript_of": lambda viewer, work: queries.manuscript_of(work, viewer=viewer),
}


def _ids(cast: Cast, work: int) -> dict[str, int]:
    blurb = queries.blurb(work, viewer=cast.viewer("owner"))
    return {
        "author": blurb.bylines[0].id or 0,
        "tag": blurb.tags_of("fandom")[0].id,
        "series": blurb.series[0].id,
    }


def _statements(ask: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask()
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("part", PARTS)
def test_lists_cost_the_same_for_one_work_and_for_fifty(cast: Cast, part: str) -> None:
    ids, viewer = _ids(cast, cast.bring(story(1))), cast.viewer(part)

    def ask_all() -> dict[str, list[str]]:
        return {name: _statements(lambda: ask(viewer, ids)) for name, ask in LISTS.items()}  # noqa: B023 - asked at once

    for_one = ask_all()
    cast.land_all([read_as_file(story(number)) for number in range(2, 51)])
    for_fifty = ask_all()
    assert queries.latest(viewer=viewer, size=100).total == 50
    for name, statements in for_fifty.items():
        assert len(statements) == len(for_one[name]) <= 8, name
        assert not any("html" in sql or "hogarth_version" in sql for sql in statements)


@pytest.mark.parametrize("part", PARTS)
def test_pages_cost_the_same_for_two_chapters_and_for_fifty(cast: Cast, part: str) -> None:
    short, viewer = cast.bring(story(1)), cast.viewer(part)
    long = cast.bring(
        replace(story(2), chapters=tuple(Chapter(n, f"<p>{n}</p>") for n in range(1, 51)))
    )
    for name, ask in PAGES.items():
        for_two = _statements(lambda: ask(viewer, short))  # noqa: B023 - asked at once
        for_fifty = _statements(lambda: ask(viewer, long))  # noqa: B023 - asked at once
        assert len(for_fifty) == len(for_two) <= 13, name


def test_only_the_chapter_that_is_read_is_loaded(cast: Cast) -> None:
    work = cast.bring(story())
    second = queries.contents(work, viewer=GUEST).contents[1]
    page = queries.open_chapter(work, second.id, viewer=GUEST)
    assert [chapter.html for chapter in page.chapters] == ["<p>Second of 1.</p>"]
    assert page.previous == page.contents[0]
    assert page.next is None
    first = queries.open_chapter(work, None, viewer=GUEST)
    assert (first.previous, first.next) == (None, second)
    entire = queries.open_entire(work, viewer=GUEST)
    assert [chapter.number for chapter in entire.chapters] == [1, 2]
    assert queries.contents(work, viewer=GUEST).chapters == ()


def test_a_chapter_belongs_to_its_work(cast: Cast) -> None:
    one, other = cast.bring(story(1)), cast.bring(story(2))
    foreign = queries.contents(other, viewer=GUEST).contents[0].id
    for chapter in (foreign, 0, -1, 2**62, 2**70):
        with pytest.raises(NotFound):
            queries.open_chapter(one, chapter, viewer=GUEST)


@pytest.mark.parametrize("work", [0, -1, 999, 2**63, 2**100])
def test_what_is_not_there_is_not_found(cast: Cast, work: int) -> None:
    viewer = cast.viewer("owner")
    for ask in PAGES.values():
        with pytest.raises(NotFound):
            ask(viewer, work)
    for ask_list in ("by_author", "by_tag", "in_series"):
        with pytest.raises(NotFound):
            LISTS[ask_list](viewer, {"author": work, "tag": work, "series": work})


def test_hidden_and_absent_are_the_same_answer(cast: Cast) -> None:
    """For every state a guest may not see, everything answers as if there were no such work."""
    work = cast.bring(story())
    ids = _ids(cast, work)

    def answer(ask: Callable[[], object]) -> tuple[str, str]:
        with pytest.raises(NotFound) as caught:
            ask()
        return caught.value.code, caught.value.msgid

    never = [answer(lambda ask=ask: ask(GUEST, 999)) for ask in PAGES.values()]  # type: ignore[misc]  # a default argument hides the type
    for state in ("draft", "scheduled", "withdrawn", "deleted"):
        cast.set(work, state=state)
        assert [answer(lambda ask=ask: ask(GUEST, work)) for ask in PAGES.values()] == never  # type: ignore[misc]  # as above
        for name in ("by_author", "by_tag", "in_series", "find_author", "find_tag"):
            with pytest.raises(NotFound):
                LISTS[name](GUEST, ids)
        assert queries.latest(viewer=GUEST).total == 0
        assert queries.tags_of_kind("fandom", viewer=GUEST) == ()
        assert queries.totals(viewer=GUEST).works == queries.totals(viewer=GUEST).authors == 0
        with pytest.raises(NotFound):
            queries.original_of(work, viewer=GUEST)
        with pytest.raises(NotFound):
            queries.asset_of(work, "assets/0.png", viewer=GUEST)


@pytest.mark.parametrize("name", ["by_author", "by_tag", "in_series"])
@pytest.mark.parametrize("page", [1, 2])
def test_no_page_of_a_list_tells_hidden_from_absent(cast: Cast, name: str, page: int) -> None:
    work = cast.bring(story())
    kind = {"by_author": "author", "by_tag": "tag", "in_series": "series"}[name]
    hidden = _ids(cast, work)[kind]
    cast.set(work, state="withdrawn")
    answers = set()
    for number in (hidden, 999):
        with pytest.raises(NotFound) as caught:
            getattr(queries, name)(number, viewer=GUEST, page=page)
        answers.add((caught.value.code, caught.value.msgid))
    assert len(answers) == 1


def test_problems_of_an_anonymous_work_name_no_file(cast: Cast) -> None:
    """A guessed title is the name of a file, and people put their names into those."""
    file = read_as_file(story())
    guessed = Problem("title-guessed", "Mary Wollstonecraft - Stair 1")
    file = replace(file, reading=replace(file.reading, problems=(guessed,)))
    work = cast.land_all([file], publish=True)[0].work
    assert work is not None
    for anonymous, detail in ((False, guessed.detail), (True, "")):
        cast.set(work, anonymous=anonymous)
        about = queries.about(work, viewer=GUEST)
        assert about.witnesses[0].problems == (("title-guessed", detail),)


@pytest.mark.parametrize("part", PARTS)
def test_an_anonymous_work_tells_nothing_of_its_author(cast: Cast, part: str) -> None:
    work = cast.bring(story(1))
    cast.bring(story(2))
    viewer, ids = cast.viewer(part), _ids(cast, work)
    cast.set(work, anonymous=True)
    knows = part in ("author", "moderator", "owner")

    blurb = queries.blurb(work, viewer=viewer)
    names = [line.name for line in blurb.bylines]
    assert names == (["Mary Wollstonecraft"] if knows else ["Anonymous"])
    assert bool(blurb.series) is knows
    assert all((line.id is not None) is knows for line in blurb.bylines)

    _, by_author = queries.by_author(ids["author"], viewer=viewer)
    assert (work in {blurb.id for blurb in by_author}) is knows
    _, series = queries.in_series(ids["series"], viewer=viewer)
    assert (work in {blurb.id for blurb in series}) is knows
    sought = queries.list_works(viewer=viewer, author="wollstonecraft")
    assert (work in {blurb.id for blurb in sought}) is knows

    about = queries.about(work, viewer=viewer)
    assert (about.source is not None) is knows
    manuscript = queries.manuscript_of(work, viewer=viewer)
    assert bool(manuscript.credits) is bool(manuscript.source) is bool(manuscript.series) is knows
    everything = repr((blurb, about, manuscript, queries.open_entire(work, viewer=viewer)))
    assert ("Wollstonecraft" in everything) is knows
    assert ("archiveofourown.org" in everything) is knows


def test_an_author_with_nothing_but_anonymous_works_is_unknown(cast: Cast) -> None:
    work = cast.bring(story())
    ids = _ids(cast, work)
    cast.set(work, anonymous=True)
    for name in ("by_author", "in_series", "find_author"):
        with pytest.raises(NotFound):
            LISTS[name](GUEST, ids)
    assert queries.totals(viewer=GUEST).authors == 0
    assert queries.totals(viewer=GUEST).works == 1
    assert queries.find_author("Mary Wollstonecraft", viewer=cast.viewer("author")) == ids["author"]


def test_lists_come_newest_first_and_page_by_page(cast: Cast) -> None:
    works = [cast.bring(story(number)) for number in range(1, 8)]
    first = queries.latest(viewer=GUEST, size=3)
    third = queries.latest(viewer=GUEST, page=3, size=3)
    assert [blurb.id for blurb in first] == works[:-4:-1]
    assert [blurb.id for blurb in third] == works[:1]
    assert (first.total, first.pages, first.next, first.previous) == (7, 3, 2, None)
    assert (third.next, third.previous) == (None, 2)
    for page in (0, -1, 4, 10**9):
        with pytest.raises(NotFound):
            queries.latest(viewer=GUEST, page=page, size=3)
    empty = queries.list_works(viewer=GUEST, title="no such thing")
    assert (empty.total, empty.pages, tuple(empty)) == (0, 1, ())
    series = queries.in_series(_ids(cast, works[0])["series"], viewer=GUEST)[1]
    assert [blurb.id for blurb in series] == works


def test_works_are_listed_by_title_author_tag_and_state(cast: Cast) -> None:
    work = cast.bring(replace(story(1), title="Ünder the STAIR"))
    cast.bring(write_story("Other", author="Vita", tags=[("character", "Emma Woodhouse")]))
    owner = cast.viewer("owner")

    def found(**sought: str) -> list[int]:
        return [blurb.id for blurb in queries.list_works(viewer=owner, **sought)]  # type: ignore[arg-type]  # only texts are sought

    assert found(title="under") == []
    assert found(title="ünder the stair") == found(author="MARY") == found(tag="EMMA") == [work]
    assert found(state="posted", title="stair") == [work]
    assert found(state="draft") == found(title="100%") == found(title="_nder") == []
    cast.set(work, state="draft")
    assert found(state="draft") == [work]
    with pytest.raises(Invalid):
        found(state="lost")


def test_names_lead_to_ids(cast: Cast) -> None:
    work = cast.bring(story())
    ids = _ids(cast, work)
    cast.bring(replace(story(2), tags=(Tag("fandom", "EMMA"),)))
    assert queries.find_tag("Emma", viewer=GUEST) == ids["tag"]
    assert queries.find_tag("EMMA", viewer=GUEST) != ids["tag"]
    assert queries.find_tag("emma", viewer=GUEST) == ids["tag"]
    assert queries.find_author("MARY wollstonecraft", viewer=GUEST) == ids["author"]
    for name in ("", "%", "Nobody", "\x00", "\udcff", "x" * 9_000):
        with pytest.raises(NotFound):
            queries.find_tag(name, viewer=GUEST)
        with pytest.raises(NotFound):
            queries.find_author(name, viewer=GUEST)


def test_tags_are_counted_over_what_may_be_seen(cast: Cast) -> None:
    cast.bring(story(1))
    cast.bring(story(2))
    cast.bring(replace(story(3), tags=(Tag("fandom", "Persuasion"),)))
    hidden = cast.bring(story(4))
    cast.set(hidden, visibility="private")
    counts = queries.tags_of_kind("fandom", viewer=GUEST)
    assert [(row.tag.name, row.works) for row in counts] == [("Emma", 2), ("Persuasion", 1)]
    assert len(queries.tags_of_kind("fandom", viewer=GUEST, limit=1)) == 1
    assert queries.tags_of_kind("fandom", viewer=cast.viewer("owner"))[0].works == 3
    totals = queries.totals(viewer=GUEST)
    assert (totals.works, totals.authors, totals.fandoms) == (3, 1, 2)
    assert totals.words == sum(blurb.words for blurb in queries.latest(viewer=GUEST))


def test_originals_are_for_owner_and_moderators(cast: Cast) -> None:
    outcome = cast.land(story(), place="folder/stairs.zip/in it/a story.html")
    work = outcome.work
    assert work is not None
    for part in PARTS:
        viewer = cast.viewer(part)
        about = queries.about(work, viewer=viewer)
        takes = part in ("owner", "moderator")
        assert about.may_take_originals is takes
        assert (about.witnesses[0].place is not None) is takes
        if takes:
            name, data = queries.original_of(work, viewer=viewer)
            assert (name, data[:12]) == ("a story.html", b'[{"title": "')
            again = queries.original_of(work, viewer=viewer, digest=about.witnesses[0].digest)
            assert again == (name, data)
            for digest in ("0" * 64, "", "\x00", "\udcff"):
                with pytest.raises(NotFound):
                    queries.original_of(work, viewer=viewer, digest=digest)
        else:
            with pytest.raises(Refused):
                queries.original_of(work, viewer=viewer)


def test_pictures_come_with_the_version_that_shows_them(cast: Cast) -> None:
    asset = Asset("assets/0123456789abcdef.png", "image/png", PNG)
    other = Asset("assets/fedcba9876543210.png", "image/png", PNG + b"2")
    picture = f'<p><img src="{asset.name}" alt="A stair."/></p>'
    one = replace(write_story(chapters=[picture, "<p>x</p>"]), assets=(other, asset, asset))
    with pytest.raises(AssertionError):
        cast.bring(one)  # the same name twice: refused, not half kept
    one = replace(one, assets=(other, asset))
    work = cast.bring(one)
    assert queries.asset_of(work, asset.name, viewer=GUEST) == ("image/png", PNG)
    assert queries.manuscript_of(work, viewer=cast.viewer("owner"), version=1) == one
    for name in ("assets/0.png", "../secret-key", "", "\x00", "\udcff"):
        with pytest.raises(NotFound):
            queries.asset_of(work, name, viewer=GUEST)
    publishing.edit([work], by=cast.owner, changes={"title": "Other"})
    assert queries.asset_of(work, asset.name, viewer=GUEST)[1] == PNG


def test_a_work_has_only_its_own_versions(cast: Cast) -> None:
    work = cast.bring(story())
    assert queries.manuscript_of(work, viewer=GUEST, version=1) == story()
    for version in (0, 2, -1, 2**70):
        with pytest.raises(NotFound):
            queries.manuscript_of(work, viewer=GUEST, version=version)


def test_credits_show_roles_and_accounts(cast: Cast) -> None:
    work = cast.bring(
        replace(story(), credits=(Credit("Vita", "author", "V_Sackville"), Credit("Leo", "beta")))
    )
    lines = queries.blurb(work, viewer=GUEST).bylines
    assert [(line.name, line.role, line.of) for line in lines] == [
        ("Vita", "author", "V_Sackville"),
        ("Leo", "beta", ""),
    ]
    assert [line.name for line in queries.blurb(work, viewer=GUEST).authors] == ["Vita"]


def test_a_blurb_says_who_may_change_it(cast: Cast) -> None:
    work = cast.bring(story())
    may = {p: queries.blurb(work, viewer=cast.viewer(p)).may_change for p in PARTS}
    assert [part for part in PARTS if may[part]] == ["author", "owner"]
    assert Account.objects.count() == 4


@pytest.mark.postgres
def test_postgres_plans_the_guest_list_by_its_index(cast: Cast) -> None:
    _check_plan(cast, "EXPLAIN ", forbidden="Sort")


def test_the_guest_list_uses_its_index(cast: Cast) -> None:
    if connection.vendor == "sqlite":
        _check_plan(cast, "EXPLAIN QUERY PLAN ", forbidden="TEMP B-TREE")


def _check_plan(cast: Cast, explain: str, *, forbidden: str) -> None:
    for number in range(1, 4):
        cast.bring(story(number))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        statements = _statements(lambda: queries.latest(viewer=GUEST))
        counting, listing = (sql for sql in statements[:2])
        for sql in (counting, listing):
            cursor.execute(explain + sql)
            plan = " ".join(str(row) for row in cursor.fetchall())
            assert "work_by_sight" in plan
            assert forbidden not in plan
