"""A script: functions, classes and constants of Python as one text of JavaScript, with all that they name.

Each is found from the object itself, so whatever stands in a record is translated, wherever it was written.
"""

from __future__ import annotations

import ast
import builtins
import dataclasses
import functools
import inspect
import math
from collections.abc import Mapping, Sequence, Set
from fractions import Fraction
from functools import cached_property
from types import FunctionType, ModuleType
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from nodegraph.core.script.names import Names, text
from nodegraph.core.script.sources import Untranslatable, class_tree, function_tree
from nodegraph.core.script.statements import Statements

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
LARGEST_WHOLE = 2**53


class Script:
    """What is translated so far. `known` are objects that the page itself has, by what it calls them;
    `left_out` names fields and members, as "Class.name", that the page has no use for.
    """

    def __init__(self, known: Sequence[tuple[object, str]] = (), left_out: Set[str] = frozenset()) -> None:
        self.left_out = left_out
        self._names: dict[int, str] = {}
        self._kept: list[object] = []
        """Keeps every object alive whose id is in `_names`."""
        self.definitions: list[tuple[str, str]] = []
        """Each by its name, in an order in which they can be run: none needs a later one to be defined."""
        self.modules: set[str] = set()
        """Where all this was written."""
        for value, name in known:
            self._call(value, name)

    def refer(self, value: object) -> str:
        """Returns an expression for a value, which is translated where it was not yet."""
        plain = _plain(value)
        if plain is not None:
            return plain
        if isinstance(value, functools._lru_cache_wrapper) and id(value) not in self._names:
            return self.refer(value.__wrapped__)
        if id(value) in self._names:
            return self._names[id(value)]
        foreign = _foreign(value)
        if foreign is not None:
            return foreign
        name = self._call(value, f"${_short(len(self._names))}")
        if isinstance(value, FunctionType):
            defined = self._function(value, name)
        elif isinstance(value, type):
            defined = self._class(value, name)
        else:
            defined = f"const {name}={self._literal(value)};"
        self.definitions.append((name, defined))
        return name

    def _call(self, value: object, name: str) -> str:
        self._kept.append(value)
        self._names[id(value)] = name
        return name

    # --- functions and classes
    def _function(self, function: FunctionType, name: str) -> str:
        return Statements(self._surroundings(function)).function(function_tree(function), name)

    def _surroundings(self, function: FunctionType) -> Names:
        self.modules.add(function.__module__)
        outside = dict(function.__globals__)
        for free, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
            outside[free] = cell.cell_contents
        return Names(self, outside)

    def _class(self, found: type, name: str) -> str:
        pieces = [self._constructor(found)] if dataclasses.is_dataclass(found) else []
        tree = class_tree(found)
        self.modules.add(found.__module__)
        for member in tree.body:
            if isinstance(member, ast.FunctionDef) and f"{found.__name__}.{member.name}" not in self.left_out:
                pieces.append(self._member(found, member))
        base = next((b for b in found.__bases__ if b.__module__.startswith("nodegraph.")), None)
        extends = f" extends {self.refer(base)}" if base is not None else ""
        return f"class {name}{extends}{{{''.join(filter(None, pieces))}}}"

    def _constructor(self, found: Any) -> str:
        fields = [f for f in dataclasses.fields(found) if f"{found.__name__}.{f.name}" not in self.left_out]
        names = Names(self, {})
        names.enter([field.name for field in dataclasses.fields(found)])
        taken = [names.shown(field.name) + self._default(field) for field in dataclasses.fields(found)]
        named = [f"this.{field.name}={names.shown(field.name)};" for field in fields]
        compared = found.__dataclass_params__.eq
        order = ",".join(f'"{field.name}"' for field in fields)
        about = f"static fields=[{order}];" if compared else ""
        return f"{about}constructor({','.join(taken)}){{{''.join(named)}}}"

    def _default(self, field: dataclasses.Field[Any]) -> str:
        if field.default_factory is not dataclasses.MISSING:
            return f"={self._literal(field.default_factory())}"
        return "" if field.default is dataclasses.MISSING else f"={self.refer(field.default)}"

    def _member(self, found: type, tree: ast.FunctionDef) -> str:
        value = inspect.getattr_static(found, tree.name)
        if isinstance(value, property) and isinstance(value.fget, FunctionType):
            return "get " + self._method(value.fget, tree)
        if isinstance(value, cached_property):
            function = value.func
            assert isinstance(function, FunctionType)
            inner = self._method(function, tree, f"_{tree.name}")
            return f"{inner}get {tree.name}(){{return _kept(this,{text(tree.name)})}}"
        if isinstance(value, FunctionType):
            is_stub = any(ast.unparse(one).endswith("overload") for one in tree.decorator_list)
            return "" if is_stub else self._method(value, tree)
        raise Untranslatable(f"{found.__name__}.{tree.name} cannot be translated.")

    def _method(self, function: FunctionType, tree: ast.FunctionDef, name: str = "") -> str:
        shown = "constructor" if tree.name == "__init__" else name or tree.name
        return Statements(self._surroundings(function)).function(tree, shown, is_method=True)

    # --- constants
    def _literal(self, value: object) -> str:
        plain = _plain(value)
        if plain is not None:
            return plain
        if isinstance(value, tuple | list):
            return f"[{','.join(map(self.refer, value))}]"
        if isinstance(value, WeakKeyDictionary):
            return "new _Weak()"
        if isinstance(value, Mapping):
            return f"new D([{','.join(f'[{self.refer(k)},{self.refer(v)}]' for k, v in value.items())}])"
        if isinstance(value, Set):
            return f"new _Set([{','.join(sorted(map(self.refer, value)))}])"
        if isinstance(value, Fraction):
            return f"new _Fraction({value.numerator}n,{value.denominator}n)"
        if isinstance(value, functools.partial):
            return f"_partial({','.join(map(self.refer, (value.func, *value.args)))})"
        if isinstance(value, np.ndarray):
            return f"_row([{','.join(self.refer(one) for one in value.tolist())}])"
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return f"new {self.refer(type(value))}({self._given(value)})"
        raise Untranslatable(f"A {type(value).__name__} cannot be translated.")

    def _given(self, value: Any) -> str:
        """The fields of a record, up to the last that is not left out."""
        name = type(value).__name__
        given = [
            "void 0" if f"{name}.{f.name}" in self.left_out else self.refer(getattr(value, f.name))
            for f in dataclasses.fields(value)
        ]
        return ",".join(given)


