"""Laws of reading: what must not change what is read, over described texts and generated ones.

Every law is tried on described texts, on labelled texts of `tests/data/reading/open.jsonl`, and on
texts that hypothesis makes of templates, names of the graph and typing errors; a plain run leaves
the labelled ones out, and what takes long. A law that does not hold yet is expected to fail, with
the share of the texts that break it: whoever mends it takes the mark away.
`python -m tests.recognise.test_laws` prints all shares with the shortest examples.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import kg
from kg.explain.engine import Explainer
from kg.recognise.case import Case, Finding

from .stories import TWITCH, VOICES, Names, Sentence, of_him, stories, story, words

ROOT = Path(__file__).resolve().parents[2]
TABLES = (ROOT / "tests/data/vignettes.tsv", ROOT / "tests/explain/data/localisation.tsv")
OPEN = ROOT / "tests/data/reading/open.jsonl"
EXAMPLES = 25  # generated texts for each law
EACH = {"described": 3, "labelled": 8}  # every how many of the texts are tried
LEVELS = ("self-care", "see-doctor", "prompt", "emergency")

Read = tuple[object, ...]


@dataclass
class Reader:
    """Reads texts with the real graph, each of them once, also where its level is asked too."""

    graph: kg.Graph
    explainer: Explainer = field(init=False)
    cases: dict[str, Case] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.explainer = Explainer(self.graph.view)

    def case(self, text: str) -> Case:
        if text not in self.cases:
            self.cases[text] = self.graph.read(text)
        return self.cases[text]

    def level(self, text: str) -> str:
        if text not in self.levels:
            self.levels[text] = self.explainer.explain(self.case(text)).urgency.level
        return self.levels[text]

    def said(self, text: str) -> list[Read]:
        """What words name, in an order of its own: neither words, nor where they stand.

        What the text as a whole speaks of beside that is its own matter: it moves with the text.
        """
        return sorted(map(told, self.case(text).named().findings), key=repr)

    def others(self, text: str) -> list[Read]:
        return sorted(map(told, self.case(text).others), key=repr)


def told(f: Finding) -> Read:
    amount = f.amount and (round(f.amount.value, 3), f.amount.unit, f.amount.relation)
    return f.id, f.status, f.site, f.side, f.duration_days, amount, f.course


# -- laws: each tells what is wrong with the reading of a text, or None

Law = Callable[[Reader, str], str | None]
Change = Callable[[str], str]


def unchanged(*changes: Change, people: bool = True) -> Law:
    """The law that none of these changes of a text changes what is read."""

    def law(reader: Reader, text: str) -> str | None:
        for change in changes:
            changed = change(text)
            if changed == text:
                continue
            before, after = reader.said(text), reader.said(changed)
            if people:
                before, after = (
                    [*before, "others", *reader.others(text)],
                    [*after, "others", *reader.others(changed)],
                )
            if before != after:
                return f"{changed!r}: {difference(before, after)}"
        return None

    return law


# What is found because of who it is, which is what changes here.
WHO = frozenset({"ft:child-affected"})


def of_somebody(change: Change) -> Law:
    """The law that what is read stays when somebody else has it."""

    def law(reader: Reader, text: str) -> str | None:
        changed = change(text)
        old, new = ([r for r in reader.said(t) if r[0] not in WHO] for t in (text, changed))
        return None if old == new else f"{changed!r}: {difference(old, new)}"

    return law


def difference(before: Sequence[object], after: Sequence[object]) -> str:
    lost = [str(b) for b in before if b not in after]
    new = [str(a) for a in after if a not in before]
    return f"lost {'; '.join(lost) or '-'}, new {'; '.join(new) or '-'}"


def before(sentence: str) -> Change:
    return lambda text: f"{sentence} {text}"


def after(sentence: str) -> Change:
    return lambda text: f"{text if text[-1] in '.!?' else f'{text}.'} {sentence}"


def both_ways(*pairs: tuple[str, str]) -> tuple[Change, Change]:
    return words(*pairs), words(*((other, one) for one, other in pairs))


SHORT = (
    ("can't", "cannot"),
    ("won't", "will not"),
    *((f"{verb}n't", f"{verb} not") for verb in (
        "do", "does", "did", "is", "are", "was", "were", "have", "has", "had", "could", "would",
        "should",
    )),
    ("I've", "I have"),
    ("I'm", "I am"),
)  # fmt: skip
BRITISH = (
    ("tumour", "tumor"), ("tumours", "tumors"), ("paralysed", "paralyzed"), ("colour", "color"),
    ("anaesthetic", "anesthetic"), ("anaesthesia", "anesthesia"), ("fibre", "fiber"),
    ("centre", "center"), ("behaviour", "behavior"), ("diarrhoea", "diarrhea"),
    ("haemorrhage", "hemorrhage"), ("ischaemia", "ischemia"), ("oedema", "edema"),
    ("anaemia", "anemia"), ("hypocalcaemia", "hypocalcemia"), ("paediatric", "pediatric"),
    ("stabilised", "stabilized"), ("realised", "realized"), ("recognised", "recognized"),
    ("neighbour", "neighbor"), ("grey", "gray"), ("litre", "liter"), ("litres", "liters"),
    ("mum", "mom"), ("practise", "practice"), ("programme", "program"), ("tyre", "tire"),
)  # fmt: skip
IRRELEVANT = ("The weather was nice.", "We live near the harbour.", "My name is Alex.")
CHATTER = (
    "First time posting here.",
    "Sorry for the long post.",
    "English is not my first language.",
    "I have read a lot about this online.",
    "Not sure if this is the right place to ask.",
    "I work in an office with no windows.",
)
GREETINGS = ("Hi all.", "Hello, ", "Dear doctor,\n", "Good morning!", "Hey everyone -")
CLOSINGS = ("Thanks for reading.", "Kind regards.", "Any help is appreciated!")


def wrapped(text: str, width: int = 32) -> str:
    """The text with its lines broken at a width."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    return "\n".join([*lines, line])


