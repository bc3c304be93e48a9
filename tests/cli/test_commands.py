"""What each command answers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from networkx.readwrite import json_graph

from .conftest import Run

TEXT = "My nostril keeps twitching, three espressos a day, slept badly, no weakness"


PREFIXES = """@prefix ft: <https://w3id.org/facial-twitch/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def test_help_lists_every_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in ("explain", "show", "search", "path", "query", "queries", "export", "validate"):
        assert f"\n  {name} " in result.stdout
    assert run().stdout == result.stdout


@pytest.mark.parametrize(
    "command",
    [
        "explain",
        "read",
        "show",
        "search",
        "path",
        "query",
        "queries",
        "export",
        "validate",
        "info",
        "release",
    ],
)
def test_every_command_has_help_and_takes_a_graph_and_files(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--graph" in result.stdout
    assert "--add" in result.stdout


def test_version(run: Run) -> None:
    from importlib.metadata import version

    assert run("--version").stdout == f"kg {version('facial-twitch-kg')}\n"


def test_explain_starts_with_what_to_do(run: Run) -> None:
    result = run("explain", TEXT)
    assert result.exit_code == 0
    assert result.stdout.startswith("Self-care: ")
    assert "three espressos" in result.stdout
    assert "\x1b" not in result.stdout


def test_explain_takes_words_standard_input_and_named_findings(run: Run) -> None:
    told = run("explain", TEXT).stdout
    assert run("explain", *TEXT.split(" ")).stdout == told
    assert run("explain", "-", stdin=TEXT).stdout == told
    named = run("explain", "--finding", "nostril twitching", "--absent", "numbness", "--json")
    findings = json.loads(named.stdout)["case"]["findings"]
    assert [f["status"] for f in findings[:2]] == ["present", "absent"]


def test_explain_json_holds_the_contract(run: Run) -> None:
    answer = json.loads(run("explain", "--json", TEXT).stdout)
    assert {
        "schema",
        "graph_version",
        "disclaimer",
        "case",
        "in_scope",
        "urgency",
        "conditions",
        "causes",
        "covering_sets",
        "unexplained",
        "location",
        "remedies",
        "questions",
        "sources",
    } <= answer.keys()
    assert answer["urgency"]["level"] == "self-care"


def test_explain_markdown(run: Run) -> None:
    result = run("explain", "--markdown", TEXT)
    assert result.stdout.startswith("**Self-care:** ")
    assert "\n## Sources\n" in result.stdout


def test_explain_of_what_the_graph_does_not_cover_is_a_negative_answer(run: Run) -> None:
    result = run("explain", "how long does bread keep")
    assert result.exit_code == 1
    assert result.stdout.startswith("I cannot tell how urgent this is: ")
    assert "What you describe lies outside of what is" in result.stdout


def test_the_same_question_gets_the_same_bytes(run: Run) -> None:
    assert (
        run("explain", "--json", TEXT).stdout_bytes == run("explain", "--json", TEXT).stdout_bytes
    )


def test_show_tells_names_claims_and_sources(run: Run) -> None:
    text = run("show", "coffee").stdout
    assert text.startswith("Caffeine (ft:caffeine)\n")
    assert "Caffeine blocks adenosine receptor" in text
    assert "SOURCES" in text
    card = json.loads(run("show", "ft:caffeine", "--json").stdout)
    assert card["id"] == "ft:caffeine"
    assert card["claims"][0]["evidence"]


def test_show_understands_the_id_of_a_claim(run: Run) -> None:
    text = " ".join(run("show", "claim:caffeine-blocks-adenosine-receptor").stdout.split())
    assert text.startswith("Caffeine blocks adenosine receptor ")
    assert "paragraph 8, sentence 2" in text


def test_search_ranks_and_says_when_there_is_nothing(run: Run) -> None:
    hits = json.loads(run("search", "espresso", "--json").stdout)
    assert "ft:caffeine" in [hit["id"] for hit in hits]
    assert len(json.loads(run("search", "twitch", "--limit", "2", "--json").stdout)) == 2
    nothing = run("search", "qqqqqqqq")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert nothing.stderr.count("\n") == 1


def test_search_finds_words_in_another_order(run: Run) -> None:
    for words in ("twitching lip", "lip twitching", "twitch lips"):
        hits = json.loads(run("search", words, "--json").stdout)
        assert hits[0]["id"] == "ft:upper-lip-twitching"


def test_path_tells_the_steps(run: Run) -> None:
    text = run("path", "caffeine", "nostril twitching").stdout
    assert text.startswith("Caffeine raises nostril twitching")
    chains = json.loads(run("path", "caffeine", "nostril twitching", "--json").stdout)
    assert chains[0]["steps"][0]["subject"] == "ft:caffeine"


def test_path_without_a_chain_is_a_negative_answer(run: Run) -> None:
    result = run("path", "upper lip twitching", "caffeine")
    assert (result.exit_code, result.stdout) == (1, "")


def test_query_writes_json_csv_tsv_and_tables(run: Run) -> None:
    asked = "SELECT ?o { ft:caffeine ft:blocks ?o }"
    assert json.loads(run("query", asked, "--json").stdout) == [{"o": "ft:adenosine-receptor"}]
    assert run("query", asked, "--csv").stdout == "o\nft:adenosine-receptor\n"
    two = "SELECT ?s ?o { VALUES ?s { ft:caffeine } ?s ft:blocks ?o }"
    assert run("query", two, "--tsv").stdout == (
        "?s\t?o\n<https://w3id.org/facial-twitch/caffeine>\t"
        "<https://w3id.org/facial-twitch/adenosine-receptor>\n"
    )
    assert run("query", asked, "--table").stdout == run("query", asked).stdout
    assert run("query", asked).stdout.splitlines()[2] == "ft:adenosine-receptor"


def test_a_table_shows_names_in_place_of_ids(run: Run) -> None:
    asked = (
        "SELECT ?what ?what_label { VALUES ?what { ft:stress } ?what skos:prefLabel ?what_label }"
    )
    assert run("query", asked).stdout.splitlines() == ["what", "------", "stress"]
    assert run("query", asked, "--csv").stdout == "what,what_label\nft:stress,stress\n"


def test_query_by_name_takes_names_of_concepts_and_several_values(run: Run) -> None:
    one = run("query", "remedies-for", "--param", "finding=nostril twitching", "--csv")
    assert one.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(one.stdout)))
    assert rows
    both = run(
        "query", "remedies-for", "--csv",
        "--param", "finding=nostril twitching", "--param", "finding=ft:upper-lip-twitching",
    )  # fmt: skip
    assert len(both.stdout.splitlines()) >= len(one.stdout.splitlines())


