"""The process that holds the statements for SPARQL: it copies itself for each query.

It reads its task as JSON from its only argument, loads the statements once, says "ready" on
standard output, and then has one thread and one loop: each connection to its socket is one query,
answered by a copy of the process that ends with it. Whoever hangs up has the query ended. When
standard input ends, whoever started it is gone, and so is it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import Any, Final, Never

import pyoxigraph as ox

from kg.serve.answering import Answer, Limits, answer, shut_in

_LONGEST: Final = 1024 * 1024
_LENGTH: Final = struct.Struct("!I")
_FIRST: Final[dict[str, Any]] = {
    "base": None,
    "default": [],
    "named": [],
    "results": "application/json",
    "graph": "text/turtle",
}


def main() -> None:
    """Load the statements and answer queries until standard input ends."""
    task = json.loads(sys.argv[1])
    store, limits = _loaded(task), Limits(*task["limits"])
    # What is read from files when it is first used is read now: later there are none.
    for query in ("ASK {}", "CONSTRUCT {} WHERE {}", "no query"):
        answer(store, {"query": query, **_FIRST}, limits)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(task["socket"])
    listener.listen(64)
    graphs = [g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode)]
    print(json.dumps({"graphs": graphs, "triples": len(store)}), flush=True)
    _Loop(store, listener, limits).run()


def _loaded(task: dict[str, Any]) -> ox.Store:
    if task.get("quads"):
        store = ox.Store()
        store.bulk_load(path=task["quads"], format=ox.RdfFormat.N_QUADS)
        return store
    from kg.graph import open_graph

    with open_graph(task["source"], add=task["add"]) as graph:
        copied = getattr(graph.store, "in_memory", None)
        if copied is None:
            raise SystemExit("this store answers SPARQL itself")
        found: ox.Store = copied()
    return found


class _Loop:
    """Waits for queries, for copies that end, and for callers that hang up."""

    def __init__(self, store: ox.Store, listener: socket.socket, limits: Limits) -> None:
        self._store = store
        self._listener = listener
        self._limits = limits
        self._running: dict[int, tuple[int, socket.socket]] = {}  # by the number of the socket
        self._poll = select.poll()
        self._woken, self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def run(self) -> None:
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this
        for number in (self._listener.fileno(), self._woken, sys.stdin.fileno()):
            self._poll.register(number, select.POLLIN)
        while True:
            for number, _ in self._poll.poll():
                if number == sys.stdin.fileno():
                    self._leave()
                elif number == self._woken:
                    os.read(self._woken, 4096)
                elif number == self._listener.fileno():
                    self._accept()
                elif number in self._running:
                    self._end(number)
            self._reap()

    def _accept(self) -> None:
        caller, _ = self._listener.accept()
        try:
            pid = os.fork()
        except OSError:
            caller.close()
            return
        if pid == 0:
            self._answer(caller)
        self._running[caller.fileno()] = (pid, caller)
        self._poll.register(caller.fileno(), 0)  # only that it hangs up

    def _answer(self, caller: socket.socket) -> Never:
        """Answer as the copy; never returns."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._listener.close()
            for _, other in self._running.values():
                other.close()
            shut_in(self._limits)
            asked = json.loads(_read(caller))
            _send(caller, answer(self._store, asked, self._limits))
            os._exit(0)
        except BaseException:
            os._exit(1)

    def _end(self, number: int) -> None:
        """End the query of a caller that hung up: not reaped yet, so its number is its own."""
        pid, _ = self._running[number]
        self._poll.unregister(number)
        os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        while self._running:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            for number, (other, caller) in list(self._running.items()):
                if other == pid:
                    del self._running[number]
                    if caller.fileno() >= 0:
                        self._forget(number)
                    caller.close()

    def _forget(self, number: int) -> None:
        try:
            self._poll.unregister(number)
        except KeyError:
            return

    def _leave(self) -> Never:
        for pid, _ in self._running.values():
            os.kill(pid, signal.SIGKILL)
        Path(self._listener.getsockname()).unlink(missing_ok=True)
        os._exit(0)


def _read(caller: socket.socket) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(caller, _LENGTH.size))
    if length > _LONGEST:
        raise ValueError("too long")
    return _exactly(caller, length)


def _exactly(caller: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        chunk = caller.recv(length - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


def _send(caller: socket.socket, found: Answer) -> None:
    head = json.dumps({"status": found.status, **found.told}).encode()
    caller.sendall(_LENGTH.pack(len(head)) + head + _LENGTH.pack(len(found.content)))
    caller.sendall(found.content)


if __name__ == "__main__":
    main()
