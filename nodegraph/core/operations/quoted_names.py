"""Names that are no identifiers, as they stand in the text of a graph: between marks, as `weight 1`.

Knows text only; each character knows where it stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from nodegraph.core.notation.formula_tokens import InPython

MARK = "`"
_NAME = r"(?!\d+(?:\.\d*)?`)[\w'](?:[\w .:']*[\w'])?"
"""What can stand between marks: words with spaces, and nothing that could be a formula or a number."""
_QUOTED = re.compile(f"{MARK}({_NAME}){MARK}")


def can_be_quoted(name: str) -> bool:
    """Whether a name is read back from between marks.

    >>> [can_be_quoted(name) for name in ("weight 1", "lambda", "1a", "a*b", "x²", "1.5", "")]
    [True, True, True, False, False, False, False]
    """
    is_plain = unicodedata.normalize("NFKC", name) == name
    return is_plain and _QUOTED.fullmatch(f"{MARK}{name}{MARK}") is not None


def without_marks(typed: InPython) -> tuple[InPython, Mapping[str, str]]:
    """Returns a text with an identifier in place of each name between marks, and the names by those.

    >>> text = "y = `weight 1` * x"
    >>> made, names = without_marks(InPython(text, range(len(text) + 1)))
    >>> made.text, dict(names)
    ('y = _name_1_ * x', {'_name_1_': 'weight 1'})
    """
    if MARK not in typed.text:
        return typed, {}
    made: list[str] = []
    places: list[int] = []
    words: dict[str, str] = {}
    done, stem = 0, "_name_"
    while stem in typed.text:
        stem = f"_{stem}"
    for found in _QUOTED.finditer(typed.text):
        if not can_be_quoted(found[1]):
            continue
        word = words.setdefault(found[1], f"{stem}{len(words) + 1}_")
        made += [typed.text[done : found.start()], word]
        places += [*typed.places[done : found.start()], *[typed.places[found.start()]] * len(word)]
        done = found.end()
    return InPython("".join([*made, typed.text[done:]]), [*places, *typed.places[done:]]), {
        word: name for name, word in words.items()
    }
