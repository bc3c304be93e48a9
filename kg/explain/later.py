"""Objects whose fields are worked out when they are first looked at, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self


class Later:
    """Base of a frozen dataclass with slots: nobody pays for a field who does not look at it.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Report(Later):
    ...     title: str
    ...     length: int
    >>> class Work:
    ...     @property
    ...     def length(self) -> int:
    ...         print("counting")
    ...         return 3
    >>> report = Report.later(Work, title="one two three")
    >>> report == Report("one two three", 3)
    counting
    True
    >>> report.length
    3
    """

    __slots__ = ("_work",)
    _work: Callable[[], object]

    @classmethod
    def later(cls, work: Callable[[], object], **known: Any) -> Self:
        """An object that takes each field that is not known from what `work` returns."""
        made = object.__new__(cls)
        object.__setattr__(made, "_work", work)
        for name, value in known.items():
            object.__setattr__(made, name, value)
        return made

    if not TYPE_CHECKING:  # a type checker would believe in any attribute

        def __getattr__(self, name: str) -> Any:
            # Called only for what is not there yet.
            if name not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            value = getattr(self._work(), name)
            object.__setattr__(self, name, value)
            return value
