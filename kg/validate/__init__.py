"""Validation: is the knowledge well-formed and sensible, and do its passages verify?"""

from __future__ import annotations

from kg.validate.checks import Progress, validate
from kg.validate.passages import CitedSentence, cited_sentences
from kg.validate.report import PassageFault, QualityRow, Report, Violation

__all__ = [
    "CitedSentence",
    "PassageFault",
    "Progress",
    "QualityRow",
    "Report",
    "Violation",
    "cited_sentences",
    "validate",
]
