"""Take the SPARQL editor of `kg serve` from the package of its publisher.

Usage: npm pack @zazuko/yasgui@VERSION, then python tools/vendor_editor.py zazuko-yasgui-VERSION.tgz

The files are as they were published but for one cut: the built-in list of some 500 prefixes, among
them the addresses of many strangers, is left out. The editor completes from the prefixes of the
graph. The manifest keeps the checksum of what was published beside that of what is here.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tarfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "kg" / "serve" / "vendor"
# The constants of the list, one after the other, and the object that is made of them.
_LIST = re.compile(rb"(?:[\w$]+=`[^`]*`,){100,}(?=prefixes_default=\{)")
_OBJECT = re.compile(rb"(?<=prefixes_default=)\{[^{}]*\}")


def cut(code: bytes) -> bytes:
    """The script without its list of prefixes."""
    code, lists = _LIST.subn(b"", code)
    code, objects = _OBJECT.subn(b"{}", code)
    if (lists, objects) != (1, 1):
        raise SystemExit("the list of prefixes is not where it was: look at the script again")
    return code


def main() -> None:
    """Write the files and the manifest."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with tarfile.open(sys.argv[1]) as package:

        def published(path: str) -> bytes:
            member = package.extractfile(path)
            assert member is not None
            return member.read()

        told = json.loads(published("package/package.json"))
        files = []
        for name in ("yasgui.min.js", "yasgui.min.css"):
            path = f"package/build/{name}"
            data = published(path)
            kept = cut(data) if name.endswith(".js") else data
            (VENDOR / name).write_bytes(kept)
            sums = {"sha256": _sum(kept), "published_sha256": _sum(data)}
            files.append({"file": name, "path": path, **sums})
    licence = (VENDOR / "yasgui.LICENSE").read_bytes()
    files.append({"file": "yasgui.LICENSE", "path": None, "sha256": _sum(licence)})
    about = (
        "The SPARQL editor, as tools/vendor_editor.py takes it from the npm package (`path`): "
        "without its list of prefixes; `sha256` is of the file here."
    )
    head = {"about": about, "name": told["name"], "version": told["version"]}
    manifest = {**head, "licence": told["license"], "files": files}
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    main()
