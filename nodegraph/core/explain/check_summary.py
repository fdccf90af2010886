"""What a gradient check comes to, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nodegraph.core.checks.gradient_check import Check


def summary(found: Sequence[Check], which: str = "", most: int | None = None) -> Iterator[str]:
    """Yields sentences: how many gradients agree, and the names of all others, or of so many at most, by what
    was found. `which` says of the gradients that they are not all.
    """
    differ = [one.name for one in found if one.differs]
    undecided = [one.name for one in found if one.finding == "undecided"]
    nothing = [one.name for one in found if one.finding == "nothing"]
    kinks = [one.name for one in found if one.agrees and one.finding == "kink"]
    agree = sum(one.agrees for one in found) - len(kinks)
    agreement = "agrees with its numerical derivative"
    if agree != 1:
        agreement = "agree with their numerical derivatives"
    if len(found) == 1 and not (kinks or undecided or nothing):
        only = f"The only gradient{which}".replace("were", "was")
        yield f"{only} differs: {differ[0]}." if differ else f"{only} {agreement}."
    elif differ:
        verb = "differs" if len(differ) == 1 else "differ"
        yield f"{len(differ)} of {len(found)} gradients{which} {verb}: {_names(differ, most)}."
    elif agree == len(found):
        every = "Both" if agree == 2 else f"All {agree}"
        yield f"{every} gradients{which} {agreement}."
    elif agree:
        yield f"{agree} of {len(found)} gradients{which} {agreement}."
    if kinks:
        yield f"At a kink, where any slope between those of its two sides will do: {_names(kinks, most)}."
    if undecided:
        yield f"Numbers cannot tell here: {_names(undecided, most)}."
    if nothing:
        yield f"Nothing to compare: {_names(nothing, most)}."


def _names(names: Sequence[str], most: int | None) -> str:
    """The names, or the first of them with the number of the others."""
    if most is None or len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
