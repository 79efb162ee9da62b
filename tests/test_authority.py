"""The order from above to below: levels, lines, ranks of issuers and of types."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests import linkage
from tests.linkage import DA_TRANG, GOVERNMENT, POLITBURO, PRIME_MINISTER, SECRETARIAT, VAN_SON, Cite, document, party
from viendan import assets, identifiers, store, turtle, vocab
from viendan.link import linking
from viendan.link.authority import Ranks, read_ranks
from viendan.model import Body
from viendan.pipeline import extraction, files

CHAIRMAN = "Tổng Bí thư Ban Chấp hành Trung ương Đảng, Trưởng Ban Bến đò"


@cache
def ranks() -> Ranks:
    return read_ranks([turtle.read_file(file) for file in sorted(assets.ontology_dir().glob("*.ttl"))])


def kind(key: str) -> str:
    return identifiers.term("type", key)


@pytest.mark.parametrize(
    ("type_key", "issuer", "number", "date", "rank"),
    [
        ("quyet-dinh", "body/thu-tuong-chinh-phu", "08/2022/QĐ-TTg", "2022-03-28", 6),
        ("quyet-dinh", "body/thu-tuong-chinh-phu", "1526/QĐ-TTg", "2022-12-09", None),  # no year: it makes no law
        ("quyet-dinh", "body-kind/ubnd-tinh", "71/2024/QĐ-UBND", "2024-12-20", 11),
        ("chi-thi", "body/thu-tuong-chinh-phu", "05/2005/CT-TTg", "2005-02-02", 6),
        ("chi-thi", "body/thu-tuong-chinh-phu", "05/2015/CT-TTg", "2015-02-02", None),  # directives made law to 2008
        ("nghi-quyet", "body/quoc-hoi", "202/2025/QH15", "2025-06-12", 2),
        ("nghi-quyet", "body-kind/hdnd-tinh", None, "2020-01-01", None),
    ],
)
def test_ranks_of_what_makes_law(type_key: str, issuer: str, number: str | None, date: str, rank: int | None) -> None:
    assert ranks().legal_rank(kind(type_key), (vocab.ID + issuer,), number, date) == rank


def test_a_day_that_is_not_known_or_not_there_does_not_hurt() -> None:
    assert ranks().legal_rank(kind("quyet-dinh"), (vocab.ID + "body/thu-tuong-chinh-phu",), "08/2022/QĐ-TTg", None) == 6
    assert ranks().authority(None, None, (), None) is None
    assert ranks().authority("central", None, (), None) is not None


def test_lineage_goes_from_the_centre_down_and_from_party_to_state() -> None:
    own = document(
        "x",
        Cite("34-CT/TW", date="2014-04-07", issuer=POLITBURO),
        Cite("12-CT/TW", date="2014-04-07", issuer=SECRETARIAT),
        Cite("30/2020/NĐ-CP", "Nghị định", "2020-03-05", GOVERNMENT),
        Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER),
        Cite("05-CT/TU", date="2022-01-01", issuer=party("Vân Sơn")),
        Cite("06-CT/TU", date="2022-01-01", issuer=party("Vân Sơn", "ban-thuong-vu-tinh-uy")),
        Cite("07/CT-UBND", date="2022-02-01", issuer=VAN_SON),
        Cite(None, "Kết luận", "2022-05-05", Body("tong-bi-thu-ben-do", CHAIRMAN), "Bến đò"),
        issuer=DA_TRANG,
        number="01/KH-UBND",
        type="Kế hoạch",
    )
    graph = store.memory_store(linkage.link(own))
    found = {}
    for iri in graph.subjects(vocab.VD + "mentionCount", ox.Literal(1)):
        numbers = graph.objects(iri, vocab.VD + "preferredNumber") or ("-",)
        (order,) = graph.objects(iri, vocab.VD + "authority")
        found[numbers[0]] = int(order)
    assert sorted(found, key=found.__getitem__) == [
        "34-CT/TW",
        "12-CT/TW",
        "-",  # an office of the Party's centre, with no rank of its own
        "30/2020/NĐ-CP",
        "19/CT-TTg",
        "05-CT/TU",
        "06-CT/TU",
        "07/CT-UBND",
    ]
    (chairman,) = graph.subjects(vocab.VD + "label", ox.Literal(CHAIRMAN, language="vi"))
    assert graph.objects(chairman, vocab.VD + "level") == (identifiers.term("level", "central"),)
    assert graph.objects(chairman, vocab.VD + "line") == ("party",)
    (directive,) = graph.subjects(vocab.RDF + "type", ox.NamedNode(vocab.VD + "Directive"))
    assert graph.objects(directive, vocab.VD + "line") == ("state",)


@pytest.mark.shared
def test_the_gold_issuers_stand_at_their_level(shared: Path) -> None:
    folders = [shared / "corpus" / name for name in ("directives", "annotated")]
    outcomes = extraction.extract_all(extraction.gather(folders))
    graphs = {
        identifiers.source_graph(own.name): extraction.describe(own.extraction) for own in outcomes if own.extraction
    }
    registers = linking.load_registers(files.register_files(assets.data_dir()))
    graph = store.memory_store(linking.link_graphs(graphs, registers))
    checked = 0
    for file in [*(shared / "gold" / "directives").glob("*.json"), *(shared / "gold" / "annotated").glob("*.json")]:
        wanted = json.loads(file.read_text(encoding="utf-8"))["document"]["issuer_level"]
        source = ox.NamedNode(identifiers.source_iri(file.stem))
        (iri,) = graph.subjects(vocab.PROV + "hadPrimarySource", source)
        assert graph.objects(iri, vocab.VD + "level") == (identifiers.term("level", wanted),), file.stem
        assert graph.objects(iri, vocab.VD + "line"), file.stem
        checked += 1
    assert checked == 13
