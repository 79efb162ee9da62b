"""How deep a document deals with an instrument is told by all its mentions of it."""

from __future__ import annotations

import pytest

from viendan.extract.document import extract_document
from viendan.model import SourceDocument

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LÂM SƠN
Số: 02/KH-UBND
Lâm Sơn, ngày 13 tháng 01 năm 2031
KẾ HOẠCH
Trồng cây

"""
CASES = {
    "mentioned": "Trong năm qua, tỉnh có Nghị định số 12/2030/NĐ-CP và nhiều cây được trồng.",
    "cited by its date": "Trong năm qua, tỉnh có Nghị định số 12/2030/NĐ-CP ngày 05/4/2030 của Chính phủ và nhiều cây.",
    "cited by its role": "Căn cứ Nghị định số 12/2030/NĐ-CP;",
    "discussed by mentions": "Căn cứ Nghị định số 12/2030/NĐ-CP; theo Nghị định số 12/2030/NĐ-CP thì trồng cây.\n\n"
    "Các huyện thực hiện Nghị định số 12/2030/NĐ-CP.",
    "quoted": "Nghị định số 12/2030/NĐ-CP quy định rõ: “Mỗi người trồng ít nhất ba cây trong một năm”.",
    "cited, not quoted: a name in quotation marks": "Thực hiện Nghị định số 12/2030/NĐ-CP về phong trào “Trồng cây”.",
    "cited, not quoted: the words are new": "Sửa đổi Điều 3 Nghị định số 12/2030/NĐ-CP như sau: “Mỗi người trồng "
    "ít nhất bốn cây trong một năm”.",
}


@pytest.mark.parametrize("name", CASES)
def test_depth(name: str) -> None:
    found = extract_document(SourceDocument("x", HEAD + CASES[name], "0" * 64)).citations
    assert {item.depth for item in found if item.number} == {name.replace(",", "").partition(" ")[0]}
    assert all(item.number == "12/2030/NĐ-CP" for item in found)
