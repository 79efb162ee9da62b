"""A small invented corpus for the tests of queries: three documents, a plan between them, a movement, tasks."""

from __future__ import annotations

from functools import cache

from tests.linkage import (
    ASSEMBLY,
    BACH_HA,
    DA_TRANG,
    POLITBURO,
    PRIME_MINISTER,
    VAN_SON,
    Body,
    Cite,
    document,
    link,
)
from viendan import store, vocab
from viendan.link.linking import Linked
from viendan.model import Extraction

HOME_AFFAIRS = Body("so-noi-vu-tinh-van-son", "Sở Nội vụ tỉnh Vân Sơn", "province", "Vân Sơn", None, "so-noi-vu")
DIRECTIVE = Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER, title="thi đua hàng năm và dài hạn")
PLAN = Cite("328/KH-UBND", "Kế hoạch", "2021-08-17", VAN_SON)
GREEN = ("Cả nước chung sức dựng bản xanh", "national", "invokes")


def documents() -> tuple[Extraction, ...]:
    van_son = document(
        "van-son",
        PLAN,
        DIRECTIVE,
        Cite("34-CT/TW", date="2014-04-07", issuer=POLITBURO),
        Cite(None, "Luật", None, ASSEMBLY, "Chợ phiên", role="basis"),
        Cite("12/CT-UBND", date="2023-01-13", issuer=VAN_SON, role="self"),
        number="07/CT-UBND",
        date="2023-01-13",
        title="Phát động thi đua năm 2023",
        relations=[(0, "implements", 1)],
        movements=[GREEN, ("Phong trào thi đua năm 2023 tỉnh Vân Sơn", "provincial", "launches")],
        tasks=[(HOME_AFFAIRS, ("lead", "report")), (DA_TRANG, ("implement",))],
    )
    bach_ha = document(
        "bach-ha",
        Cite("19-CT-TTg", date="2021-07-18", issuer=PRIME_MINISTER, title="thi đua năm 2021 và dài hạn"),
        Cite("34-CT/TW", issuer=POLITBURO),
        Cite("11/KH-UBND", "Kế hoạch", "2022-03-01", BACH_HA),
        Cite("11/KH-HTX", "Kế hoạch", "2022-03-01"),
        Cite(None, "Luật", None, ASSEMBLY, "Bến thuyền"),
        issuer=BACH_HA,
        title="Phát động thi đua",
        movements=[("Bạch Hà chung tay dựng bản xanh", "provincial", "invokes")],
        localises="ban-xanh",
    )
    da_trang = document(
        "da-trang",
        Cite("07/CT-UBND", date="2023-01-13", issuer=VAN_SON),
        PLAN,
        Cite("34-CT/TW", date="2014-04-07", issuer=POLITBURO, role="context"),
        Cite("11/KH-UBND", "Kế hoạch", "2022-03-01", DA_TRANG),
        Cite("31/2004/QH11", "Luật", "2004-11-26", ASSEMBLY, in_title=True),
        Cite(None, "Luật", None, ASSEMBLY, "Bến thuyền"),
        issuer=DA_TRANG,
        number="15/KH-UBND",
        type="Kế hoạch",
        date="2023-02",
        title="Thi đua năm 2023",
        movements=[("Cả nước chung tay dựng bản xanh", "national", "invokes")],
        tasks=[(HOME_AFFAIRS, ("coordinate",))],
    )
    return van_son, bach_ha, da_trang


@cache
def linked() -> Linked:
    return link(*documents())


@cache
def graph() -> store.Store:
    return store.memory_store(linked())


def short(cell: object) -> object:
    """A cell without the base of our IRIs."""
    return cell.removeprefix(vocab.ID).removeprefix(vocab.VD) if isinstance(cell, str) else cell
