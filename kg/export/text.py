"""Texts that come from anywhere, made harmless for files and fit for drawings."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any, Final

# What no XML 1.0 document may hold: control characters, lone surrogates, two non-characters.
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Marks that turn the direction of all the text that follows, until another mark ends it.
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What means something to Markdown inside a line, addresses that it would make links of included.
_INSIDE: Final = re.compile(r"[\\`*_{}\[\]<>&|~$!#@]|:(?=/)|(?<=www)\.", re.IGNORECASE)
_AT_START: Final = re.compile(r"^(\d*)([-+=.):])")


def legal(text: str) -> str:
    r"""The text with every character that XML forbids replaced by the replacement character.

    >>> legal("a\x00b\tc")
    'a\ufffdb\tc'
    """
    return _ILLEGAL.sub("\ufffd", text)


def as_json(document: Any) -> str:
    r"""The document as JSON that stays JSON inside a page: nothing in it ends a script.

    >>> as_json(["</script>"])
    '[\n "\\u003c/script>"\n]\n'
    """
    text = json.dumps(document, ensure_ascii=False, indent=1)
    for sign in "<\u2028\u2029":  # outside of strings JSON has none of them
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text + "\n"


def tidy(text: str) -> str:
    r"""The text as one line for display: nothing that turns, breaks or hides what is around it.

    >>> tidy(" two\nlines \u202e and a turn")
    'two lines and a turn'
    """
    return " ".join(_TURNING.sub("", legal(text)).replace("\ufffd", " ").split())


def shortened(text: str, most: int = 120) -> str:
    """The text as one line of at most so many characters, cut with an ellipsis.

    >>> shortened("a very long name", 10)
    'a very lo…'
    """
    line = tidy(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def wrapped(text: str, width: int = 24) -> list[str]:
    """The shortened text in lines of at most so many characters; at least one line.

    >>> wrapped("a name of several words", 10)
    ['a name of', 'several', 'words']
    """
    return textwrap.wrap(shortened(text), width, break_on_hyphens=False) or [""]


def markdown(text: str) -> str:
    r"""The text as one line of Markdown that says just that.

    >>> markdown("*not* bold | <b>, well-known")
    '\\*not\\* bold \\| \\<b\\>, well-known'
    """
    inside = _INSIDE.sub(r"\\\g<0>", tidy(text))
    return _AT_START.sub(r"\1\\\2", inside)
