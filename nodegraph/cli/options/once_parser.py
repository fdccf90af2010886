"""A parser that refuses an option with one value where it is given twice, lest one of them be ignored."""

from __future__ import annotations

import argparse
from typing import Any


class OnceParser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.given: set[str] = set()
        """What was typed so far of options that take one value."""
        self.register("action", None, _Once)
        self.register("action", "store", _Once)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.given.clear()
        return super().parse_known_args(args, namespace)


class _Once(argparse.Action):
    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        if option is not None and isinstance(parser, OnceParser):
            if self.dest in parser.given:
                parser.error(f"{option} is given twice; leave one of them out")
            parser.given.add(self.dest)
        setattr(namespace, self.dest, values)
