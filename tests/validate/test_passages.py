"""Passages are compared with the articles: an unchanged one passes, any change of it fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import MissingFile
from kg.store.oxigraph_store import OxigraphStore
from kg.validate import PassageFault, cited_sentences
from kg.validate.passages import check_passages

from .conftest import SENTENCES, TEXT, turtle_of

SOURCE = "https://example.org/hiccups"


@pytest.fixture(scope="module")
def hiccups() -> OxigraphStore:
    import pyoxigraph as ox

    return OxigraphStore.from_quads(ox.parse(turtle_of().encode(), ox.RdfFormat.TURTLE))


def faults(store: OxigraphStore, folder: Path, text: str) -> tuple[PassageFault, ...]:
    (folder / "whatever the name.md").write_bytes(text.encode())
    return check_passages(store, folder)[0]


def test_an_unchanged_article_passes(hiccups: OxigraphStore, tmp_path: Path) -> None:
    assert faults(hiccups, tmp_path, TEXT) == ()
    assert faults(hiccups, tmp_path, TEXT + "\n") == ()
    assert check_passages(hiccups, tmp_path)[1] == len(SENTENCES)


def test_without_articles_nothing_is_compared(hiccups: OxigraphStore) -> None:
    assert check_passages(hiccups, None) == ((), 0)


def test_the_article_is_found_among_other_files(hiccups: OxigraphStore, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Something else altogether.", encoding="utf-8")
    (tmp_path / "b.bin").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder").mkdir()
    assert faults(hiccups, tmp_path, TEXT) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("jerks", "jerkS"), "words have changed"),
        (lambda text: text.replace("naïve", "nai\u0308ve"), "words have changed"),
        (lambda text: text.replace("no ambulance", "an ambulance"), "words have changed"),
        (lambda text: "\ufeff" + text, "words have moved"),
        (lambda text: text.replace("\n", "\r\n"), "line ends"),
        (lambda text: text + "\n\nOne more sentence.", "belong to no passage"),
        (lambda text: text.replace("Hiccups, briefly", ""), "words have moved"),
        (lambda text: text.replace("\n\n", "\n \n"), "words have moved"),
    ],
    ids=["letter", "decomposed", "word", "mark", "line-ends", "addition", "omission", "blanks"],
)
def test_a_changed_article_fails(
    change: Callable[[str], str], said: str, hiccups: OxigraphStore, tmp_path: Path
) -> None:
    found = faults(hiccups, tmp_path, change(TEXT))
    assert any(said in fault.message for fault in found), found
    assert {fault.file for fault in found} == {"whatever the name.md"}


def test_swapped_sentences_fail_and_are_named(hiccups: OxigraphStore, tmp_path: Path) -> None:
    one, two = SENTENCES[1][2], SENTENCES[2][2]
    found = faults(hiccups, tmp_path, TEXT.replace(f"{one} {two}", f"{two} {one}"))
    assert {(fault.paragraph, fault.sentence) for fault in found} >= {(2, 1), (2, 2)}
    assert str(found[-1]).startswith(f"{SOURCE}/p2s2, paragraph 2, sentence 2, ")


def test_an_article_that_is_not_there_fails(hiccups: OxigraphStore, tmp_path: Path) -> None:
    (fault,) = faults(hiccups, tmp_path, "Something else altogether.")
    assert fault.passage == SOURCE
    assert "no file holds this article" in fault.message
    assert str(fault).startswith(f"{SOURCE}: no file")


def test_wrong_numbers_fail(tmp_path: Path) -> None:
    import pyoxigraph as ox

    turtle = turtle_of().replace("ft:paragraph 3 ;", "ft:paragraph 4 ;")
    turtle = turtle.replace("ft:paragraph 2 ; ft:sentence 2", "ft:paragraph 2 ; ft:sentence 3")
    store = OxigraphStore.from_quads(ox.parse(turtle.encode(), ox.RdfFormat.TURTLE))
    messages = [fault.message for fault in faults(store, tmp_path, TEXT)]
    assert messages == [
        "it is sentence 2 of its paragraph: renumber it",
        "it stands in paragraph 3: renumber it",
    ]


def test_a_folder_that_is_not_there(hiccups: OxigraphStore, tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="no such folder: name the folder"):
        check_passages(hiccups, tmp_path / "nowhere")


def test_sentences_are_shown_beside_claims(tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(data=turtle_of(), format="turtle")
    graph.parse(
        data="@prefix ft: <https://w3id.org/facial-twitch/> . @prefix ex: <https://example.org/> ."
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
        "ex:c a ft:Claim ; rdf:subject ex:breath ; rdf:predicate ft:relieves ; rdf:object ex:h ;"
        "  ft:evidence [ ft:passage <https://example.org/hiccups/p2s2> ;"
        "    ft:direction ft:supports ] .",
        format="turtle",
    )
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (cited,) = cited_sentences(graph, sources=tmp_path)
    assert cited.sentence == SENTENCES[2][2]
    assert (cited.claim, cited.direction) == ("https://example.org/c", "ft:supports")
    (tmp_path / "a.txt").write_bytes(TEXT.replace("calm", "soothe").encode())
    (cited,) = cited_sentences(graph, sources=tmp_path)
    assert cited.sentence is None


def test_every_passage_stands_in_the_articles(graph: kg.Graph, articles: Path) -> None:
    found, number = check_passages(graph.store, articles)
    assert [str(fault) for fault in found] == []
    assert number == 93


def test_every_claim_of_the_articles_shows_its_sentence(articles: Path) -> None:
    cited = cited_sentences(sources=articles)
    assert len(cited) >= 250
    assert all(each.sentence for each in cited)


def mutate(text: str, number: int) -> str:
    """Change an article in a way that differs from case to case."""
    middle = len(text) // 2
    letter = "x" if text[middle] != "x" else "y"
    lines = text.split("\n")
    longest = max(range(len(lines)), key=lambda at: len(lines[at]))
    first, _, rest = lines[longest].partition(". ")
    lines[longest] = f"{rest} {first}."
    return [
        text[:middle] + letter + text[middle + 1 :],
        "\n".join(lines),
        text.replace("\n", "\r\n"),
    ][number]


@pytest.mark.parametrize("number", range(3), ids=["letter", "swapped", "line-ends"])
@pytest.mark.parametrize("which", range(2))
def test_a_changed_copy_of_a_real_article_fails(
    graph: kg.Graph, number: int, which: int, articles: Path, tmp_path: Path
) -> None:
    paths = sorted(articles.glob("*.txt"))
    for path in paths:
        shutil.copy(path, tmp_path / path.name)
    changed = tmp_path / paths[which].name
    text = changed.read_bytes().decode()
    changed.write_bytes(mutate(text, number).encode())
    found, _ = check_passages(graph.store, tmp_path)
    assert found
    assert {fault.file for fault in found} == {changed.name}
    assert any(fault.paragraph and fault.sentence for fault in found)
