"""The facade: everything that a graph can be asked, from Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib

import kg
from kg.errors import AmbiguousConcept, BadInput, BadQuery, MissingFile, UnknownConcept

DATA = Path(__file__).parent / "data"
TEXT = "nostril flicker, three espressos a day, bad sleep, no weakness"


def test_explain_returns_an_explanation_with_its_faces(graph: kg.Graph) -> None:
    answer = graph.explain(TEXT)
    assert isinstance(answer, kg.Explanation)
    assert answer.urgency.level == "self-care"
    assert answer.causes[0].chains[0].steps
    assert answer.to_markdown().startswith("**Self-care:**")
    assert answer.to_dict()["urgency"]["level"] == "self-care"
    assert answer.to_networkx().number_of_edges() > 0
    assert set(answer._repr_mimebundle_()) >= {"text/markdown"}


def test_explain_takes_findings_by_name(graph: kg.Graph) -> None:
    answer = graph.explain(findings=["upper lip twitching"], absent=["ft:numbness"])
    assert answer.case.present()[0] == "ft:upper-lip-twitching"
    assert "ft:numbness" in answer.case.absent()


def test_query_by_name_text_and_file(graph: kg.Graph, tmp_path: Path) -> None:
    by_name = graph.query("remedies-for", finding="nostril twitching")
    assert len(by_name) > 0
    assert (
        by_name.to_dicts()
        == graph.query(
            "remedies-for", finding="https://w3id.org/facial-twitch/nostril-twitching"
        ).to_dicts()
    )
    text = "SELECT ?o { ft:caffeine ft:blocks ?o }"
    file = tmp_path / "mine.rq"
    file.write_text(text, encoding="utf-8")
    assert graph.query(text).to_records() == [("ft:adenosine-receptor",)]
    assert graph.query(file).to_records() == graph.query(str(file)).to_records()
    assert graph.query(text).to_records() == graph.query(file).to_records()


def test_a_query_file_may_have_parameters(graph: kg.Graph, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(
        "# title: What it blocks\n"
        "# param: what (concept) = ft:caffeine -- what blocks\n"
        "PREFIX ft: <https://w3id.org/facial-twitch/>\n"
        "SELECT ?o { VALUES ?what { ft:caffeine } ?what ft:blocks ?o }\n",
        encoding="utf-8",
    )
    assert graph.query(file, what="espresso").to_records() == [("ft:adenosine-receptor",)]
    assert graph.query(file, what="stress").to_records() == []


def test_results_are_tables(graph: kg.Graph) -> None:
    result = graph.query(
        "SELECT ?s ?label { VALUES ?s { ft:caffeine ft:stress } ?s skos:prefLabel ?label }"
    )
    assert result.columns == ("s", "label")
    assert list(result) == [("ft:caffeine", "caffeine"), ("ft:stress", "stress")]
    assert result.to_pandas()["label"].tolist() == ["caffeine", "stress"]
    assert result.terms[0][0] == "https://w3id.org/facial-twitch/caffeine"
    assert "<td>caffeine</td>" in result._repr_mimebundle_()["text/html"]


def test_ask_and_construct_have_results_too(graph: kg.Graph) -> None:
    assert graph.query("ASK { ft:caffeine ft:blocks ?o }")
    assert not graph.query("ASK { ft:caffeine ft:blocks ft:caffeine }")
    edges = graph.query("CONSTRUCT { ?s ft:blocks ?o } WHERE { ?s ft:blocks ?o }")
    assert edges.columns == ("subject", "predicate", "object")
    assert ("ft:caffeine", "ft:blocks", "ft:adenosine-receptor") in list(edges)


def test_mistakes_in_sparql_are_placed_in_what_was_written(graph: kg.Graph) -> None:
    with pytest.raises(BadQuery) as caught:
        graph.query("SELECT ?o {\n ft:caffeine ?! }")
    assert caught.value.line == 2


def test_names_that_mean_nothing(graph: kg.Graph) -> None:
    for ask in (graph.show, graph.resolve, lambda name: graph.path(name, "stress")):
        with pytest.raises(UnknownConcept) as caught:
            ask("caffene")
        assert "caffeine" in caught.value.nearest
    with pytest.raises(UnknownConcept):
        graph.query("remedies-for", finding="ft:no-such-thing")


def test_show_tells_everything_about_a_concept(graph: kg.Graph) -> None:
    card = graph.show("espressos")
    assert (card.id, card.label) == ("ft:caffeine", "caffeine")
    assert card.definition
    assert card.synonyms
    blocks = next(c for c in card.claims if c.relation == "ft:blocks")
    assert blocks.object == "ft:adenosine-receptor"
    assert blocks.evidence[0].locator == "paragraph 8, sentence 2"
    assert all(c.object == "ft:caffeine" for c in card.claims_about)
    assert {item.source for c in card.claims for item in c.evidence} <= set(card.sources)
    assert [m for m in card.mappings if m.match == "exact"]
    assert "<script" not in card._repr_mimebundle_()["text/html"]


def test_path_prefers_mechanisms_and_multiplies_signs(graph: kg.Graph) -> None:
    chains = graph.path("caffeine", "nostril twitching")
    assert [chain.sign for chain in chains] == sorted(
        (chain.sign for chain in chains), key="+-?".index
    )
    assert not chains[0].direct
    for chain in chains:
        product = 1
        for step in chain.steps:
            product *= step.polarity
        assert {1: "+", -1: "-", 0: "?"}[product] == chain.sign


def test_search_finds_by_part_of_a_name(graph: kg.Graph) -> None:
    assert graph.search("espresso")[0].id == "ft:caffeine" or graph.search("espresso")
    assert len(graph.search("twitch", limit=3)) == 3


def test_to_networkx_has_what_data_scientists_need(graph: kg.Graph) -> None:
    network = graph.to_networkx()
    assert isinstance(network, networkx.MultiDiGraph)
    assert network.nodes["ft:caffeine"]["label"] == "caffeine"
    edge = network.edges["ft:caffeine", "ft:adenosine-receptor",
                         "claim:caffeine-blocks-adenosine-receptor"]  # fmt: skip
    assert (edge["relation"], edge["sign"]) == ("ft:blocks", -1)
    assert (edge["sources"], edge["supports"], edge["refutes"]) == ("source:nostril", 1, 0)
    assert 0 < edge["weight"] < 1
    near = graph.to_networkx(around="caffeine", depth=1)
    assert 0 < len(near) < len(network)


@pytest.mark.parametrize("writer", ["graphml", "gexf", "gml", "pajek", "weighted_edgelist"])
@pytest.mark.filterwarnings("ignore:.*Non-string attribute:UserWarning")  # Pajek leaves numbers out
def test_every_writer_of_networkx_takes_the_network(
    graph: kg.Graph, writer: str, tmp_path: Path
) -> None:
    for network in (graph.to_networkx("caffeine", 2), graph.explain(TEXT).to_networkx()):
        getattr(networkx, f"write_{writer}")(network, tmp_path / "written")
        assert "ft:caffeine" in (tmp_path / "written").read_text("utf-8")


def test_a_network_holds_no_refuted_claim_unless_asked(graph: kg.Graph) -> None:
    refuted = {claim.id for claim in graph.view.claims.values() if not claim.supported}
    without, every = graph.to_networkx(), graph.to_networkx(refuted=True)
    assert refuted.isdisjoint(key for *_, key in without.edges(keys=True))
    told = {key for *_, key in every.edges(keys=True)} & refuted
    assert told
    assert set(without) <= set(every)


def test_a_network_of_some_relations(graph: kg.Graph) -> None:
    network = graph.to_networkx(relations=["blocks", "ft:increases"])
    assert {edge["relation"] for *_, edge in network.edges.data()} == {"ft:blocks", "ft:increases"}
    with pytest.raises(BadInput, match="blocks"):
        graph.to_networkx(relations=["bloks"])


def test_rdf_is_a_view_and_no_copy(graph: kg.Graph) -> None:
    ft = rdflib.Namespace("https://w3id.org/facial-twitch/")
    assert (ft.caffeine, ft.blocks, ft["adenosine-receptor"]) in graph.rdf


def test_info_counts(graph: kg.Graph) -> None:
    info = graph.info()
    assert info["version"] == graph.view.version
    assert info["claims"] == len(graph.view.claims)


@pytest.mark.thorough
def test_the_same_answers_from_an_rdflib_graph(graph: kg.Graph) -> None:
    copy = rdflib.Graph()
    copy.parse(data=str(graph.export("ntriples")), format="nt")
    with kg.open(copy) as other:
        assert other.explain(TEXT).to_dict() == graph.explain(TEXT).to_dict()


def test_a_closed_graph_says_so() -> None:
    graph = kg.open()
    graph.close()
    graph.close()
    with pytest.raises(kg.KgError, match="closed"):
        graph.query("ASK { ?s ?p ?o }")


def test_what_was_asked_before_is_refused_after_the_end() -> None:
    graph = kg.open()
    graph.explain(TEXT)
    graph.close()
    calls: list[Callable[[], object]] = [
        lambda: graph.explain(TEXT),
        lambda: graph.read(TEXT),
        lambda: graph.ask("What is a tremor?"),
        lambda: graph.search("lid"),
        lambda: graph.show("caffeine"),
    ]
    for call in calls:
        with pytest.raises(kg.KgError, match="closed"):
            call()


def test_a_day_that_is_none_is_refused(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match="give a date"):
        graph.explain(TEXT, today="yesterday")  # type: ignore[arg-type]


def test_depth_below_zero_is_refused(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match="depth"):
        graph.to_networkx(around="caffeine", depth=-1)


def test_validate_needs_the_folder_that_is_named(graph: kg.Graph) -> None:
    with pytest.raises(MissingFile, match="nowhere"):
        graph.validate("nowhere")


@pytest.fixture(scope="module")
def calf() -> Iterator[kg.Graph]:
    with kg.open(add=DATA / "calf.ttl") as opened:
        yield opened


class TestABodyPartThatTheGraphDoesNotKnow:
    """A Turtle file about the calf: recognised, explained, located, validated, no code changed."""

    TEXT = "my calf keeps twitching after a long run"

    def test_without_the_file_the_place_is_not_known(self, graph: kg.Graph) -> None:
        assert {f.site for f in graph.explain(self.TEXT).case.findings} == {"ft:leg"}

    def test_it_is_recognised(self, calf: kg.Graph) -> None:
        answer = calf.explain(self.TEXT)
        assert answer.in_scope
        found = next(f for f in answer.case.findings if f.id == "ft:muscle-fasciculation")
        assert (found.status, found.site) == ("present", "ft:calf")

    @pytest.mark.parametrize("name", ["calves", "lower leg muscle", "back of the lower leg"])
    def test_it_is_recognised_by_its_synonyms(self, calf: kg.Graph, name: str) -> None:
        answer = calf.explain(f"My {name} won't stop twitching, no weakness")
        assert "ft:calf" in {f.site for f in answer.case.findings}

    def test_it_is_explained(self, calf: kg.Graph) -> None:
        answer = calf.explain(f"{self.TEXT}, I drank a lot of coffee")
        caffeine = next(c for c in answer.causes if c.id == "ft:caffeine")
        assert caffeine.reported
        assert caffeine.chains[0].end == "ft:muscle-fasciculation"
        assert answer.remedies

    def test_it_is_located_with_its_sources(self, calf: kg.Graph) -> None:
        answer = calf.explain(self.TEXT)
        places = [s.id for s in answer.location.structures]
        assert places == ["ft:gastrocnemius", "ft:tibial-nerve"]
        assert {item.source for item in answer.location.evidence} == {
            "source:statpearls-gastrocnemius",
            "source:tibial-nerve-chapter",
        }
        assert "gastrocnemius" in answer.to_markdown(full=True)

    def test_it_can_be_shown_and_exported(self, calf: kg.Graph) -> None:
        assert calf.show("lower leg muscle").id == "ft:calf"
        assert "tibial-nerve" in str(calf.export("turtle", around="calf", depth=2))

    @pytest.mark.thorough
    def test_it_is_valid(self, calf: kg.Graph) -> None:
        report = calf.validate()
        own = ("calf", "gastrocnemius", "tibial", "plantar")
        assert [str(p) for p in report.problems if any(word in str(p) for word in own)] == []


def test_an_ambiguous_name_lists_the_candidates(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        """
        @prefix ft: <https://w3id.org/facial-twitch/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        ft:a-doodad a ft:Habit ; skos:prefLabel "doodad"@en .
        ft:b-doodad a ft:Habit ; skos:prefLabel "doodad"@en .
        """,
        encoding="utf-8",
    )
    with kg.open(add=[mine]) as graph, pytest.raises(AmbiguousConcept) as caught:
        graph.show("doodad")
    assert caught.value.candidates == ("ft:a-doodad", "ft:b-doodad")


def test_a_graph_is_read_like_a_dictionary_of_concepts(graph: kg.Graph) -> None:
    assert graph["coffee"].id == "ft:caffeine"
    assert "coffee" in graph
    assert "unicorn" not in graph
    assert len(graph) == graph.info()["concepts"]
    texts = [TEXT, "my eyelid twitches"]
    assert [a.to_dict() for a in graph.explain_many(texts)] == [
        graph.explain(text).to_dict() for text in texts
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: graph.show(None),
        lambda graph: graph.show(3),
        lambda graph: graph.search(None),
        lambda graph: graph.search("eyelid", "many"),
        lambda graph: graph.path("caffeine", None),
        lambda graph: graph.query(None),
        lambda graph: graph.export(None),
        lambda graph: graph.explain(findings=[None]),
        lambda graph: graph.explain(findings="coffee"),
        lambda graph: graph.explain("My lip twitches", absent="numbness"),
    ],
)
def test_what_is_of_the_wrong_type_is_told_with_the_fix(
    graph: kg.Graph, ask: Callable[[Any], object]
) -> None:
    with pytest.raises(BadInput, match=r"give|use|such as"):
        ask(graph)
