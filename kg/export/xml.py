"""Writing XML: elements in the order given, everything escaped, indented by a space a level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

from kg.export.text import legal

_ENDS = {"\r": "&#13;"}
_Attributes = Mapping[str, str | int | float | bool | None]


class XmlWriter:
    r"""Collects an XML document.

    >>> xml = XmlWriter()
    >>> with xml.element("a", {"b": '"<'}):
    ...     xml.leaf("c", text="x & y")
    >>> print(xml.document().partition("\n")[2], end="")
    <a b='"&lt;'>
     <c>x &amp; y</c>
    </a>
    """

    def __init__(self) -> None:
        self._lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._depth = 0

    @contextmanager
    def element(self, name: str, attributes: _Attributes | None = None) -> Iterator[None]:
        """Open an element around what is written inside the `with` statement."""
        self._line(f"<{name}{_written(attributes)}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{name}>")

    def leaf(
        self, name: str, attributes: _Attributes | None = None, text: str | None = None
    ) -> None:
        """Write an element that holds text, or nothing."""
        opened = f"{name}{_written(attributes)}"
        if text is None:
            self._line(f"<{opened}/>")
        else:
            self._line(f"<{opened}>{escape(legal(text), _ENDS)}</{name}>")

    def document(self) -> str:
        """The whole document."""
        return "\n".join(self._lines) + "\n"

    def _line(self, line: str) -> None:
        self._lines.append(" " * self._depth + line)


def plain_value(value: str | int | float | bool) -> str:
    """A value as XML Schema writes it.

    >>> [plain_value(value) for value in (True, -1, 0.5, "x")]
    ['true', '-1', '0.5', 'x']
    """
    return str(value).lower() if isinstance(value, bool) else str(value)


def _written(attributes: _Attributes | None) -> str:
    return "".join(
        f" {name}={quoteattr(legal(plain_value(value)), _ENDS)}"
        for name, value in (attributes or {}).items()
        if value is not None
    )
