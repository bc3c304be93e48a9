"""No module of the package is longer than can be read at one sitting."""

from __future__ import annotations

from pathlib import Path

import kg

LONGEST = 300  # lines


def test_no_module_is_too_long() -> None:
    sizes = {
        str(path): path.read_text().count("\n") for path in Path(kg.__file__).parent.rglob("*.py")
    }
    assert len(sizes) > 100
    assert {path: lines for path, lines in sizes.items() if lines > LONGEST} == {}
