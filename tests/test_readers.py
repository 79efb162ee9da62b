"""Reading files: which documents a path holds, and what is refused with one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from viendan.errors import InputError
from viendan.extract import readers


def _write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_folder_is_searched_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    wanted = [
        _write(tmp_path / "a.txt", b"x"),
        _write(tmp_path / "b" / "c.md", b"x"),
        _write(tmp_path / "d.TXT", b"x"),
    ]
    _write(tmp_path / ".hidden" / "e.txt", b"x")
    _write(tmp_path / "f.pdf", b"x")
    assert list(readers.find_documents(tmp_path)) == sorted(wanted)


def test_file_is_itself(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.odd", b"x")
    assert readers.find_documents(file) == (file,)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "file_empty"),
        (b" \n\t\r\n", "file_empty"),
        ("\ufeff \n".encode(), "file_empty"),
        (b"\xff\x00\xd8", "file_no_text"),
        (b"abc\x00def", "file_no_text"),
        ("Chỉ thị".encode("cp1258", errors="replace") + b"\xe0\x80", "file_no_text"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, data: bytes, key: str) -> None:
    with pytest.raises(InputError) as caught:
        readers.read_document(_write(tmp_path / "x.txt", data))
    assert caught.value.key == key


def test_missing_and_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as missing:
        readers.find_documents(tmp_path / "nothing")
    assert missing.value.key == "file_missing"
    with pytest.raises(InputError) as empty:
        readers.find_documents(tmp_path)
    assert empty.value.key == "folder_empty"


def test_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(readers.MAX_BYTES + 1)
    with pytest.raises(InputError) as caught:
        readers.read_document(file)
    assert caught.value.key == "file_too_large"


def test_text_is_kept_as_decoded(tmp_path: Path) -> None:
    written = "\ufeffCộng ho\u0300a\r\nxã hội \n"
    document = readers.read_document(_write(tmp_path / "a.b.txt", written.encode()))
    assert document.text == written
    assert document.name == "a.b"


def test_utf16_with_a_mark_is_read(tmp_path: Path) -> None:
    document = readers.read_document(_write(tmp_path / "a.txt", "Chỉ thị".encode("utf-16")))
    assert document.text == "Chỉ thị"
