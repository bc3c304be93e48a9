"""Measure how fast the graph answers, as ratios taken in one run, and write them as JSON.

Usage: python benchmarks/run.py [--repeats N] [--stores] [-o FILE]

Ratios carry over from machine to machine where seconds do not, so everything is measured against
something that everybody has: a cold command against `python -c "import rdflib, networkx"`, and
with --stores (many minutes) a query on the default store against the same on rdflib's memory store.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TEXT = "My nostril keeps twitching, three espressos a day, slept badly, no weakness"
QUERIES = (
    "causal-steps",
    "claim-evidence",
    "concept",
    "condition-profile",
    "disagreements",
    "innervation-path",
    "mechanism-of-trigger",
    "red-flags",
    "remedies-for",
    "triggers-of-finding",
)
COMMANDS = {
    "baseline": ["-c", "import rdflib, networkx"],
    "kg --help": ["-m", "kg", "--help"],
    "kg explain": ["-m", "kg", "explain", TEXT],
    "kg explain, nothing kept from before": ["-m", "kg", "explain", TEXT],
    "kg ask": ["-m", "kg", "ask", "which nerve moves the nostril?"],
    "kg query": ["-m", "kg", "query", "remedies-for"],
}
# Sentences that are explained once warm: none of them twice.
SENTENCES = [
    f"My {part} {moves}, {habit}, no weakness"
    for part in ("eyelid", "lip", "nostril", "cheek", "chin", "eyebrow")
    for moves in ("keeps twitching", "flickers", "jumps by itself")
    for habit in ("slept badly", "three espressos a day", "exams next week", "two beers a night")
]
# A process of its own: how long the graph takes to open with its view, and the first explanation.
FIRST = f"""
import time, kg
times = [time.perf_counter()]
graph = kg.open(); graph.view
times.append(time.perf_counter())
graph.explain({TEXT!r})
times.append(time.perf_counter())
print(*(1000.0 * (b - a) for a, b in zip(times, times[1:])))
"""


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """Run something several times; return the median of its times in milliseconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000.0)
    return statistics.median(times)


def compiled(cache: str) -> dict[str, str]:
    """The environment of a process whose modules are compiled into a folder, and kept there.

    An installed package comes compiled; a checkout need not be.
    """
    own = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return own | {"PYTHONPYCACHEPREFIX": cache, "XDG_CACHE_HOME": cache}


def first_times(repeats: int) -> list[list[float]]:
    """How long a new process takes to open the graph, and to explain for the first time, in ms."""
    command, times = [sys.executable, "-c", FIRST], []
    with tempfile.TemporaryDirectory() as cache:
        for _ in range(repeats + 1):
            done = subprocess.run(
                command, check=True, capture_output=True, cwd=ROOT, env=compiled(cache)
            )
            times.append([float(number) for number in done.stdout.split()])
    return times[1:]  # the first round compiles


def cold(repeats: int) -> dict[str, object]:
    """Time commands as processes of their own, taking turns so that load hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as cache:
        environment = compiled(cache)
        for _ in range(repeats + 1):
            for name, arguments in COMMANDS.items():
                command = [sys.executable, *arguments]
                own = environment | ({"KG_CACHE": "off"} if "nothing kept" in name else {})
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=own)
                times[name].append((time.perf_counter() - start) * 1000.0)
    # The first round compiles and warms the disk.
    medians = {name: statistics.median(found[1:]) for name, found in times.items()}
    base = medians["baseline"]
    return {
        name: {"ms": round(ms, 1), "ratio": round(ms / base, 2)} for name, ms in medians.items()
    }


def warm(repeats: int) -> dict[str, object]:
    """Time opening, compiling and explaining in one process."""
    import kg
    from kg.compile import compile_view

    graph = kg.open()
    graph.explain(TEXT).to_dict()
    parts: dict[str, Callable[[str], object]] = {
        "explain_ms": graph.explain,
        "explain_and_urgency_ms": lambda text: graph.explain(text).urgency,
        "explain_and_screen_ms": lambda text: str(graph.explain(text)),
        "explain_and_json_ms": lambda text: graph.explain(text).to_dict(),
    }
    # Each way has its own quarter of the sentences, so that no answer is kept from another.
    found: dict[str, float] = {}
    for number, (name, part) in enumerate(parts.items()):
        own = iter(SENTENCES[number :: len(parts)])
        found[name] = round(median_ms(lambda: part(next(own)), len(SENTENCES) // len(parts)), 2)  # noqa: B023
    firsts = first_times(repeats)
    return {
        **found,
        "open_and_view_ms": round(statistics.median(run[0] for run in firsts), 1),
        "first_explain_ms": round(statistics.median(run[1] for run in firsts), 1),
        "compile_view_ms": round(median_ms(lambda: compile_view(graph.store), repeats), 1),
        "to_markdown_ms": round(median_ms(graph.explain(TEXT).to_markdown, repeats * 20), 2),
    }


def queries(repeats: int) -> dict[str, object]:
    """Time named queries on the default store and on rdflib's memory store."""
    import rdflib

    import kg
    from kg.store import open_store

    graph = kg.open()
    memory = rdflib.Graph().parse(data=graph.export("ntriples"), format="nt")
    slow = open_store(memory)
    found: dict[str, dict[str, float]] = {}
    for name in QUERIES:
        text = graph.catalogue.get(name).bind()
        rows, same = len(graph.store.select(text)), len(slow.select(text))
        if rows != same:
            raise SystemExit(f"{name}: {rows} rows here, {same} there: do not compare them")
        ours = median_ms(lambda t=text: graph.store.select(t), repeats * 5)  # type: ignore[misc]
        theirs = median_ms(lambda t=text: slow.select(t), 3)  # type: ignore[misc]
        found[name] = {
            "rows": rows,
            "ms": round(ours, 2),
            "rdflib_ms": round(theirs, 1),
            "times_faster": round(theirs / ours, 1),
        }
    ratios = [entry["times_faster"] for entry in found.values()]
    return {
        "queries": found,
        "least_times_faster": min(ratios),
        "median_times_faster": round(statistics.median(ratios), 1),
    }


def covering(repeats: int) -> dict[str, object]:
    """Time the smallest covering sets of 100 candidates with two to eight of the findings each."""
    import random

    from kg.explain.covering import smallest_covers

    found: dict[str, object] = {}
    for findings in (12, 16, 20):
        chance = random.Random(findings)
        universe = (1 << findings) - 1
        masks = [
            sum(1 << bit for bit in chance.sample(range(findings), chance.randint(2, 8)))
            for _ in range(100)
        ]
        covers = smallest_covers(masks, universe)
        ours = median_ms(lambda m=masks, u=universe: smallest_covers(m, u), repeats)  # type: ignore[misc]
        found[f"{findings} findings"] = {
            "sets": len(covers),
            "members": len(covers[0]),
            "ms": round(ours, 1),
        }
    return found


def main() -> int:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=7, help="how often (default: 7)")
    parser.add_argument("--stores", action="store_true", help="compare stores too; slow")
    parser.add_argument("-o", "--output", help="JSON file to write; standard output without it")
    options = parser.parse_args()
    result = {
        "python": sys.version.split()[0],
        "cold": cold(options.repeats),
        "warm": warm(options.repeats),
        "covering": covering(options.repeats),
    }
    if options.stores:
        result["stores"] = queries(options.repeats)
    text = json.dumps(result, indent=2) + "\n"
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
