"""Compare libraries for negation scope and for typos with what the recogniser does itself.

Run `python benchmarks/recognition_libraries.py` in an environment of your own with the candidates
(`pip install spacy negspacy medspacy symspellpy jellyfish rapidfuzz`); an absent one is skipped
with a line. No model is downloaded: spaCy is a blank English pipeline with a sentence splitter.

Every line of SCOPE gives a sentence and, for some of its phrases, the status that a careful reader
gives them: + present, - absent (denied, stopped, past or gone), ? open, o somebody else.
The candidates are told where the phrases stand, so that only the scope is compared.
"""

from __future__ import annotations

import importlib.metadata
import sys
import time
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SCOPE: tuple[tuple[str, str], ...] = (
    ("My lip jumps but there is no weakness or numbness.", "jumps+ weakness- numbness-"),
    ("Denies sensory change, denies facial droop, sleeping well.", "sensory change- facial droop-"),
    ("I don't drink coffee, I don't smoke, I'm not stressed.", "coffee- smoke- stressed-"),
    ("Nostril flicker, no weakness, three espressos a day.", "flicker+ weakness- espressos+"),
    ("No pain, numbness or drooping, just a flicker.", "pain- numbness- drooping- flicker+"),
    ("I gave up coffee but my eyelid still twitches.", "coffee- twitches+"),
    ("Quit smoking two years ago; the twitch came last week.", "smoking- twitch+"),
    ("Never smoked. Lots of stress.", "smoked- stress+"),
    ("Neither stress nor caffeine, yet it twitches.", "stress- caffeine- twitches+"),
    ("It twitches without pain.", "twitches+ pain-"),
    ("Not only stress but also coffee.", "stress+ coffee+"),
    ("I can't say I don't drink coffee.", "coffee+"),
    ("There is no change in the twitching.", "twitching+"),
    ("No idea why my lip twitches.", "twitches+"),
    ("The twitching isn't going away.", "twitching+"),
    ("Could it be a stroke?", "stroke?"),
    ("Should I worry about weakness?", "weakness?"),
    ("If I get numbness I will call.", "numbness?"),
    ("Maybe it is stress.", "stress?"),
    ("Not sure if there is weakness.", "weakness?"),
    ("Might be the coffee, might be anxiety.", "coffee? anxiety?"),
    ("My mum has hemifacial spasm. My lip twitches.", "hemifacial spasm o twitches+"),
    ("Family history of stroke, lip twitching since Monday.", "stroke o twitching+"),
    ("I used to get numbness as a child.", "numbness-"),
    ("Had Bell's palsy in 2010, now a twitch.", "Bell's palsy- twitch+"),
    ("The numbness went away last week.", "numbness-"),
    ("My cheek was numb yesterday but fine now.", "numb-"),
    ("Numbness: none. Weakness: absent.", "Numbness- Weakness-"),
    ("Weakness was ruled out.", "Weakness-"),
    ("It's not stress but coffee.", "stress- coffee+"),
    ("I'm not stressed, my nose just twitches.", "stressed- twitches+"),
    ("No coffee and no alcohol, plenty of stress.", "coffee- alcohol- stress+"),
    ("My face is drooping and I have no idea why.", "drooping+"),
    ("Is my drooping face a sign of stroke?", "drooping+ stroke?"),
    ("Cut out alcohol, still twitching.", "alcohol- twitching+"),
    ("Doctor said to come back if there is drooping.", "drooping?"),
    ("I haven't quit smoking.", "smoking+"),
    ("Stressed, tired, no appetite, eyelid twitching for a week.", "Stressed+ tired+ twitching+"),
    ("Slurred speech since this morning, no headache.", "Slurred speech+ headache-"),
    ("I don't think my face is drooping.", "drooping-"),
    ("Twitching stopped after I slept.", "Twitching-"),
    ("No longer stressed, but the flicker goes on.", "stressed- flicker+"),
    ("She denies numbness but reports tingling.", "numbness- tingling+"),
    ("It won't stop twitching.", "twitching+"),
    ("My wife noticed that my eyelid twitches.", "twitches+"),
    (
        "My nostril has been jumping on and off since Tuesday. It's finals week, I'm "
        "really stressed and getting maybe 4 hours a night. No numbness, nothing droopy.",
        "jumping+ stressed+ numbness- droopy-",
    ),
    (
        "The side of my nose has been flickering for almost three months now. I've given "
        "up coffee, I sleep fine, and still it won't stop.",
        "flickering+ coffee- sleep fine+",
    ),
    (
        "Dad's face suddenly dropped on the left about ten minutes ago and his words are "
        "coming out slurred.",
        "face suddenly dropped+ slurred+",
    ),
    (
        "Started a new antidepressant on Monday and by Thursday my nose was twitching. "
        "Should I just stop taking it?",
        "antidepressant+ twitching+",
    ),
    (
        "I don't drink coffee, I don't smoke, I'm not stressed. My upper lip just "
        "fluttered a few times today out of nowhere.",
        "coffee- smoke- stressed- fluttered+",
    ),
    (
        "There's a patch next to my mouth that's gone numb, and the lip above it twitches.",
        "numb+ twitches+",
    ),
    (
        "Ran a marathon yesterday in the heat, sweated buckets and hardly drank. Today my "
        "lip and both calves are twitching.",
        "sweated buckets+ hardly drank+ twitching+",
    ),
    (
        "Over the past few days the left half of my face has slowly started to sag, along "
        "with a twitch by the nostril. My arms and speech are OK.",
        "sag+ twitch+",
    ),
    (
        "It began round my eye last spring as a twitch, and it has crept down to my mouth since.",
        "twitch+ crept down+",
    ),
    (
        "Pt reports perioral fasciculations x10 days, SSRI commenced 12 days ago. Denies "
        "sensory change, denies facial droop. Sleeping well.",
        "perioral fasciculations+ SSRI+ sensory change- facial droop- Sleeping well+",
    ),
)
TYPOS: tuple[tuple[str, str | None], ...] = (
    ("twiching", "twitching"),
    ("nostrel", "nostril"),
    ("caffiene", "caffeine"),
    ("twicthing", "twitching"),
    ("anxeity", "anxiety"),
    ("slured", "slurred"),
    ("magnesuim", "magnesium"),
    ("eyelyd", "eyelid"),
    ("numbnes", "numbness"),
    ("drooopy", "droopy"),
    ("alchohol", "alcohol"),
    ("weekness", "weakness"),
    ("dehydratd", "dehydrated"),
    ("fasiculation", "fasciculation"),
    ("sertralin", "sertraline"),
    ("cofee", "coffee"),
    ("expresso", "espresso"),
    ("hemificial", "hemifacial"),
    ("tip", None),
    ("ship", None),
    ("cheese", None),
    ("choose", None),
    ("dress", None),
    ("switching", None),
    ("toffee", None),
    ("smiling", None),
    ("number", None),
    ("nose", None),
    ("pair", None),
    ("rain", None),
    ("stretched", None),
    ("printer", None),
    ("speed", None),
)
VOCABULARY = (
    "twitching",
    "nostril",
    "caffeine",
    "anxiety",
    "slurred",
    "magnesium",
    "eyelid",
    "numbness",
    "droopy",
    "alcohol",
    "weakness",
    "dehydrated",
    "fasciculation",
    "sertraline",
    "coffee",
    "espresso",
    "hemifacial",
    "lip",
    "stress",
    "pain",
    "speech",
    "cheek",
    "smoking",
    "drooping",
    "sleep",
    "potassium",
    "nicotine",
    "tingling",
    "antidepressant",
    "muscle",
    "spasm",
    "flicker",
)
CODES = {"+": "present", "-": "absent", "?": "unknown", "o": "other"}
Phrases = list[tuple[int, int, str]]
Reader = Callable[[str, Phrases], list[str]]


