"""The command `kg`: one module a subcommand, loaded when it is called."""

from __future__ import annotations

from kg.cli.app import app, main

__all__ = ["app", "main"]
