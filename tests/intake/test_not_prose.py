"""What is no story is named, and a story that quotes it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hogarth.errors import Unreadable
from hogarth.intake import read
from hogarth.intake.not_prose import name_no_prose

STORY = (
    "Holmes turned the page over and read it aloud, though there was nobody in the room but me.\n"
    "“It is a kind of recipe,” he said at last. “Each line is an order, and the machine obeys.”\n\n"
    "I looked over his shoulder. The man had written it in pencil, without a single mistake.\n\n"
)
PROGRAM = "def knock(door):\n    for turn in range(3):\n        door.knock()\n    return door\n\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("import os\n" + PROGRAM * 6, "program"),
        (
            "#include <stdio.h>\n" + "int main(void) {\n    int i = 0;\n    return i;\n}\n" * 5,
            "program",
        ),
        (
            "body {\n  color: #333;\n  margin: 0 auto;\n}\n.head > p {\n  display: none;\n}\n" * 3,
            "program",
        ),
        ("function(){" + "var a=[1,2];if(a){b(a)}else{c()};" * 40 + "}", "program"),
        ("INSERT INTO stories VALUES (1,'x');\nCREATE TABLE a (b int);\n" * 6, "program"),
        ("[main]\nname = value\npath = /usr/lib\ndebug = no\nport: 8080\nlevel = 3\n", "program"),
        ("host: localhost\nport: 8080\nlevel: high\ndebug: no\npath: /usr/lib\n", "settings"),
        ("django==5.2\nlxml>=5\nnh3\nselectolax==0.3\npytest==8.1\n", "settings"),
        ("2020-01-02 10:11:12 ERROR failed to open door\n" * 12, "log"),
        ("1\n00:00:01,000 --> 00:00:02,000\nCome in, Watson.\n\n" * 6, "subtitles"),
        ("begin 644 a.gif\n" + ("M" + "8" * 60 + "\n") * 12, "mail"),
        (("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo" * 2 + "\n") * 8, "Base64"),
        ("-rw-r--r-- 1 anne anne 120 Mar  3 10:00 bell.txt\n" * 9, "files"),
        ("jane@example.org\nanne@example.org\nemma@example.org\n" * 3, "addresses"),
        ("\n".join(f"word{'abcdefgh'[i % 8]}{'xyzuvw'[i % 6]}" for i in range(90)), "words"),
        ("name\tage\ttown\n" + "Anne\t27\tLyme\n" * 12, "table"),
        ("12 13 14 15.2 17 19\n" * 40, "figures"),
        ('{"a": [1, 2, 3],\n "b": {"c": "d"}}\n', "JSON"),
        ("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old\n+new\n same\n", "patch"),
        (
            "MIT License\n\nPermission is hereby granted, free of charge, to any person.\n",
            "licence",
        ),
    ],
)
def test_what_is_no_story_is_named(text: str, what: str) -> None:
    assert what in name_no_prose(text, "input.txt")


@pytest.mark.parametrize(
    "text",
    [
        STORY * 3 + PROGRAM + STORY * 3,
        STORY + '{"door": "shut"}\n\n' + STORY,
        "Holmes: Come in.\nWatson: I am in.\nHolmes: So you are.\n" * 6,
        "[10:02] anne: where are you\n[10:03] emma: behind you\n[10:04] anne: i see\n" * 6,
        "The tide comes in;\nThe tide goes out;\nThe bell is rung;\nThe lamp is lit;\n" * 5,
        "Dear Jane,\n\nCome.\n\nYours,\nEmma",
        "霧が三日も街に居坐っていた。\n誰も来なかった。\n" * 20,
        "One.\n\nTwo.\n\nThree.",
        "Fog",
        "",
    ],
)
def test_what_a_person_wrote_is_no_data(text: str) -> None:
    assert name_no_prose(text, "input.txt") == ""


def test_files_about_other_files_are_told_by_name_and_words() -> None:
    about = "Install it: unzip the files into a folder on your server. See the license."
    assert name_no_prose(about, "README.txt")
    assert not name_no_prose(about, "story.txt")
    assert not name_no_prose(STORY * 4, "readme.txt")


def test_our_own_source_is_no_story() -> None:
    modules = sorted((Path(__file__).parents[2] / "src/hogarth/intake").glob("*.py"))
    named = sum(bool(name_no_prose(path.read_text("utf-8"), path.name)) for path in modules)
    assert named > 0.9 * len(modules)


def test_the_reader_refuses_it() -> None:
    with pytest.raises(Unreadable) as caught:
        read(("import os\n" + PROGRAM * 6).encode(), name="helper.txt")
    assert caught.value.code == "data-file"