def gold(text: str, marks: str) -> Phrases:
    """The phrases of a line of SCOPE with their offsets and statuses."""
    found: Phrases = []
    word = ""
    for char in marks:
        if char in "+-?" or (char == "o" and word.endswith(" ")):
            phrase = word.strip()
            start = text.index(phrase)
            found.append((start, start + len(phrase), CODES[char]))
            word = ""
        else:
            word += char
    return found


def sentences(pipeline: object) -> object:
    """Add spaCy's rule-based sentence splitter to a blank pipeline."""
    pipeline.add_pipe("sentencizer")  # type: ignore[attr-defined]
    return pipeline


def negspacy_reader() -> Reader:
    """Negation after NegEx; it knows no other status."""
    import spacy
    from negspacy.negation import Negex
    from negspacy.termsets import termset

    nlp = spacy.blank("en")
    sentences(nlp)
    negex = Negex(
        nlp,
        "negex",
        termset("en_clinical").get_patterns(),
        [],
        extension_name="negex",
        chunk_prefix=[],
    )

    def read(text: str, phrases: Phrases) -> list[str]:
        doc = nlp(text)
        spans = [doc.char_span(a, b, "X", alignment_mode="expand") for a, b, _ in phrases]
        doc.ents = spans
        negex(doc)
        return ["absent" if span._.negex else "present" for span in doc.ents]

    return read


