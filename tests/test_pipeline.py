from __future__ import annotations

import os
from pathlib import Path

import pytest

from viendan.errors import DataError, InputError
from viendan.extract import readers
from viendan.link.memory import Memory
from viendan.model import Extraction, SourceDocument
from viendan.pipeline import extraction, files, renewing


def test_documents_of_one_stem_keep_names_of_their_own(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "chi-thi.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a" / "other.md").write_text("x", encoding="utf-8")
    assert [name for _, name in extraction.gather([tmp_path])] == ["a--chi-thi", "other", "b--chi-thi"]


def test_a_document_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("x", encoding="utf-8")
    assert len(extraction.gather([tmp_path, tmp_path / "one.txt"])) == 1


def test_hidden_and_foreign_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", "scan.pdf", "a.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path, _ in extraction.gather([tmp_path])] == ["a.txt"]


@pytest.mark.parametrize("name", ["missing", "empty-folder"])
def test_what_is_not_there_is_an_input_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(InputError):
        extraction.gather([tmp_path / name])


@pytest.mark.parametrize("content", [b"", b"  \n\t\n", b"\x00\x01binary", b"\xff\xfa\x80 no text"])
def test_a_bad_document_does_not_stop_the_batch(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    (tmp_path / "good.txt").write_text(
        "Thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị.", encoding="utf-8"
    )
    outcomes = extraction.extract_all(extraction.gather([tmp_path]))
    assert [outcome.extraction is not None for outcome in outcomes] == [False, True]
    assert isinstance(outcomes[0].error, InputError)
    summary = extraction.summarise(outcomes)
    assert (summary.documents, summary.failed, summary.numbered) == (2, 1, 1)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        os.truncate(file.fileno(), readers.MAX_BYTES + 1)
    with pytest.raises(InputError) as caught:
        readers.read_document(path)
    assert caught.value.key == "file_too_large"


def test_a_fault_of_ours_is_reported_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_source: object) -> None:
        raise RuntimeError("boom")

    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(extraction, "extract_document", broken)
    (outcome,) = extraction.extract_all(extraction.gather([tmp_path]))
    assert outcome.error is not None
    assert "boom" in str(outcome.error)


def test_workers_and_one_process_give_the_same(examples: Path, tmp_path: Path) -> None:
    for number in range(4):
        for file in examples.glob("*.txt"):
            (tmp_path / f"{file.stem}-{number}.txt").write_bytes(file.read_bytes())
    documents = extraction.gather([tmp_path])
    one = [extraction.turtle_of(o.extraction) for o in extraction.extract_all(documents) if o.extraction]
    two = [extraction.turtle_of(o.extraction) for o in extraction.extract_all(documents, jobs=2) if o.extraction]
    assert one == two
    assert len(one) == len(documents)


def test_failed_documents_keep_what_stood_before(tmp_path: Path) -> None:
    source, data = tmp_path / "in", tmp_path / "data"
    source.mkdir()
    (source / "a.txt").write_text("Chỉ thị số 34-CT/TW của Bộ Chính trị.", encoding="utf-8")
    (source / "gone.txt").write_text("Chỉ thị số 19/CT-TTg của Thủ tướng Chính phủ.", encoding="utf-8")
    renewing.renew(extraction.gather([source]), data, Memory())
    before = (data / "a.ttl").read_bytes()
    (source / "a.txt").write_bytes(b"\x00")
    (source / "gone.txt").unlink()
    renewing.renew(extraction.gather([source]), data, Memory())
    assert (data / "a.ttl").read_bytes() == before
    assert not (data / "gone.ttl").exists()


def test_only_what_changed_is_extracted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, data = tmp_path / "in", tmp_path / "data"
    source.mkdir()
    for name in ("a", "b", "c"):
        (source / f"{name}.txt").write_text(f"Chỉ thị số 34-CT/TW của Bộ Chính trị. {name}", encoding="utf-8")
    read: list[str] = []
    whole = extraction.extract_document

    def spy(document: SourceDocument) -> Extraction:
        read.append(document.name)
        return whole(document)

    monkeypatch.setattr(extraction, "extract_document", spy)

    def renew(program: str = "test") -> tuple[list[str], dict[str, bytes], extraction.Summary]:
        read.clear()
        memory = Memory(tmp_path / "memory", program)
        outcomes = renewing.renew(extraction.gather([source]), data, memory)
        memory.save()
        return [*read], {file.name: file.read_bytes() for file in data.iterdir()}, extraction.summarise(outcomes)

    assert renew()[0] == ["a", "b", "c"]
    first = renew()
    assert first[0] == []
    (source / "b.txt").write_text("Chỉ thị số 19/CT-TTg của Thủ tướng Chính phủ.", encoding="utf-8")
    (data / "c.ttl").write_text("# spoilt", encoding="utf-8")
    second = renew()
    assert second[0] == ["b", "c"]
    assert second[1]["a.ttl"] == first[1]["a.ttl"]
    assert second[1]["c.ttl"] == first[1]["c.ttl"]
    assert second[2] == extraction.summarise(extraction.extract_all(extraction.gather([source])))
    assert renew("another program")[0] == ["a", "b", "c"]


def test_a_data_folder_without_data_is_named(tmp_path: Path) -> None:
    (tmp_path / "register-x.ttl").write_text("", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        files.data_files(tmp_path)
    assert caught.value.key == "data_empty"


def test_a_source_never_takes_the_name_of_a_register() -> None:
    assert files.data_name("register-places") == "source-register-places"
    assert files.data_name("overrides") == "source-overrides"
    assert files.data_name("van-son-07") == "van-son-07"