def never_both(reader: Reader, text: str) -> str | None:
    case = reader.case(text)
    for one in case.findings:
        for other in case.findings:
            sides = one.side and other.side and one.side != other.side
            sites = one.site and other.site and one.site != other.site
            same = one.id == other.id and not sides and not sites
            if same and (one.status, other.status) == ("present", "absent"):
                why = f"present at {one.span}, absent at {other.span} ({other.reason})"
                return f"{text!r}: {one.id} is {why}"
    return None


def twice_is_once(reader: Reader, text: str) -> str | None:
    again = after(text)(text)

    def plain(reading: list[Read]) -> list[Read]:
        # Servings that are told twice may be twice as many.
        return [r[:5] for r in reading if r[5] is None]

    once, twice = plain(reader.said(text)), plain(reader.said(again))
    return None if set(once) == set(twice) else f"{again!r}: {difference(once, twice)}"


def same_bytes(reader: Reader, text: str) -> str | None:
    one, other = (json.dumps(reader.graph.explain(text).to_dict()) for _ in range(2))
    return None if one == other else "two answers differ"


def raises_nothing(denial: str) -> Law:
    """The law that a denial adds no finding and changes no urgency."""

    def law(reader: Reader, text: str) -> str | None:
        for change in (before(denial), after(denial)):
            changed = change(text)
            was, now = reader.level(text), reader.level(changed)
            if was != now:
                return f"{changed!r}: {was}, then {now}"
            old, new = ([r for r in reader.said(t) if r[1] == "present"] for t in (text, changed))
            if old != new:
                return f"{changed!r}: {difference(old, new)}"
        return None

    return law


def never_lower(reader: Reader, one: str, other: str, *, of: Sequence[str] = ()) -> str | None:
    """The law that a text with another one behind it is as urgent as the more urgent of them.

    With `of` it is as urgent as these.
    """
    both = after(other)(one)
    levels = [reader.level(text) for text in of or (one, other)]
    known = [LEVELS.index(level) for level in levels if level in LEVELS]
    got = reader.level(both)
    if got in LEVELS:
        low = bool(known) and LEVELS.index(got) < max(known)
    else:  # what is unclear may hide that nothing is urgent, and no more
        low = bool(known) and max(known) > 0
    return f"{both!r}: {got}, alone {' and '.join(levels)}" if low else None


SIGNS = (
    "My mouth suddenly droops on one side.", "My arm is weak.", "My lip is numb.",
    "I cannot close my eye.", "I slur my words.", "My eyelid twitches.", "I am confused.",
    "My cheek feels tight. It came on gradually.", "It eases when I rest.", "I am tired.",
    "I have no pain.", "My cheek feels tight.",
)  # fmt: skip


def further_signs(reader: Reader, text: str) -> str | None:
    """The law that no further sign, and nothing that is said of one, lowers what a text calls for.

    A sign that the text tells already is no further one: it has the time that is told there.
    """
    told = set(reader.case(text).present())
    for sign in SIGNS:
        own = set(reader.case(sign).present())
        of = [text] if own and own <= told else []
        problem = never_lower(reader, text, sign, of=of) or never_lower(reader, sign, text, of=of)
        if problem:
            return problem
    return None