def medspacy_reader() -> Reader:
    """ConText with its own default rules."""
    import spacy

    # Only the context component is wanted; its package imports a matcher that needs a compiler.
    sys.modules.setdefault("quickumls", types.ModuleType("quickumls"))
    sys.modules.setdefault("medspacy_quickumls", types.ModuleType("medspacy_quickumls"))
    for name in ("quickumls.core", "quickumls.spacy_component", "quickumls.constants"):
        module = types.ModuleType(name)
        module.SpacyQuickUMLS = module.QuickUMLS = object  # type: ignore[attr-defined]
        module.constants = types  # type: ignore[attr-defined]
        sys.modules.setdefault(name, module)
    from medspacy.context import ConText

    nlp = spacy.blank("en")
    sentences(nlp)
    context = ConText(nlp, rules="default")

    def read(text: str, phrases: Phrases) -> list[str]:
        doc = nlp(text)
        doc.ents = [doc.char_span(a, b, "X", alignment_mode="expand") for a, b, _ in phrases]
        context(doc)
        answers = []
        for span in doc.ents:
            answers.append(
                "other"
                if span._.is_family
                else "absent"
                if span._.is_negated or span._.is_historical
                else "unknown"
                if span._.is_uncertain or span._.is_hypothetical
                else "present"
            )
        return answers

    return read


def own_reader() -> Reader:
    """The recogniser of this package on its default graph."""
    import kg
    from kg.recognise.recogniser import Recogniser

    recogniser = Recogniser(kg.open().view)

    def read(text: str, phrases: Phrases) -> list[str]:
        case = recogniser.recognise(text)
        answers = []
        for start, end, _ in phrases:
            status = "missed"
            for others, group in ((True, case.others), (False, case.findings)):
                for finding in group:
                    implied = (finding.reason or "").startswith("implied")
                    if (
                        not implied
                        and finding.span
                        and finding.span[0] < end
                        and start < finding.span[1]
                    ):
                        past = finding.status == "absent"
                        status = "other" if others and not past else finding.status
            answers.append(status)
        return answers

    return read


def compare_scope(readers: dict[str, Callable[[], Reader]], verbose: bool) -> None:
    """Print how many statuses each candidate reads as a careful reader does."""
    lines = [(text, gold(text, marks)) for text, marks in SCOPE]
    total = sum(len(phrases) for _, phrases in lines)
    print(f"scope: {len(lines)} sentences, {total} phrases")
    print("| candidate | right | of them denied | µs a sentence |\n| --- | --- | --- | --- |")
    for name, make in readers.items():
        try:
            read = make()
        except Exception as error:  # a candidate that does not import is skipped, never fatal
            print(f"| {name} | skipped: {type(error).__name__}: {str(error)[:70]} | | |")
            continue
        right = denied = all_denied = 0
        for text, phrases in lines:
            answers = read(text, phrases)
            for (start, end, want), got in zip(phrases, answers, strict=True):
                right += want == got
                all_denied += want == "absent"
                denied += want == got == "absent"
                if want != got and verbose:
                    print(f"    {name}: {text!r} {text[start:end]!r} {want} != {got}")
        micro = min(_seconds(read, lines) for _ in range(5)) / len(lines) * 1e6
        print(f"| {name} | {right} of {total} | {denied} of {all_denied} | {micro:.0f} |")


