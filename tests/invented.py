"""The invented site of ``specimens/site.trig``: three documents of invented places, and what link adds to them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from viendan import store, vocab

SPECIMENS = Path(__file__).parent / "specimens"
CENTRAL = vocab.ID + "instrument/bo-chinh-tri/chi-thi/2014/34-ct-tw"
DIRECTIVE = vocab.ID + "instrument/uy-ban-nhan-dan-tinh-van-son/chi-thi/2023/7-ct-ubnd"
PRIME = vocab.ID + "instrument/thu-tuong-chinh-phu/chi-thi/2021/19-ct-ttg"
LAW = vocab.ID + "instrument/quoc-hoi/luat/2022/6-2022-qh15"
OLD_LAW = vocab.ID + "instrument/quoc-hoi/luat/2003/15-2003-qh11"
REPLACED = vocab.ID + "instrument/uy-ban-nhan-dan-tinh-van-son/chi-thi/2015/3-ct-ubnd"
HOSTILE_TITLE = 'Phát động <script>alert("1 & 2")</script> thi đua tỉnh Bạch Hà năm 2023'


def quads() -> list[ox.Quad]:
    """All statements of the invented site."""
    return list(ox.parse(path=str(SPECIMENS / "site.trig"), format=ox.RdfFormat.TRIG))


@cache
def graph() -> store.Store:
    """The invented site as a store in memory."""
    return store.memory_store(quads())


@cache
def sources() -> dict[str, str]:
    """The texts of the invented documents by the key of their source."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((SPECIMENS / "site").glob("*.txt"))}