LAWS: dict[str, Law] = {
    "capital letters": unchanged(str.upper),
    "small letters": unchanged(str.lower),
    "lines that are wrapped": unchanged(wrapped),
    "each sentence on a line": unchanged(lambda text: re.sub(r"(?<=[.!?]) ", "\n", text)),
    "contractions": unchanged(*both_ways(*SHORT)),
    "apostrophes left out": unchanged(words(*((one, one.replace("'", "")) for one, _ in SHORT))),
    "curly apostrophes": unchanged(lambda text: text.replace("'", "’")),
    "British and American spelling": unchanged(*both_ways(*BRITISH)),
    "an irrelevant sentence before": unchanged(*map(before, IRRELEVANT)),
    "an irrelevant sentence after": unchanged(*map(after, IRRELEVANT)),
    "small talk before": unchanged(*map(before, CHATTER)),
    "small talk after": unchanged(*map(after, CHATTER)),
    "a greeting": unchanged(*map(before, GREETINGS)),
    "a closing": unchanged(*map(after, CLOSINGS)),
    "nothing is present and denied": never_both,
    "twice is once": twice_is_once,
    "same bytes": same_bytes,
    "a denial raises nothing": raises_nothing("No chest pain. No fever."),
    "a denial under a heading raises nothing": raises_nothing("For context: no severe bleeding."),
    "a further sign never lowers": further_signs,
}
# These ask for whole answers: how many of the described texts they try.
SLOW = {
    "same bytes": 10,
    "a denial raises nothing": 25,
    "a denial under a heading raises nothing": 25,
    "a further sign never lowers": 12,
}


# -- texts


def described() -> list[str]:
    rows = []
    for path in TABLES:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows += [row["text"] for row in table]
    return list(dict.fromkeys(rows))[:: EACH["described"]]


def labelled() -> list[str]:
    if not OPEN.is_file():
        return []
    lines = OPEN.read_text("utf-8").splitlines()[:: EACH["labelled"]]
    return [json.loads(line)["text"] for line in lines if line]


# -- laws about generated texts only


def muddled_is_not_both(reader: Reader, parts: list[Sentence]) -> str | None:
    """The law that what is said and then denied is not read as both."""
    for part in parts:
        sign = dict(part.values).get("sign")
        problem = sign and never_both(reader, f"I have {sign}. {story(parts)} I have no {sign}.")
        if problem:
            return problem
    return None


def order_is_free(reader: Reader, parts: list[Sentence]) -> str | None:
    for other in (parts[::-1], parts[1:] + parts[:1]):
        problem = unchanged(lambda _, other=other: story(other))(reader, story(parts))
        if problem:
            return problem
    return None


def voice_is_free(reader: Reader, parts: list[Sentence]) -> str | None:
    for voice in VOICES:
        problem = of_somebody(lambda _, voice=voice: story(parts, voice))(reader, story(parts))
        if problem:
            return problem
    return None


def of_him_is_free(reader: Reader, text: str) -> str | None:
    return of_somebody(lambda text: of_him(text) or text)(reader, text)


DENIALS = (
    "I have no {}.",
    "No {}.",
    "I don't have {}.",
    "I do not have any {}.",
    "Denies {}.",
    "{}: no.",
    "There is no {}.",
    "My lip twitches, but I have no {}.",
)


def denial_flips(reader: Reader, name: str) -> str | None:
    told = f"I have {name}."
    present = [f.id for f in reader.case(told).findings if f.status == "present" and f.span]
    if len(present) != 1:
        return None
    for form in DENIALS:
        text = form.format(name)
        if "My lip" in form and present[0] in reader.case("My lip twitches.").present():
            continue  # said and denied in one breath
        case = reader.case(text[0].upper() + text[1:])
        if present[0] not in case.absent() or present[0] in case.present():
            was = [(f.id, f.status) for f in (*case.findings, *case.others)]
            return f"{case.text!r}: {present[0]} is not denied, read as {was}"
    return None


# -- counting


@dataclass
class Count:
    """How many texts were tried, and what breaks the law, the shortest first."""

    tried: int
    broken: list[str]

    def __str__(self) -> str:
        share = 100 * len(self.broken) / max(1, self.tried)
        shortest = "\n  ".join(sorted(self.broken, key=len)[:3])
        return f"{len(self.broken)} of {self.tried} ({share:.1f} %):\n  {shortest}"


def over_texts(law: Law, reader: Reader, texts: Sequence[str]) -> Count:
    found = [law(reader, text) for text in texts]
    return Count(len(texts), [problem for problem in found if problem])


def over_generated(law: Callable[[Reader, object], str | None], reader: Reader,
                   strategy: st.SearchStrategy[object], examples: int) -> Count:  # fmt: skip
    count = Count(0, [])

    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def check(example: object) -> None:
        count.tried += 1
        problem = law(reader, example)
        if problem:
            count.broken.append(problem)

    check()
    return count


