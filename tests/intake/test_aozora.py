"""The marks of Aozora Bunko, one by one."""

from __future__ import annotations

import pytest

from hogarth.intake import read
from hogarth.intake.aozora_marks import read_line


def ruby(base: str, reading: str) -> str:
    return f"<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("霧《きり》の鍵", ruby("霧", "きり") + "の鍵"),
        ("一番｜小さな鍵《かぎ》", "一番" + ruby("小さな鍵", "かぎ")),
        ("AB漢字《かんじ》", "AB" + ruby("漢字", "かんじ")),
        ("カタカナ《かたかな》", ruby("カタカナ", "かたかな")),
        ("壊れた《ルビ", "壊れた《ルビ"),
        ("《始め》", "《始め》"),
        ("鍵［＃「鍵」に傍点］だ", "<em>鍵</em>だ"),
        (
            "大切《たいせつ》な人［＃「大切な人」に傍点］",
            f"<em>{ruby('大切', 'たいせつ')}な人</em>",
        ),
        ("［＃傍点］霧［＃傍点終わり］の", "<em>霧</em>の"),
        ("鍵［＃「鍵」に傍線］", "<u>鍵</u>"),
        ("H2［＃「2」は下付き小文字］O", "H<sub>2</sub>O"),
        ("※［＃「木＋吶のつくり」、第3水準1-85-54］", "枘"),
        ("※［＃「口＋曳」、U+546D、12-3］", "呭"),
        ("※［＃始め二重山括弧］", "《"),
        ("自［＃二］女［＃一］", "自<sub>二</sub>女<sub>一</sub>"),
        ("山城［＃（ノ）］國", "山城<sup>ノ</sup>國"),
        ("〔cafe'〕で", "caféで"),
        ("〔no accents〕", "〔no accents〕"),
        ("文［＃「文」はママ］", "文"),
        ("＜&＞", "＜&amp;＞"),
    ],
)
def test_marks(line: str, html: str) -> None:
    assert read_line(line).html == html


def test_notes_on_the_book_are_counted() -> None:
    assert read_line("文［＃「文」はママ］と字［＃「字」は底本では「宇」］").left == 2


def test_headings_have_ranks() -> None:
    assert read_line("上［＃「上」は大見出し］").heading == 1
    assert read_line("［＃中見出し］一［＃中見出し終わり］").heading == 2


@pytest.mark.parametrize(
    ("head", "title", "names"),
    [
        ("霧\n北村あや", "霧", ["北村あや:author"]),
        ("霧\n北村あや\n大野みつ訳", "霧", ["北村あや:author", "大野みつ:translator"]),
        ("霧\n――続篇――\n北村あや", "霧　――続篇――", ["北村あや:author"]),
    ],
)
def test_the_first_lines(head: str, title: str, names: list[str]) -> None:
    body = "　霧《きり》［＃「霧」に傍点］。\n［＃改ページ］\n［＃地付き］了\n［＃改ページ］\n"
    text = f"{head}\n\n{body}　終。\n"
    manuscript = read(text.encode(), name="kiri.txt").manuscripts[0]
    assert manuscript.title == title
    assert [f"{credit.name}:{credit.role}" for credit in manuscript.credits] == names
    assert manuscript.language == "ja"


def test_numbers_alone_are_chapters_where_they_count_up() -> None:
    parts = "".join(f"{number}\n\n　鍵《かぎ》は無い。\n\n" for number in "一二三")
    text = f"霧\n北村あや\n\n{parts}底本：「霧」\n"
    chapters = read(text.encode(), name="kiri.txt").manuscripts[0].chapters
    assert [chapter.number for chapter in chapters] == [1, 2, 3]


@pytest.mark.parametrize(
    "unit", ["［＃", "［＃「霧」に傍点］霧", "霧《きり》", "｜霧", "《", "〔a'", "※［＃"]
)
def test_one_enormous_line_of_marks_is_no_trouble(unit: str) -> None:
    pages = "［＃改ページ］\n" * 3
    text = f"霧\n北村\n\n{pages}{unit * 40_000}\n　終《おわり》。\n"
    assert read(text.encode(), name="x.txt").manuscripts
