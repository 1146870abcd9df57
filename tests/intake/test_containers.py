"""Which files are listed in folders and zips, and that none can hang or trap the listing."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from hogarth.errors import Unreadable
from hogarth.intake import Limits, Place, expand
from hogarth.intake.loading import Loader

LIMITS = Limits()
Tree = Mapping[str, "bytes | Tree"]


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def plant(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def listed(path: Path, limits: Limits = LIMITS) -> list[tuple[str, str]]:
    """(path below the one given, code of the refusal or "")."""
    return [
        (
            place.name.removeprefix(f"{path.parent}/"),
            place.refusal.code if place.refusal else "",
        )
        for place in expand([path], limits)
    ]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    plant(
        tmp_path / "fics",
        {
            "b.txt": b"b",
            "a/two.html": b"2",
            "a/one.epub": b"1",
            ".hidden/x.txt": b"",
            ".DS_Store": b"",
            "Thumbs.db": b"",
            "__MACOSX/b.txt": b"",
            "cover.jpg": b"",
            "page.html": b"",
            "page_files/frame.html": b"",
            "my_files/kept.txt": b"",
            "noending": b"x",
        },
    )
    assert listed(tmp_path / "fics") == [
        ("fics/a/one.epub", ""),
        ("fics/a/two.html", ""),
        ("fics/b.txt", ""),
        ("fics/my_files/kept.txt", ""),
        ("fics/noending", ""),
        ("fics/page.html", ""),
    ]


def test_what_is_named_outright_is_listed(tmp_path: Path) -> None:
    plant(tmp_path, {"cover.jpg": b"x", ".hidden.txt": b"x"})
    assert listed(tmp_path / "cover.jpg")[0][1] == ""
    assert len(listed(tmp_path / ".hidden.txt")) == 1


def test_a_folder_that_links_to_itself(tmp_path: Path) -> None:
    plant(tmp_path / "fics", {"a.txt": b"a"})
    (tmp_path / "fics" / "again").symlink_to(tmp_path / "fics")
    (tmp_path / "fics" / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert listed(tmp_path / "fics") == [("fics/a.txt", ""), ("fics/gone.txt", "cannot-open")]


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert listed(tmp_path / "pipe.txt") == [("pipe.txt", "not-a-file")]
    assert listed(tmp_path / "missing") == [("missing", "cannot-open")]
    with pytest.raises(Unreadable) as caught:
        Loader(LIMITS).load(Place(str(tmp_path / "pipe.txt")))
    assert caught.value.code == "not-a-file"


def test_zips_in_zips(tmp_path: Path) -> None:
    inner = zipped({"one.txt": b"1", "two.txt": b"2"})
    book = zipped({"META-INF/container.xml": b"<container/>", "a.opf": b""})
    data = zipped({"b/inner.zip": inner, "a.txt": b"a", "book.epub": book, "c.css": b""})
    path = tmp_path / "all.zip"
    path.write_bytes(data)
    assert listed(path) == [
        ("all.zip/a.txt", ""),
        ("all.zip/b/inner.zip/one.txt", ""),
        ("all.zip/b/inner.zip/two.txt", ""),
        ("all.zip/book.epub", ""),
    ]
    loader = Loader(LIMITS)
    found = [loader.load(place) for place in expand([path], LIMITS)]
    loader.close()
    assert [each.data for each in found] == [b"a", b"1", b"2", book]
    assert found[1].stem == "one"


def test_zips_that_are_documents_are_files(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "book.zip": zipped({"META-INF/container.xml": b"", "x.html": b""}),
            "letter.docx": zipped({"[Content_Types].xml": b"", "word/document.xml": b""}),
            "renamed": zipped({"story.txt": b"s"}),
        },
    )
    names = [name for name, _ in listed(tmp_path)]
    below = [name.partition("/")[2] for name in names]
    assert below == ["book.zip", "letter.docx", "renamed/story.txt"]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(members=2), "too-many-members"),
        (Limits(unpacked_bytes=100), "zip-bomb"),
    ],
)
def test_zips_beyond_the_limits(tmp_path: Path, limits: Limits, code: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{number}.txt": b"x" * 50 for number in range(3)}))
    assert listed(path, limits) == [("a.zip", code)]


def test_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"a.txt": b" " * 80_000_000}))
    assert listed(path) == [("bomb.zip", "zip-bomb")]


def test_zips_packed_too_deeply(tmp_path: Path) -> None:
    data = zipped({"story.txt": b"x"})
    for _ in range(5):
        data = zipped({"in.zip": data})
    path = tmp_path / "deep.zip"
    path.write_bytes(data)
    assert [code for _, code in listed(path)] == ["packed-too-deeply"]


def test_members_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(zipped({"locked.txt": b"x" * 9, "open.txt": b"y"}, zipfile.ZIP_STORED))
    # The flag of a password, in the member's own header and in the list at the end.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert [code for _, code in listed(path)] == ["encrypted-member", ""]

    with pytest.warns(UserWarning, match="Duplicate name"):
        path.write_bytes(_twice("same.txt"))
    assert [code for _, code in listed(path)] == ["repeated-member", "repeated-member"]


def _twice(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, b"1")
        archive.writestr(name, b"2")
    return buffer.getvalue()


@pytest.mark.parametrize("keep", [4, 30, 90])
def test_a_cut_zip(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(zipped({"a.txt": b"a" * 100})[:keep])
    assert [code for _, code in listed(path)] == ["damaged-zip"]


def test_a_damaged_inner_zip_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"bad.zip": b"PK\x03\x04rest", "good.txt": b"g"}))
    assert [code for _, code in listed(path)] == ["damaged-zip", ""]


def test_a_member_with_a_wrong_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": b"honest"}, zipfile.ZIP_STORED).replace(b"honest", b"hacked"))
    with pytest.raises(Unreadable) as caught:
        Loader(LIMITS).load(next(expand([path], LIMITS)))
    assert caught.value.code == "damaged-zip"


def test_names_are_shown_whatever_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(b"x")
    (place,) = expand([path], LIMITS)
    assert place.name.endswith("caf\ufffd.txt")
    assert Loader(LIMITS).load(place).data == b"x"


def test_no_member_leads_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"../secret.txt": b"inside", "/etc/hostname": b"inside"}))
    loader = Loader(LIMITS)
    assert {loader.load(place).data for place in expand([path], LIMITS)} == {b"inside"}
    loader.close()


def test_listing_is_lazy(tmp_path: Path) -> None:
    plant(tmp_path, {f"{number}.txt": b"x" for number in range(3)})
    places = expand([tmp_path / "0.txt", tmp_path / "missing"], LIMITS)
    assert next(places).refusal is None
    (tmp_path / "missing").write_bytes(b"now it is there")
    assert next(places).refusal is None
