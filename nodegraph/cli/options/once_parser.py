"""A parser that refuses an option with one value where it is given twice, lest one of them be ignored, and
says of words that it does not take what to write instead.
"""

from __future__ import annotations

import argparse
import os
import re
from itertools import takewhile
from typing import Any

from nodegraph.cli.options.stray_words import unknown_option, why_stray

_NEGATIVE = re.compile(r"-(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$", re.IGNORECASE)
"""What is a number rather than an option; argparse takes -1e-3 for an option before Python 3.14."""


class OnceParser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)
        self._negative_number_matcher = _NEGATIVE
        self.words: list[str] = []
        """What was typed behind the command."""
        self.given: set[str] = set()
        """What was typed so far of options that take one value."""
        self.register("action", None, _Once)
        self.register("action", "store", _Once)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse has it, but what is none of its options is named first, and what to write instead."""
        words = self.words = list(args or ())
        options = [
            *self._option_string_actions,
            *(str(one.metavar) for one in self._get_positional_actions()),
        ]
        if unknown := unknown_option(words, options):
            self.error(why_stray(unknown, words, options))
        found, stray = self.parse_known_args(words, namespace)
        if stray:
            said = self._why_one_more(stray[0], words) or why_stray(stray[0], words, options)
            self.error(said)
        return found

    def _why_one_more(self, stray: str, words: list[str]) -> str:
        """Returns what to say of a word behind the value of an option that takes one; or ""."""
        place = words.index(stray) if stray in words else 0
        option = words[place - 2] if place > 1 else ""
        action = self._option_string_actions.get(option)
        if action is None or action.nargs is not None or stray.lstrip().startswith("-"):
            return ""
        if "=" in stray or os.path.exists(stray):
            return ""
        if "=" in str(action.metavar) and "=" not in words[place - 1]:
            return ""
        rest = [*takewhile(lambda word: not word.startswith("-"), words[place - 1 :])]
        one_more = f"{option} takes one value, and “{stray}” is one more"
        if "=" in rest[0]:
            return f"{one_more}; leave one of them out"
        if isinstance(action, argparse._AppendAction):
            return f"each has an option of its own: {' '.join(f'{option} {word}' for word in rest)}"
        if action.type is None and action.choices is None:
            return (
                f'{one_more}; a value with spaces stands between quotation marks: {option} "{" ".join(rest)}"'
            )
        return f"{one_more}; leave one of them out"

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
