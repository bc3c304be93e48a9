"""The release: the graph as files that the tools of the field open, and what changed since another.

`write_release` writes them all; `compare` tells two graphs apart, claim by claim.
"""

from __future__ import annotations

from kg.release.changes import Change, Changes, compare, read_graph
from kg.release.files import merged_turtle, owl_xml, write_release

__all__ = [
    "Change",
    "Changes",
    "compare",
    "merged_turtle",
    "owl_xml",
    "read_graph",
    "write_release",
]