def pairs_of(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every text with its neighbours, and with one from far away."""
    yield from pairwise(texts)
    yield from zip(texts, texts[len(texts) // 2 :], strict=False)


def of_story(law: Law) -> Callable[[Reader, list[Sentence]], str | None]:
    return lambda reader, parts: law(reader, story(parts))


SINGLE: dict[str, Callable[[Reader, list[Sentence]], str | None]] = {
    "order of sentences": order_is_free,
    "I, he, she, my son": voice_is_free,
    "said, then denied": muddled_is_not_both,
}
EVERY = (*LAWS, *SINGLE, "a denial flips", "a further text never lowers")


def measure(law: str, source: str, reader: Reader, examples: int = EXAMPLES) -> Count | None:
    """How often a law is broken in a source of texts; None where it is no law of that source."""
    names = Names.of(reader.graph)
    if source != "generated":
        texts = described() if source == "described" else labelled()
        if law == "a further text never lowers":
            texts = texts[:: max(1, len(texts) // 40)]
            found = [never_lower(reader, *pair) for pair in pairs_of(texts)]
            return Count(len(found), [problem for problem in found if problem])
        if law == "I, he, she, my son":
            return over_texts(of_him_is_free, reader, [t for t in texts if of_him(t)])
        if law not in LAWS:
            return None
        step = max(1, len(texts) // SLOW.get(law, len(texts) or 1))
        return over_texts(LAWS[law], reader, texts[::step])
    if law in LAWS:
        some = max(10, examples // 5) if law in SLOW else examples
        return over_generated(of_story(LAWS[law]), reader, stories(names), some)
    if law in SINGLE:
        count = over_generated(SINGLE[law], reader, stories(names), examples)
        if law == "order of sentences":  # and every name beside a twitch, sharing its time or not
            for concept, name in names.signs:
                sign = Sentence(
                    "{subject} {have} {sign} since yesterday.", (("sign", name),), concept
                )
                problem = order_is_free(reader, [TWITCH, sign])
                count = Count(count.tried + 1, [*count.broken, *([problem] if problem else [])])
        return count
    if law == "a denial flips":
        return over_texts(denial_flips, reader, [name for _, name in names.signs])
    two = st.tuples(stories(names).map(story), stories(names).map(story))
    return over_generated(lambda r, pair: never_lower(r, *pair), reader, two, examples // 2)


GENERATED = ("order of sentences", "said, then denied", "a denial flips")
SOURCES = ("described", "labelled", "generated")
# What does not hold yet: how many of the texts break it.
FAILING = {
    ("lines that are wrapped", "described"): "5 of 44",
    ("lines that are wrapped", "labelled"): "4 of 20",
    ("twice is once", "labelled"): "1 of 20",
    ("a further sign never lowers", "described"): "1 of 15",
    ("order of sentences", "generated"): "9 of 355",
    ("a further text never lowers", "labelled"): "1 of 29",
}

# With those over the labelled texts: what takes so long that a plain run leaves it out.
LATER = {
    ("same bytes", "described"),
    ("small talk before", "described"),
    ("a further sign never lowers", "generated"),
    ("order of sentences", "generated"),
    ("a denial flips", "generated"),
    ("a further sign never lowers", "described"),
    ("same bytes", "generated"),
    ("small talk before", "generated"),
    ("small talk after", "described"),
    ("an irrelevant sentence before", "described"),
    ("a greeting", "described"),
    ("a closing", "described"),
}


def trials() -> Iterator[object]:
    for law in EVERY:
        for source in SOURCES:
            if source != "generated" and law in GENERATED:
                continue
            marks = []
            if (law, source) in FAILING:
                share = f"{FAILING[law, source]} texts break it"
                marks = [pytest.mark.xfail(strict=True, reason=share)]
            if source == "labelled" and not OPEN.is_file():
                marks = [pytest.mark.skip(reason="the labelled texts are not here")]
            elif source == "labelled" and not any(place == "labelled" for _, place in FAILING):
                why = "not measured yet: python -m tests.recognise.test_laws prints the shares"
                marks = [pytest.mark.xfail(strict=False, reason=why)]
            if source == "labelled" or (law, source) in LATER:
                marks.append(pytest.mark.thorough)
            yield pytest.param(law, source, marks=marks, id=f"{law}-{source}")


@pytest.fixture(scope="module")
def reader(graph: kg.Graph) -> Reader:
    return Reader(graph)


@pytest.mark.parametrize(("law", "source"), list(trials()))
def test_law(reader: Reader, law: str, source: str) -> None:
    count = measure(law, source, reader)
    assert count is not None
    assert count.tried
    if count.broken:
        pytest.fail(str(count))


if __name__ == "__main__":
    import sys
    import time

    with kg.open() as opened:
        for name in sys.argv[2:] or EVERY:
            for place in SOURCES:
                start = time.perf_counter()
                result = measure(name, place, Reader(opened), int([*sys.argv, "80"][1]))
                if result is not None and result.tried:
                    print(
                        f"{name} | {place} | {time.perf_counter() - start:.1f} s | {result}",
                        flush=True,
                    )
