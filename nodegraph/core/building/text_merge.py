"""Two texts of a graph that went different ways from one, made one line by line. Knows lines alone."""

from __future__ import annotations

from difflib import SequenceMatcher


def merged(typed: str, before: str, after: str) -> str:
    """Returns a typed text in which lines that stand in `before` are as in `after`; its own lines stay.

    >>> before, after = "a = input(2)\\nL = a * b", "a = input(3)\\nL = a * b"
    >>> print(merged("a = input(2)\\n# mine\\nL = a*b +", before, after))
    a = input(3)
    # mine
    L = a*b +
    """
    old, new, kept = before.split("\n"), after.split("\n"), typed.split("\n")
    for tag, first, last, start, end in reversed(SequenceMatcher(None, old, new, False).get_opcodes()):
        if tag == "equal":
            continue
        place = None
        for line in old[first:last]:
            if line in kept:
                place = kept.index(line)
                del kept[place]
        if place is None:
            above = [kept.index(line) for line in old[:first] if line in kept]
            place = above[-1] + 1 if above else 0
        kept[place:place] = new[start:end]
    return "\n".join(kept)
