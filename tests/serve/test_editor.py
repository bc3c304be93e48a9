"""The SPARQL editor: its files are those of its manifest, and its names are those of the graph."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import kg.serve

from .conftest import Site

VENDOR = Path(kg.serve.__file__).parent / "vendor"


def test_the_editor_is_what_its_manifest_says() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["files"]:
        assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    listed = {entry["file"] for entry in manifest["files"]}
    assert {path.name for path in VENDOR.iterdir()} == {"manifest.json", *listed}
    assert "Permission is hereby granted" in (VENDOR / "yasgui.LICENSE").read_text(encoding="utf-8")


def test_its_files_are_served_and_no_others(site: Site) -> None:
    reply = site.get("/sparql/editor/yasgui.min.js")
    assert (reply.status, reply.media) == (200, "text/javascript")
    assert "sourceMappingURL" not in reply.text
    assert site.get("/sparql/editor/yasgui.min.css").media == "text/css"
    for name in ("manifest.json", "..%2feditor.py", "editor.py"):
        assert site.get(f"/sparql/editor/{name}").status == 404


def test_it_completes_what_the_graph_has(site: Site) -> None:
    names = site.get("/sparql/names.json").json()
    space = names["prefixes"]["ft"]
    assert f"{space}RedFlag" in names["classes"]
    assert f"{space}blocks" in names["properties"]
    assert f"{space}caffeine" in names["concepts"]
    assert "VALUES ?finding" in names["queries"]["remedies-for"]