def _plain(value: object) -> str | None:
    """Numbers, texts and what is simpler still, or None."""
    if value is None:
        return "null"
    if isinstance(value, bool) or value is NotImplemented:
        return "true" if value is True else "false"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, int):
        return str(value) if abs(value) < LARGEST_WHOLE else f"{value}n"
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return repr(float(value)).removesuffix(".0")
    return None


_HOMES = {"math": "M", "itertools": "I", "numpy": "N"}
_TWINS: tuple[tuple[object, str], ...] = (
    (functools.partial, "_partial"),
    (functools.reduce, "_reduce"),
    (dataclasses.replace, "_replace"),
    (Fraction, "_fraction"),
    (np.float64, "_float64"),
)


def _foreign(value: object) -> str | None:
    """What the runtime has of Python's own, of `math`, `itertools` and numpy, or None."""
    twin = next((name for one, name in _TWINS if one is value), None)
    if twin is not None:
        return twin
    if isinstance(value, ModuleType) and value.__name__ in _HOMES:
        return _HOMES[value.__name__]
    module, name = getattr(value, "__module__", None), getattr(value, "__name__", "")
    if isinstance(value, np.ufunc):
        return f"N.{name}"
    if module == "builtins" and getattr(builtins, name, None) is value:
        return f"B.{name}"
    home = module.partition(".")[0] if isinstance(module, str) else ""
    return f"{_HOMES[home]}.{name}" if home in _HOMES else None


def _short(number: int) -> str:
    shown = ""
    while True:
        number, place = divmod(number, len(_DIGITS))
        shown = _DIGITS[place] + shown
        if not number:
            return shown
