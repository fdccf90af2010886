"""Names that no statement explains: the constants among them, and those that could mean something else."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

from nodegraph.core.graph.naming import listed
from nodegraph.core.graph.records import Node
from nodegraph.core.notation.formula_signs import written_out

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "π": math.pi, "e": math.e, "M_PI": math.pi, "M_E": math.e}
"""Names that mean these numbers unless the text defines them otherwise."""
_GREEK = "[αβγηθλπρω]"
_FACTORS = re.compile(
    r"(?:[^\W\d_]{1,2}\d+){2,}|(?:[^\W\d_]_\d+){2,}|[A-Za-z]\d*π"
    rf"|{_GREEK}\d*[A-Za-z]\d*|{_GREEK}(?!in$|[a-z]*[aeiouy])(?!.[ij])[A-Za-z]{{2,3}}"
    rf"|[A-Zabce-z]\d*{_GREEK}(?![a-z]*[aeiou])[A-Za-z]{{1,3}}|{_GREEK}{{3,}}"
)
"""Letters with an index each, as in w1x1 and kq1q2, or a Greek letter before another, as in πr and ωt, and
others around it, as in ρgh and jωRC, which are no word, as in θmax; those that often stand before a name as
part of it, as in Δx, σx and εr, are none.
"""

_PAIRS = (
    "lr mu nu xi pi id ix th sd se ss fn fp tp tn lo hi bn ln fx fy fz hx hy nn wd bs ts ll kl ce eq in up "
    "ID IQ TP FP TN FN SD SE KL CE TR TC MC MR AC AR FC VC CF ok no to of by is on "
    "pH pK pOH NX FV kB"
)
"""Names of two letters that people give: learning rate, mean, standard deviation, true positives, …"""
_THREE = re.compile(r"[a-z]{2}[A-Z]|[a-z][A-Z]{2}|mgh")
"""Three letters that are seldom a name: nRT."""
_BEFORE_E = re.compile(r"[^\W\d_]_?\d*e")
"""A letter before Euler's number, as in N0e^(-λ*t)."""
_LAYER = re.compile("[AUVW][xhz]")
_CALLED = re.compile(r"(sin|cos|tan|tanh|exp|ln|sqrt)([xyzuvθφαωA-Z]\d*)|(ln)([a-z]\d*)|(max|min)([xyz]\d*)")
"""A function right before a letter, as in sinx; cost and tank are names."""
_OF_NUMPY = re.compile(r"\b(?:np|numpy)\.(?:float(?:16|32|64)?|array|asarray|double|single)\([-+.\d]")
"""A number of numpy, which is read as an input."""
_DERIVED = re.compile(r"grad|backward|deriv|diff|jac|d\w*/d|autodiff|torch|jax|tape", re.IGNORECASE)
_SUMMED = re.compile(r"(?P<sign>[ΣΠ])[^\W\d_]\w*")
"""The sign of a sum, or of a product, right before a letter."""


def why_unclear(name: str, *, is_raised: bool = False) -> str:
    """Returns why a name may be meant for something else than an input, and how to say which; "" where not.
    `is_raised`, it stands before a power that is no number, as in Pe^(r*t).

    >>> why_unclear("w1x1")
    'w1x1 may be the product w1*x1 or one name; write w1*x1, or begin with “w1x1;”'
    >>> why_unclear("sinx")
    'sinx may be sin(x) or one name; write sin(x), or begin with “sinx;”'
    >>> why_unclear("πr").rpartition("; ")[2]
    'write π*r, or begin with “πr;”'
    >>> why_unclear("Σx_i")
    'Σx_i may be a sum or one name; write its terms out, x1 + x2 + x3, or begin with “Σx_i;”'
    >>> why_unclear("inf"), why_unclear("w1_x1")
    ('inf is no finite number; for an input of that name, begin with “inf;”', '')
    """
    if is_no_finite_number(name):
        return f"{name} is no finite number; for an input of that name, begin with “{name};”"
    if (series := _SUMMED.fullmatch(name)) is not None:
        kind, parts = ("sum", "terms") if series["sign"] == "Σ" else ("product", "factors")
        meant = f"its {parts} out, {written_out(name, 0)}"
        return f"{name} may be a {kind} or one name; write {meant}, or begin with “{name};”"
    if (called := _CALLED.fullmatch(name)) is not None:
        function, of = filter(None, called.groups())
        meant = f"{function}({of})" if not called[5] else f"{function}({of}, …)"
        return f"{name} may be {meant} or one name; write {meant}, or begin with “{name};”"
    if is_raised and _BEFORE_E.fullmatch(name):
        meant = f"{name[:-1]}*e"
        return f"{name} may be the product {meant} or one name; write {meant}^…, or begin with “{name};”"
    if _FACTORS.fullmatch(name) and name[1:] not in _PAIRS.split():
        factors = "*".join(re.findall(r"[^\W\d_]_?\d*", name))
        return f"{name} may be the product {factors} or one name; write {factors}, or begin with “{name};”"
    return ""


def beside_numpy(text: str, nodes: Sequence[Node]) -> str:
    """Returns which names of a program that derives nothing are constants because its inputs alone are
    numbers of numpy; "" where there are none.
    """
    if not _OF_NUMPY.search(text) or _DERIVED.search(text) or all(node.op != "input" for node in nodes):
        return ""
    stated = {*re.findall(r"^[ \t]*(\w+)[ \t]*=", text, re.MULTILINE)}
    names = [node.name for node in nodes if node.op == "constant" and node.name in stated]
    if not names:
        return ""
    are = "is a constant here, which gets" if len(names) == 1 else "are constants here, which get"
    return f"{listed(names)} {are} no gradient; np.float64(…) around a number makes an input of it."


def is_known_constant(node: Node) -> bool:
    """Whether a node is one of these constants, by its own name."""
    return node.op == "constant" and node.name in CONSTANTS and node.value == CONSTANTS[node.name]


def factors_in(name: str, others: Collection[str] = ()) -> str:
    """Returns the product that a name of a few letters may be meant for, "" for one that looks like a name;
    the x of Wx is an index where one of the `others` is called x.

    >>> [factors_in(name) for name in ("wx", "mc", "RT", "ωt", "nRT", "lr", "dx", "Ea", "x1", "loss")]
    ['w*x', 'm*c', 'R*T', 'ω*t', 'n*R*T', '', '', '', '', '']
    """
    is_indexed = (name[:1].isupper() and name[1:].islower()) or name[-1:] in ("i", "j")
    is_pair = len(name) == 2 and name.isalpha() and not is_indexed
    is_layer = _LAYER.fullmatch(name) is not None and name[1] not in others
    is_product = is_pair or is_layer or _THREE.fullmatch(name) is not None
    return "*".join(name) if is_product and name[0] not in "dδΔ∂σε" and name not in _PAIRS.split() else ""


def is_no_finite_number(name: str) -> bool:
    """Whether a name is the word for infinity, or for what is no number."""
    return name.lower() in ("inf", "infinity", "nan")
