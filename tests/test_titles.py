"""Subjects of cited instruments: where they begin, where they end."""

from __future__ import annotations

import pytest

from viendan.extract import titles


@pytest.mark.parametrize(
    ("behind", "subject"),
    [
        (" về việc bảo vệ đê; các sở báo cáo.", "bảo vệ đê"),
        (" về “Bảo vệ đê, kè” trên địa bàn", "Bảo vệ đê, kè"),
        (" quy định chi tiết thi hành. Sau đó", "quy định chi tiết thi hành"),
        (" (khóa XII) về công tác cán bộ, góp phần ổn định", "công tác cán bộ"),
        (" về phát triển rừng giai đoạn 2021 - 2025, tổ chức kiểm tra", "phát triển rừng giai đoạn 2021 - 2025"),
        (
            " về phát triển rừng đến năm 2030, tầm nhìn đến năm 2045;",
            "phát triển rừng đến năm 2030, tầm nhìn đến năm 2045",
        ),
        (" về bảo vệ đê và Công văn số 12/UBND-NN", "bảo vệ đê"),
        (
            " sửa đổi Nghị định số 1/2020/NĐ-CP và Nghị định số 2/2020/NĐ-CP;",
            "sửa đổi Nghị định số 1/2020/NĐ-CP và Nghị định số 2/2020/NĐ-CP",
        ),
        (" về bảo vệ đê (sau đây gọi tắt là Chỉ thị 5)", "bảo vệ đê"),
        (", Ủy ban nhân dân tỉnh yêu cầu", None),
        (" như sau:", None),
        (" được sửa đổi tại", None),
    ],
)
def test_subjects(behind: str, subject: str | None) -> None:
    found = titles.find_title(f"X{behind}", 1, full=True)
    assert (titles.clean(f"X{behind}"[found[0] : found[1]]) if found else None) == subject


def test_a_verb_opens_a_subject_only_behind_a_date_or_issuer() -> None:
    assert titles.find_title("X quy định mức phạt.", 1, full=False) is None
    assert titles.find_title("X về mức phạt.", 1, full=False) == (5, 13)


def test_a_legal_ground_ends_with_its_line() -> None:
    line = "Căn cứ X quy định khung số lượng; quy trình giới thiệu;\nCăn cứ Y"
    found = titles.find_title(line, 8, full=True)
    assert found is not None
    assert line[found[0] : found[1]] == "quy định khung số lượng; quy trình giới thiệu"
