"""Measure how the time of an answer and the memory grow with the number of concepts.

Usage: python benchmarks/size.py [TIMES ...]

Each size is a graph of its own, in a process of its own: the ontology, and copies of all its
concepts and claims under other names. What is asked is about the first copy alone, so a text
costs as much more as the answer touches what has nothing to do with it.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.resources import ontology_dir  # noqa: E402

TEXTS = (
    "My eyelid twitches since Monday.",
    "My nostril keeps twitching, three espressos a day, slept badly, no weakness.",
    "My left cheek jerks when I talk and now my mouth pulls to that side.",
    "Half of my face suddenly dropped this morning and my speech is slurred.",
    "I take metoclopramide and my jaw moves by itself.",
)


def copied(term: ox.Term, own: set[str], number: int) -> ox.Term:
    """A term as the copy of that number says it: what is copied has another name and label."""
    if isinstance(term, ox.NamedNode) and term.value in own:
        return ox.NamedNode(f"{term.value}-c{number}")
    return term


def copies(times: int) -> Iterator[ox.Triple]:
    """The statements of all copies but the first."""
    folders = [ontology_dir() / name for name in ("terms", "claims")]
    read = [
        triple
        for folder in folders
        for path in sorted(folder.glob("*.ttl"))
        for triple in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    ]
    blank: dict[ox.Term, int] = {}  # the parser names them anew each time
    own = {quad.subject.value for quad in read if isinstance(quad.subject, ox.NamedNode)}
    for number in range(2, times + 1):
        for quad in read:
            thing = quad.object
            if isinstance(thing, ox.Literal) and quad.predicate.value.endswith("Label"):
                thing = ox.Literal(f"{thing.value} qz{number}x", language=thing.language)
            ends = [
                ox.BlankNode(f"b{blank.setdefault(end, len(blank))}c{number}")
                if isinstance(end, ox.BlankNode)
                else copied(end, own, number)
                for end in (quad.subject, thing)
            ]
            yield ox.Triple(ends[0], quad.predicate, ends[1])


def measured(*more: str, repeats: int = 5) -> dict[str, float]:
    """The size, the memory of this process, and what an answer takes of the processor.

    The times are medians, in milliseconds.
    """
    import kg

    with kg.open(add=more) as graph:
        for text in TEXTS:
            str(graph.explain(text))
        spent: dict[str, list[float]] = {"explain": [], "urgency": [], "screen": []}
        for turn in range(repeats):
            for text in TEXTS:
                start = time.process_time()
                answer = graph.explain(f"{text} Number {turn}.")
                read = time.process_time()
                answer.urgency  # noqa: B018
                judged = time.process_time()
                str(answer)
                spent["explain"].append(read - start)
                spent["urgency"].append(judged - start)
                spent["screen"].append(time.process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {name: round(statistics.median(all_) * 1000, 2) for name, all_ in spent.items()}
    return {"concepts": len(graph), **found, "memory_mb": round(memory)}


def compare(sizes: list[str]) -> None:
    """Print what each size costs, with the view kept from an earlier run as it is for users."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"XDG_CACHE_HOME": folder}
        for size in sizes:
            more = Path(folder) / f"{size}.ttl"
            more.write_bytes(ox.serialize(copies(int(size)), format=ox.RdfFormat.TURTLE) or b"")
            command = [sys.executable, __file__, "--one", *([str(more)] if int(size) > 1 else [])]
            for quiet in (True, False):
                subprocess.run(command, check=True, capture_output=quiet, env=environment)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(*sys.argv[2:])))
    else:
        compare(sys.argv[1:] or ["1", "10"])
