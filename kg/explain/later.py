"""A mapping that is worked out when it is first looked at, and then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

__all__ = ["Later"]

Value = TypeVar("Value")


class Later(Mapping[str, Value]):
    """A mapping that nobody pays for who does not look at it; copies and pickles are dicts.

    >>> squares = Later(lambda: {str(n): n * n for n in range(3)})
    >>> squares["2"], len(squares), squares == {"0": 0, "1": 1, "2": 4}
    (4, 3, True)
    """

    def __init__(self, make: Callable[[], dict[str, Value]]) -> None:
        self._make = make

    @cached_property
    def _known(self) -> dict[str, Value]:
        return self._make()

    def __getitem__(self, key: str) -> Value:
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __repr__(self) -> str:
        return repr(self._known)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (self._known,)
