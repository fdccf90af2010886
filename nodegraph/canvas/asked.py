"""What `nodegraph.export` is asked for: every argument is of its kind, and no two of them say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from numbers import Integral, Real
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.demand import demand_graph, demand_path
from nodegraph.core.numbers import is_finite
from nodegraph.core.quoting import quoted, shortened

_MOST_TOLD = 40


def _is_number(given: Any) -> bool:
    return isinstance(given, Real) and not isinstance(given, bool) and is_finite(given)


def _is_whole(given: Any) -> bool:
    return isinstance(given, Integral) and _is_number(given)


def _is_switch(given: Any) -> bool:
    return isinstance(given, bool) or (_is_whole(given) and given in (0, 1)) or "bool" in type(given).__name__


def _is_text(given: Any) -> bool:
    return isinstance(given, str)


def _are_words(given: Any) -> bool:
    return isinstance(given, str) or (isinstance(given, Collection) and all(map(_is_text, given)))


_Kind = tuple[Callable[[Any], bool], str]
_KINDS: Mapping[str, _Kind] = {
    **{name: (_is_whole, f"a whole number, such as {such},") for name, such in
       {"step": 3, "digits": 3, "dpi": 300, "fps": 25, "loop": 0}.items()},
    **{name: (_is_number, f"a number, such as {such},") for name, such in
       {"scale": 2, "margin": 24, "speed": 1.5}.items()},
    **dict.fromkeys(("transparent", "arrowheads", "plain_names", "training"), (_is_switch, "True or False,")),
    **{name: (_is_text, f'text, such as "{such}",') for name, such in
       {"theme": "dark", "after": "forward", "labels": "full", "edges": "straight", "notation": "compact",
        "direction": "top-to-bottom"}.items()},
    **dict.fromkeys(("show", "hide"), (_are_words, 'a list of words, such as ["legend"],')),
}  # fmt: skip
_MAY_BE_LEFT_OUT = frozenset({"scale", "step", "digits", "dpi", "direction"})


def demand_arguments(given: Mapping[str, Any]) -> None:
    """Raise Refused where an argument, by its name, is of another kind than it has to be, or where two of
    them contradict each other.

    >>> from nodegraph.core.building.expression import parse
    >>> demand_arguments({"graph": parse("a*b"), "path": "f.png", "dpi": "300"})
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: dpi is a whole number, such as 300, not the text “300”.
    """
    demand_graph(given["graph"], "export")
    demand_path(given["path"], "export")
    for name, (is_so, said) in _KINDS.items():
        one = given.get(name)
        if name not in given or is_so(one) or (one is None and name in _MAY_BE_LEFT_OUT):
            continue
        told = f"the text “{quoted(one)}”" if isinstance(one, str) else quoted(repr(one))
        raise Refused(f"{name} is {said} not {shortened(told, _MOST_TOLD)}.")
    if given.get("scale") is not None and given.get("width") is not None:
        raise Refused("A picture is as large as its scale or its width says; leave one of them out.")
    if given.get("step") is not None and given.get("after") in ("none", "forward"):
        raise Refused("A picture shows the moment after a pass or after a step; leave out after or step.")
