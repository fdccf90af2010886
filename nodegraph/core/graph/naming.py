"""Names: which a node may have, which are free, and what titles and notes may say.

Knows a graph's names; changes none (`edits` does).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.quoting import why_not_seen
from nodegraph.core.typeset import Line, has_namesake, typeset

MAX_NAME = 100
"""Characters a name may have."""
MAX_TITLE = 500
"""Characters of the title of a document or of its table."""

INPUT_NAMES = "abcfxyzuvwghmnpqrst"
OPERATION_NAMES = "edghpqrstuvwmnxyzabcf"
CONSTANT_NAMES = "k"


def shown_name(graph: Graph, name: str) -> Line:
    """Returns a node's name as it is drawn: typeset, or plain where another node's would look the same."""
    return name if has_namesake(name, graph.named) else typeset(name)


def stands_as_number(node: Node, is_used: Callable[[str], object]) -> bool:
    """Whether a node, among others of such names, is a constant that nobody has named, as k2: formulas and
    sentences have its number. One with a name of its own is called by it, on every card and in every formula.
    """
    return node.op == "constant" and _is_automatic(node, is_used)


def with_name(node: Node, name: str) -> Node:
    """Returns a node with the name that a person chose; of a constant it is kept that one did, where the name
    could be automatic.

    >>> with_name(Node("m", "constant", "m", 2.0), "k").named, with_name(Node("k", "input", "k"), "m").named
    (True, False)
    """
    return replace(node, name=name, named=node.op == "constant" and _may_be_automatic(node.op, name))


def article(noun: str) -> str:
    """The noun with a or an.

    >>> article("input"), article("constant")
    ('an input', 'a constant')
    """
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def listed(names: Sequence[str]) -> str:
    """Names of nodes as one says them; of many only how many.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed("abcde")
    ('a', 'a, b and c', '5 nodes')
    """
    if len(names) > 4:
        return f"{len(names)} nodes"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def why_not_name(graph: Graph, name: str, node_id: str | None = None) -> str | None:
    """None where a node may be called so, else the sentence that says why not."""
    refusal = why_never_name(name)
    if refusal:
        return refusal
    for called in (name, *_spelt_alike(name)):
        other = graph.named(called)
        if other is not None and other.id != node_id:
            return f"Another node is called {name} already."
    return None


def in_one_spelling(name: str) -> str:
    """Returns a name with each accent in its letter, as keyboards type it: é may be one sign or two."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _spelt_alike(name: str) -> set[str]:
    """Returns the names that look the same in other signs: accents apart from their letters, x′ and x'."""
    if name.isascii() and "'" not in name:
        return set()
    primes = {name, name.replace("'", "′"), name.replace("′", "'")}
    return {unicodedata.normalize(form, one) for one in primes for form in ("NFC", "NFD")} - {name}


def why_never_name(name: str) -> str | None:
    """None where some node may be called so, whatever the others are called, else the sentence."""
    if not name or name != name.strip():
        return "A name needs at least one character, and no space around it."
    if len(name) > MAX_NAME:
        return f"A name has at most {MAX_NAME} characters."
    unseen = why_not_seen(name)
    if unseen:
        return f"A name {unseen}."
    return None


def why_not_text(text: str, longest: int, lines: bool = False) -> str | None:
    """None where a title or a note may read so, else the predicate that says why not; `lines` allows several.

    >>> why_not_text("two\\nlines", 100), why_not_text("two\\nlines", 100, lines=True)
    ('cannot hold control characters', None)
    """
    if len(text) > longest:
        return f"has at most {longest:,} characters; this one has {len(text):,}"
    plain = text.replace("\n", "").replace("\t", "") if lines else text
    if not plain.isprintable() and any(
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in plain
    ):
        return "cannot hold control characters"
    return None


def as_title(text: str) -> str:
    """Returns the text as a title may read: on one line, without control characters, and not too long.

    >>> as_title("two\\n lines\\0"), len(as_title("long " * 1000))
    ('two lines', 499)
    """
    plain = "".join(
        " " if unicodedata.category(character) in ("Cc", "Cs") else character for character in text
    )
    return " ".join(plain.split())[:MAX_TITLE].strip()


def fresh_name(graph: Graph, op: str, taken: Collection[str] = ()) -> str:
    """A name not in use: a single letter where one is free, then letter and number."""
    free = (n for n in name_candidates(op) if graph.named(n) is None and n not in graph and n not in taken)
    return next(free)


def name_candidates(op: str) -> Iterator[str]:
    """The names a new node may get, in order and without end."""
    letters = _letters(op)
    return itertools.chain(letters, numbered(letters[0]))


def _letters(op: str) -> str:
    return INPUT_NAMES if op == "input" else CONSTANT_NAMES if op == "constant" else OPERATION_NAMES


def is_automatic(graph: Graph, node: Node) -> bool:
    """Whether a node is called as one is that nobody has named; so is e2, but not beside e1."""
    return _is_automatic(node, graph.named)


def _is_automatic(node: Node, is_used: Callable[[str], object]) -> bool:
    if node.named or not _may_be_automatic(node.op, node.name):
        return False
    letters = _letters(node.op)
    is_numbered = node.name not in letters
    return not (is_numbered and is_used(f"{letters[0]}1"))


def _may_be_automatic(op: str, name: str) -> bool:
    """Whether names such as this are given to nodes that nobody has named."""
    letters = _letters(op)
    return name in letters or (name[:1] == letters[0] and name[1:].isdecimal())


def unique_name(graph: Graph, name: str, taken: Collection[str] = ()) -> str:
    """This name, or the next free one of its kind: a, a2, a3…"""
    if graph.named(name) is None and name not in taken:
        return name
    stem = name.rstrip("0123456789") or name
    return next(c for c in numbered(stem) if graph.named(c) is None and c not in taken)


def numbered(stem: str) -> Iterator[str]:
    """A stem with 2, 3… after it, without end."""
    return (f"{stem}{number}" for number in itertools.count(2))
