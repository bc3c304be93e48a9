"""What to do: remedies with their limits, the next questions, the warning signs."""

from __future__ import annotations

from typing import Final

from kg.explain.model import NextQuestion, RankedRemedy, WatchFlag
from kg.explain.wording import listed
from kg.render.page import Item, Span, bullet, paragraph, quiet, strong
from kg.render.wording import Words, capital

__all__ = ["asked", "questions", "remedies", "watch"]

# So many remedies of each kind are told in full; the rest are named, with their limits.
_TOLD: Final = 5
_ASKED: Final = 6
# So many warning signs of each level are named; the answer itself holds all of them.
_WATCHED: Final = 10


def remedies(words: Words) -> list[Item]:
    """The remedies: what a person can do, then what a professional does."""
    ranked = words.explanation.remedies
    own = [remedy for remedy in ranked if remedy.self_care]
    professional = [remedy for remedy in ranked if not remedy.self_care]
    items: list[Item] = []
    # What a raised flag calls for comes first, whoever does it.
    groups = [("", own), ("With a professional – ", professional)]
    if ranked and not ranked[0].self_care:
        groups.reverse()
    for opening, group in groups:
        items += [bullet(*_remedy(words, remedy, opening)) for remedy in group[:_TOLD]]
        rest = group[_TOLD:]
        if rest:
            named = "; ".join(_short(words, remedy) for remedy in rest)
            cited = words.cite(item for remedy in rest for item in remedy.evidence)
            items.append(bullet(strong(f"{opening}Also:"), f" {named}", cited, "."))
    items += _together(words)
    return items


def _remedy(words: Words, remedy: RankedRemedy, opening: str) -> list[str | Span]:
    told: list[str | Span] = [strong(f"{opening}{capital(words.plain(remedy.id))}")]
    told += [
        f". {capital(words.text(remedy.why))}" if remedy.why else "",
        words.cite(remedy.evidence),
        ".",
    ]
    link = _link_cut(words, remedy)
    if link:
        told.append(f" It breaks the chain at: {link}.")
    told += [f" {detail}." for detail in _details(words, remedy)]
    return told


def _link_cut(words: Words, remedy: RankedRemedy) -> str:
    """The first link that the remedy cuts in a chain that was told."""
    for cause in words.explanation.causes:
        if cause.reported and cause.chains:
            for step in cause.chains[0].steps:
                if step.claim in remedy.interrupts:
                    return words.step(step)
    return ""


def _details(words: Words, remedy: RankedRemedy) -> list[str]:
    told = {
        "Limit": remedy.limit,
        "Time until it works": remedy.time_to_effect,
        "Take care": "; ".join(remedy.cautions),
    }
    return [f"{title}: {words.text(text)}" for title, text in told.items() if text]


def _short(words: Words, remedy: RankedRemedy) -> str:
    details = "; ".join(detail[:1].lower() + detail[1:] for detail in _details(words, remedy))
    return f"{words.plain(remedy.id)} ({details})" if details else words.plain(remedy.id)


def _together(words: Words) -> list[Item]:
    """The smallest set that cuts every chain, where it takes more than one remedy."""
    sets = words.explanation.remedy_sets
    if not sets or len(sets[0]) < 2:
        return []
    named = listed([words.label(remedy) for remedy in sets[0]])
    return [bullet(strong("Together"), f" {named} break every chain from what was reported.")]


def questions(words: Words) -> list[Item]:
    """What to ask next, each with the reason for asking; the most telling ones.

    What was meant by words that were not understood is asked at the top of the answer.
    """
    others = [q for q in words.explanation.questions if q.quote is None]
    return [bullet(*asked(words, question)) for question in others[:_ASKED]]


def asked(words: Words, question: NextQuestion) -> list[str | Span]:
    """A question, with the reason for asking."""
    return [strong(question.text), f" {capital(words.text(question.why))}."]


def watch(words: Words) -> list[Item]:
    """The red flags that would ask for more haste, the likelier ones first, by level."""
    levels: dict[str, list[WatchFlag]] = {}
    for flag in words.explanation.urgency.watch_for:
        levels.setdefault(flag.level, []).append(flag)
    items = []
    more = 0
    for level, flags in levels.items():
        if level == words.explanation.urgency.level:
            break  # what comes from here on would change nothing
        signs: dict[str, list[WatchFlag]] = {}
        for flag in flags:
            signs.setdefault(_sign(words, flag), []).append(flag)
        told = list(signs)[:_WATCHED]
        more += len(signs) - len(told)
        cited = words.cite(item for sign in told for flag in signs[sign] for item in flag.evidence)
        opening = strong(f"{capital(words.label(f'ft:{level}'))}:")
        items.append(bullet(opening, f" {'; '.join(told)}", cited, "."))
    if more:
        items.append(paragraph(quiet(f"The full answer holds {more} more, less likely here.")))
    return items


def _sign(words: Words, flag: WatchFlag) -> str:
    """What would raise the flag: the one criterion that is missing, or the flag by its name."""
    return words.label(flag.missing[0]) if len(flag.missing) == 1 else words.text(flag.label)