def test_query_gives_the_columns_that_are_chosen_in_their_order(run: Run) -> None:
    asked = ("query", "remedies-for", "--param", "finding=nostril twitching", "--columns")
    whole = run(*asked[:-1], "--csv").stdout.splitlines()
    part = run(*asked, "phrase,remedy", "--csv").stdout.splitlines()
    assert part[0] == "phrase,remedy"
    assert len(part) == len(whole)
    table = run(*asked, "remedy").stdout.splitlines()
    assert table[0] == "remedy"
    assert "ft:" not in table[-1]  # people get the words
    wrong = run(*asked, "remedi", "--csv")
    assert wrong.exit_code == 2
    assert 'no column is called "remedi": choose of ' in wrong.stderr


def test_query_takes_a_file_and_standard_input(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("SELECT ?o { ft:caffeine ft:blocks ?o }", encoding="utf-8")
    assert run("query", str(file), "--csv").stdout == "o\nft:adenosine-receptor\n"
    assert run("query", "-", "--csv", stdin=file.read_bytes()).stdout == (
        "o\nft:adenosine-receptor\n"
    )


def test_query_takes_a_path_with_spaces_and_a_byte_order_mark(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "my own query.rq"
    file.write_text("\ufeffSELECT ?o { ft:caffeine ft:blocks ?o }", encoding="utf-8")
    assert run("query", str(file), "--csv").stdout == "o\nft:adenosine-receptor\n"


def test_tsv_is_what_sparql_says(run: Run) -> None:
    asked = 'SELECT ?t ?n ?b { BIND ("a\\tb\\n\\"c\\"" AS ?t) BIND (7 AS ?n) BIND (true AS ?b) }'
    assert run("query", asked, "--tsv").stdout == '?t\t?n\t?b\n"a\\tb\\n\\"c\\""\t7\ttrue\n'


def test_a_narrow_terminal_is_honoured(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for arguments in (
        ("show", "caffeine"),
        ("explain", "My lip twitches"),
        ("path", "caffeine", "stress"),
    ):
        words = run(*arguments).stdout
        assert all(
            len(line) <= 40 or " " not in line.strip("- ")
            for line in words.splitlines()
            if "http" not in line
        )


def test_names_in_another_language_are_found(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "german.ttl"
    file.write_text(f'{PREFIXES}\nft:caffeine skos:altLabel "Koffein"@de .', encoding="utf-8")
    assert json.loads(run("show", "Koffein", "--json", "--add", str(file)).stdout)["id"] == (
        "ft:caffeine"
    )


def test_two_concepts_that_claim_one_name_are_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(
        f'{PREFIXES}\nft:my-habit a ft:Habit ; skos:prefLabel "caffeine"@en ;'
        ' skos:definition "Mine."@en .',
        encoding="utf-8",
    )
    told = run("search", "caffeine", "--add", str(file)).stderr
    assert '"caffeine" is a name of ft:caffeine and ft:my-habit' in told


def test_relative_addresses_belong_to_the_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(f"{PREFIXES}\n<#note> skos:related ft:caffeine .", encoding="utf-8")
    asked = "SELECT ?s { ?s skos:related ft:caffeine }"
    told = run("query", asked, "--csv", "--add", str(file)).stdout
    assert f"{file.as_uri()}#note" in told


def test_a_shell_is_told_commands_and_concepts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_KG_COMPLETE" in run("completion", shell).stdout
    monkeypatch.setenv("_KG_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "kg show nostril-t")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert "nostril-twitching" in run().stdout


def test_ask_answers_a_question(run: Run) -> None:
    told = run("ask", "which", "nerve", "moves", "the", "nostril?")
    assert told.exit_code == 0
    assert "buccal branches of the facial nerve" in " ".join(told.stdout.split())
    data = json.loads(run("ask", "which nerve moves the nostril?", "--json").stdout)
    assert data["schema"] == "kg-answer/1"
    sparql = run("ask", "which nerve moves the nostril?", "--sparql").stdout
    assert sparql.rstrip() == data["sparql"].rstrip()
    rows = json.loads(run("query", "-", "--json", stdin=sparql).stdout)
    assert {row["answer"] for row in rows} == {row["id"] for row in data["answers"]}
    unclear = run("ask", "is it purple?")
    assert unclear.exit_code == 1
    assert unclear.stdout.startswith("I cannot tell")


def test_ask_answers_with_its_exit_code(run: Run) -> None:
    assert run("query", "ASK { ft:caffeine ft:blocks ft:adenosine-receptor }").exit_code == 0
    assert run("query", "ASK { ft:caffeine ft:blocks ft:caffeine }").exit_code == 1


def test_a_query_tells_of_names_that_are_not_there_and_of_examples(run: Run) -> None:
    odd = run("query", "SELECT ?o { ft:caffeine ft:bloks ?o . ?o a ft:Conditon }")
    assert odd.exit_code == 0
    assert odd.stderr.splitlines() == [
        "note: ft:bloks is not in the graph: did you mean ft:blocks?",
        "note: ft:Conditon is not in the graph: did you mean ft:Condition?",
    ]
    made = "CONSTRUCT { ?s ft:mine ?o } { ?s ft:blocks ?o }"
    assert run("query", made).stderr == ""
    example = run("query", "remedies-for", "--csv")
    assert "finding is not given" in example.stderr
    assert "ft:nostril-twitching" in example.stderr
    given = run("query", "remedies-for", "--param", "finding=nostril twitching", "--csv")
    assert (given.stderr, given.stdout) == ("", example.stdout)


def test_query_writes_what_the_standards_say(run: Run) -> None:
    iri = "https://w3id.org/facial-twitch/adenosine-receptor"
    asked = 'SELECT ?o ?n { ft:caffeine ft:blocks ?o BIND ("x"@en AS ?n) }'
    told = json.loads(run("query", asked, "--json", "--iris", "full").stdout)
    assert told["head"] == {"vars": ["o", "n"]}
    assert told["results"]["bindings"] == [
        {
            "o": {"type": "uri", "value": iri},
            "n": {"type": "literal", "xml:lang": "en", "value": "x"},
        }
    ]
    assert run("query", asked, "--csv", "--iris", "full").stdout_bytes == (
        f"o,n\r\n{iri},x\r\n".encode()
    )
    rows = rdflib.query.Result.parse(io.BytesIO(run("query", asked, "--xml").stdout_bytes), "xml")
    assert [{str(k): v for k, v in row.items()} for row in rows.bindings] == [
        {"o": rdflib.URIRef(iri), "n": rdflib.Literal("x", lang="en")}
    ]
    truth = run("query", "ASK { ft:caffeine ft:blocks ft:stress }", "--json", "--iris", "full")
    assert (json.loads(truth.stdout), truth.exit_code) == ({"head": {}, "boolean": False}, 1)


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        ("--turtle", ox.RdfFormat.TURTLE),
        ("--ntriples", ox.RdfFormat.N_TRIPLES),
        ("--jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_query_writes_triples_as_rdf(run: Run, form: str, syntax: ox.RdfFormat) -> None:
    written = run("query", "CONSTRUCT WHERE { ft:caffeine ft:blocks ?o }", form).stdout
    (quad,) = ox.parse(written, format=syntax)
    assert quad.object == ox.NamedNode("https://w3id.org/facial-twitch/adenosine-receptor")
    refused = run("query", "SELECT ?o { ft:caffeine ft:blocks ?o }", form)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "CONSTRUCT or DESCRIBE" in refused.stderr


def test_queries_lists_and_shows(run: Run) -> None:
    names = [q["name"] for q in json.loads(run("queries", "--json").stdout)]
    assert "remedies-for" in names
    assert {name.partition("/")[0] for name in names if "/" in name} == {"ask"}
    assert "VALUES" in run("queries", "remedies-for").stdout
    shown = json.loads(run("queries", "remedies-for", "--json").stdout)
    assert [p["name"] for p in shown["parameters"]] == ["finding"]


@pytest.mark.parametrize(
    ("around", "fewest", "most"),
    [
        pytest.param((), 50_000, 10**7, marks=pytest.mark.thorough, id="whole"),
        pytest.param(("--around", "coffee"), 100, 50_000, id="part"),
    ],
)
def test_export_writes_what_other_tools_read(
    run: Run, tmp_path: Path, around: tuple[str, ...], fewest: int, most: int
) -> None:
    out = tmp_path / "graph.ttl"
    result = run("export", "--format", "turtle", *around, "-o", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    turtle = rdflib.Graph().parse(out, format="turtle")
    assert fewest < len(turtle) < most
    triples = run("export", "--format", "ntriples", *around).stdout
    assert len(rdflib.Graph().parse(data=triples, format="nt")) == len(turtle)
    data = json.loads(run("export", "--format", "nodelink", *around, "-o", "-").stdout)
    graph = json_graph.node_link_graph(data, edges="edges")
    assert isinstance(graph, networkx.MultiDiGraph)


@pytest.mark.thorough
def test_validate_accepts_the_graph(run: Run) -> None:
    good = run("validate")
    assert good.exit_code == 0, good.stdout
    assert good.stdout.startswith("valid: ")


@pytest.mark.thorough
def test_validate_names_what_is_wrong(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix ft: <https://w3id.org/facial-twitch/> .\nft:nameless a ft:Habit .\n", "utf-8"
    )
    result = run("validate", str(bad), "--json")
    assert result.exit_code == 1
    assert {v["focus"] for v in json.loads(result.stdout)["shapes"]} == {"ft:nameless"}


def test_info(run: Run) -> None:
    info = json.loads(run("info", "--json").stdout)
    assert info["claims"] > 250


@pytest.mark.thorough
def test_release(run: Run, tmp_path: Path) -> None:
    result = run("release", str(tmp_path / "out"))
    assert result.exit_code == 0
    written = [Path(line) for line in result.stdout.splitlines()]
    assert sorted(written) == sorted((tmp_path / "out").iterdir())
    assert {"kg.ttl", "kg.owl", "knowledge.ttl", "SHA256SUMS"} <= {path.name for path in written}


def test_a_folder_as_the_graph(run: Run, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    assert run("info", "--graph", store).stdout == run("info").stdout
    asked = ("query", "SELECT ?o { ft:caffeine ft:blocks ?o }", "--csv", "--graph", store)
    assert run(*asked).stdout == "o\nft:adenosine-receptor\n"


def test_explain_of_what_was_not_understood_is_a_negative_answer(run: Run) -> None:
    result = run("explain", "My eyelid twitches. My right arm is like porridge.")
    assert result.exit_code == 1
    assert "What did you mean by “My right arm is like porridge”?" in " ".join(
        result.stdout.split()
    )
    assert "Nothing that was understood calls for a doctor" not in result.stdout
    raised = run("explain", "My eyelid twitches and tingles. My right arm is like porridge.")
    assert raised.exit_code == 0
