"""What the page computes and says, as JavaScript: the records of the operations, and the very functions that
write the sentences, the derivations and the numbers of the window.

Translating takes a moment, so what is the same in each page is kept in a resource, beside a digest of the
sources it was made of. Where these are others now, or an operation was added, it is translated again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from nodegraph import resources
from nodegraph.canvas.drawing import geometry, lettering
from nodegraph.canvas.page.digest import digest_of, is_of_the_sources
from nodegraph.core import numbers, typeset
from nodegraph.core.engine import rounding, trace
from nodegraph.core.errors import Refused
from nodegraph.core.explain import derivation, edge_words, explanation, symbols
from nodegraph.core.operations import catalogue, domains, equations, formula, formula_writer
from nodegraph.core.quoting import quoted
from nodegraph.core.script.script import Script

KEPT = ("page", "program.json")
_KNOWN: tuple[tuple[object, str], ...] = (
    (catalogue.rule_tree, "_ruleTree"),
    (catalogue.OPERATIONS, "_operations"),
    (catalogue.NOTATIONS, "_notations"),
    (catalogue.VALUE_FUNCTIONS, "_values"),
    (Refused, "_refused"),
    (lettering.text_width, "_textWidth"),
    (quoted, "_quoted"),
    (numbers.plain_digits, "_plainDigits"),
    (geometry.VALUE, '"number"'),
    # The page shows no LaTeX, so it carries none: what writes both writes one.
    (formula_writer.write_name, "_named"),
    (typeset.in_formula, "_named"),
    (formula_writer.fitted, "S"),
    (formula_writer.bracketed, "((t)=>`(${t})`)"),
    (formula_writer.negative_zero, '(()=>"(−0)")'),
    (formula_writer.number_in_latex, "S"),
    (symbols.is_bare, "_bare"),
    (symbols.name_of, "_name"),
    (symbols.name_side, "_side"),
    (symbols.derivative, "_slope"),
    (symbols.stored, '((_,name)=>_named(name)+".grad")'),
    (symbols.way, '((_,names)=>names.map(_named).join(" → ")+":")'),
    (symbols.times, '(()=>" × ")'),
    (equations.LATEX_SIGNS, "{}"),
    (equations.told, "_told"),
    (equations.both, "_unicode"),
    (rounding.deciding_zeros, "_zeros"),  # there a node at a time, here in rows
)
"""What the page has itself."""
_LEFT_OUT = frozenset(
    f"{owner}.{name}"
    for owner, names in {
        "Operation": "symbol group rule domain samples synonyms searched source element fold definition",
        "Notation": "python latex",
        "Trace": "_repr_mimebundle_ order values gradients problems position_of _positions",
        "Number": "__hash__",
        "Line": "latex",
        "Formula": "latex symbols head",
    }.items()
    for name in names.split()
)
_API: Mapping[str, object] = {
    "stepTitle": explanation.step_title,
    "stepSentence": explanation.step_sentence,
    "deriveStep": derivation.derive_step,
    "deriveNode": derivation.derive_node,
    "whyNotFinite": domains.why_not_finite,
    "readNumber": numbers.read_number,
    "formatExact": numbers.format_exact,
    "formatValue": numbers.format_value,
    "formatSigned": numbers.format_signed,
    "fittedText": geometry.fitted_text,
    "chipText": edge_words.text_of,
    "isCarriedRounding": edge_words.is_carried_rounding,
    "isRounding": rounding.is_rounding,
    "Form": edge_words.Form,
    "Trace": trace.Trace,
    "passing": catalogue.PASS_THROUGH,
    "Number": formula.Number,
    "Name": formula.Name,
    "Call": formula.Call,
    "Side": equations.Side,
    "write": formula_writer.write,
}
"""What the page calls, by the name it has there."""
TELL_ZEROS_APART = frozenset(("divide", "power", "reciprocal"))
"""Operations that make of −0 something else than of 0, so that it is written in formulas, as a negation."""
NEGATION = "negate"
_SHIPPED = dict(catalogue.OPERATIONS)
_NAMED = re.compile(r"\$[0-9A-Za-z]+")


@dataclass(frozen=True)
class Program:
    """Translated definitions by name, in an order in which they can be run; what the page calls; and
    the names of the operations' records.
    """

    definitions: Mapping[str, str]
    api: Mapping[str, str]
    operations: Mapping[str, str]

    def text(self, operations: Iterable[str]) -> str:
        """Returns the script for a graph with these operations, and nothing that it does not need."""
        operations = set(operations)
        if operations & TELL_ZEROS_APART:
            operations.add(NEGATION)
        chosen = {name: self.operations[name] for name in sorted(operations) if name in self.operations}
        needed = self._needed([*self.api.values(), *chosen.values()])
        parts = [text for name, text in self.definitions.items() if name in needed]
        parts.sort(key=_kind)
        records = ",".join(f"[{json.dumps(name)},{record}]" for name, record in chosen.items())
        named = ",".join(f"{name}:{record}" for name, record in self.api.items())
        return "".join([*parts, f"const api={{{named}}};", f"_take([{records}]);"])

    def _needed(self, roots: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(roots)
        while waiting:
            name = waiting.pop()
            if name not in found and name in self.definitions:
                found.add(name)
                waiting.extend(_NAMED.findall(self.definitions[name]))
        return found


def _kind(definition: str) -> int:
    """Functions are there from the beginning; constants may be made of classes."""
    return 2 if definition.startswith("const ") else 1 if definition.startswith("class ") else 0


def translated() -> dict[str, Any]:
    """Returns the program as it is kept in the resource, translated now."""
    script = Script(_KNOWN, _LEFT_OUT)
    api = {name: script.refer(value) for name, value in _API.items()}
    operations = {name: script.refer(record) for name, record in catalogue.OPERATIONS.items()}
    modules = sorted(script.modules)
    return {
        "modules": modules,
        "digest": digest_of(modules),
        "api": api,
        "operations": operations,
        "definitions": dict(script.definitions),
    }


def program() -> Program:
    """Returns the program for the operations there are."""
    kept = _kept()
    if kept is None or not _are_shipped(catalogue.OPERATIONS):
        kept = translated()
    return Program(kept["definitions"], kept["api"], kept["operations"])


def _are_shipped(operations: Mapping[str, catalogue.Operation]) -> bool:
    """Whether these are the records that came with the program, and no others."""
    return operations.keys() == _SHIPPED.keys() and all(
        record is _SHIPPED[name] for name, record in operations.items()
    )


@cache
def _kept() -> dict[str, Any] | None:
    """What the resource holds, where it was made of the sources as they are."""
    path = resources.path(*KEPT)
    if not path.exists() or not is_of_the_sources(path):
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
