"""What people do with formulas in programs beside writing them down: functions with names of their own, lists
of numbers, names that are given several values. What is computed stays the same.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from program_mathematics import Mathematics, Step, Tree
from program_styles import Spelling, text_of

_ARGUMENTS = ("x", "y", "w", "b", "u", "v", "a", "n", "s", "z", "h", "t", "e", "c")
_FUNCTIONS = ("layer", "act", "g", "neuron", "affine", "step_one", "cost", "h", "mse", "term")
_LISTS = ("w", "xs", "theta", "params", "p", "weights", "W")


def names_in(tree: Tree) -> list[str]:
    """Returns the names in a formula, each once, in the order in which they stand."""
    found = [tree.text] if tree.op == "name" else []
    for part in tree.parts:
        found += [name for name in names_in(part) if name not in found]
    return found


def renamed(tree: Tree, names: dict[str, str]) -> Tree:
    """Returns a formula with other names."""
    parts = tuple(renamed(part, names) for part in tree.parts)
    return replace(
        tree, parts=parts, text=names.get(tree.text, tree.text) if tree.op == "name" else tree.text
    )


def with_lists(pick: random.Random, formulas: Mathematics) -> tuple[Mathematics, str, list[str]]:
    """Returns formulas whose last leaves are elements of a list, its name and these leaves; or none."""
    known = list(formulas.leaves)
    taken = {*known, *(step.name for step in formulas.steps)}
    free = [name for name in _LISTS if name not in taken]
    if len(known) < 2 or not free or any(step.name in known for step in formulas.steps):
        return formulas, "", []
    name, held = pick.choice(free), known[-pick.randint(2, len(known)) :]
    names = {one: f"{name}[{place}]" for place, one in enumerate(held)}
    found = Mathematics(
        {names.get(one, one): text for one, text in formulas.leaves.items()},
        [Step(step.name, renamed(step.tree, names)) for step in formulas.steps],
        {},
    )
    for one, dual in formulas.known.items():
        slopes = {names.get(leaf, leaf): slope for leaf, slope in dual.slopes.items()}
        found.known[names.get(one, one)] = replace(dual, slopes=slopes)
    return found, name, list(names.values())


def as_function(
    pick: random.Random, formulas: Mathematics, place: int, spelling: Spelling
) -> tuple[list[str], str]:
    """Returns the lines of a function that computes a step, in names of its own, and its call."""
    step = formulas.steps[place]
    outer = names_in(step.tree)
    taken = {*formulas.known, *(name.partition("[")[0] for name in formulas.known)}
    name = next((one for one in pick.sample(_FUNCTIONS, len(_FUNCTIONS)) if one not in taken), "fn_own")
    inner = (
        pick.sample(_ARGUMENTS, len(outer))
        if len(outer) <= len(_ARGUMENTS) and pick.random() < 0.7
        else outer
    )
    if any("[" in one for one in inner):
        inner = pick.sample(_ARGUMENTS, len(outer))
    tree = renamed(step.tree, dict(zip(outer, inner, strict=True)))
    given = list(outer)
    words = pick.random()
    if words < 0.25:
        given = [f"{one}={other}" for one, other in zip(inner, outer, strict=True)]
        pick.shuffle(given)
    elif words < 0.4:
        given[-1] = f"{inner[-1]}={outer[-1]}"
    body = text_of(tree, spelling, pick)
    arguments = list(inner)
    if pick.random() < 0.15:
        arguments.append("scale=1.0")
        body = f"scale * ({body})"
    if pick.random() < 0.2:
        return [f"{name} = lambda {', '.join(arguments)}: {body}"], f"{name}({', '.join(given)})"
    lines = [f"return {body}"]
    if pick.random() < 0.4:
        local = pick.choice(("out", "r", "y", "res", step.name))
        local = local if local not in inner else "res_"
        lines = [f"{local} = {body}", f"return {local}"]
    return [
        f"def {name}({', '.join(arguments)}):",
        *("    " + line for line in lines),
    ], f"{name}({', '.join(given)})"


def once_more(pick: random.Random, formulas: Mathematics, *, leaves: bool) -> Mathematics:
    """Returns the same formulas, where names of steps, or also of leaves, are given a second value once their
    first is used no more.
    """
    steps = [Step(step.name, step.tree) for step in formulas.steps]
    known = dict(formulas.known)
    for place, step in enumerate(steps[:-1]):
        later = {name for other in steps[place + 1 :] for name in names_in(other.tree)}
        given = [*(formulas.leaves if leaves else ()), *(one.name for one in steps[:place])]
        free = [name for name in given if name not in later]
        if not free or pick.random() < 0.5:
            continue
        name = pick.choice(free)
        names = {step.name: name}
        steps[place] = Step(name, steps[place].tree)
        for other in range(place + 1, len(steps)):
            steps[other] = Step(steps[other].name, renamed(steps[other].tree, names))
        known.pop(step.name, None)
        if name not in formulas.leaves:
            known.pop(name, None)
    return Mathematics(formulas.leaves, steps, known)


def plain_name(name: str) -> str:
    """Returns w0 for w[0], as a node of it is called."""
    return re.sub(r"\[(\d+)\]", r"\1", name)


def as_prompted(lines: list[str]) -> list[str]:
    """Returns the lines as Python's prompts show them; those that stand indented go on with the one above."""
    typed = [line for whole in lines for line in whole.split("\n")]
    made: list[str] = []
    for place, line in enumerate(typed):
        goes_on = line[:1] in (" ", ")") or (line == "" and typed[place - 1][:1] == " ")
        is_below = made and made[-1].startswith("... ") and not goes_on
        made += ["... "] if is_below else []
        made.append(("... " if goes_on else ">>> ") + line)
    return made