def _seconds(job: Callable[..., object], calls: Sequence[tuple[Any, ...]]) -> float:
    start = time.perf_counter()
    for arguments in calls:
        job(*arguments)
    return time.perf_counter() - start


def rapidfuzz_lookup() -> Callable[[str], str | None]:
    """Optimal string alignment distance, scaled by length."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    def look(word: str) -> str | None:
        most = 0 if len(word) < 5 else 1 if len(word) < 8 else 2
        hit = process.extractOne(word, VOCABULARY, scorer=OSA.distance, score_cutoff=most)
        return str(hit[0]) if hit else None

    return look


def symspell_lookup() -> Callable[[str], str | None]:
    """Symmetric deletes, scaled by length."""
    from symspellpy import SymSpell, Verbosity

    table = SymSpell(max_dictionary_edit_distance=2)
    for word in VOCABULARY:
        table.create_dictionary_entry(word, 1)

    def look(word: str) -> str | None:
        most = 0 if len(word) < 5 else 1 if len(word) < 8 else 2
        hits = table.lookup(word, Verbosity.TOP, max_edit_distance=most)
        return hits[0].term if hits else None

    return look


def jellyfish_lookup() -> Callable[[str], str | None]:
    """Jaro-Winkler similarity of at least 0.92."""
    import jellyfish

    def look(word: str) -> str | None:
        score, best = max((jellyfish.jaro_winkler_similarity(word, v), v) for v in VOCABULARY)
        return best if len(word) >= 5 and score >= 0.92 else None

    return look


def difflib_lookup() -> Callable[[str], str | None]:
    """The matcher of the standard library, at 0.85."""
    import difflib

    def look(word: str) -> str | None:
        hits = difflib.get_close_matches(word, VOCABULARY, n=1, cutoff=0.85)
        return hits[0] if hits and len(word) >= 5 else None

    return look


def compare_typos(lookups: dict[str, Callable[[], Callable[[str], str | None]]]) -> None:
    """Print how many misspelt words each candidate mends, and how many good ones it spoils."""
    typos = sum(want is not None for _, want in TYPOS)
    print(f"\ntypos: {typos} misspelt words, {len(TYPOS) - typos} ordinary words near one")
    print("| candidate | found | wrongly found | µs a word |\n| --- | --- | --- | --- |")
    for name, make in lookups.items():
        try:
            look = make()
        except ImportError as error:
            print(f"| {name} | skipped: {error} | | |")
            continue
        found = sum(want is not None and look(word) == want for word, want in TYPOS)
        wrong = sum(want is None and look(word) not in (None, word) for word, want in TYPOS)
        words = [(word,) for word, _ in TYPOS]
        micro = min(_seconds(look, words) for _ in range(9)) / len(TYPOS) * 1e6
        print(f"| {name} | {found} of {typos} | {wrong} | {micro:.1f} |")


def main(arguments: Sequence[str] = ()) -> int:
    """Print both tables; `-v` adds every phrase that was read wrongly."""
    versions = []
    for name in ("spacy", "negspacy", "medspacy", "rapidfuzz", "symspellpy", "jellyfish"):
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{name} absent")
    print(", ".join(versions), end="\n\n")
    compare_scope(
        {"own cues": own_reader, "negspacy": negspacy_reader, "medspacy ConText": medspacy_reader},
        "-v" in arguments,
    )
    compare_typos(
        {
            "rapidfuzz OSA": rapidfuzz_lookup,
            "symspellpy": symspell_lookup,
            "jellyfish Jaro-Winkler": jellyfish_lookup,
            "difflib": difflib_lookup,
        }
    )
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main(sys.argv[1:]))
