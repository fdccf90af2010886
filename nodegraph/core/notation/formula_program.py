"""Python as people paste it, from lectures, notebooks and textbooks, put into the statements of a formula.

What does not compute a value (imports, prints, `loss.backward()`, labels) is left out; methods become
functions, `+=` an assignment, and `Value(2.0)` or `torch.tensor(2.0)` an `input(2.0)`. What no formula can
say is named at its place. Knows the standard library's trees only; nothing is run.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator

from nodegraph.core.notation import formula_modules
from nodegraph.core.notation.cut_values import CutValues
from nodegraph.core.notation.not_arithmetic import (
    CHANGED,
    GRADIENT,
    MATRIX,
    NOTHING,
    NotArithmetic,
    why_no_expression,
    why_no_statement,
)
from nodegraph.core.notation.own_functions import (
    DERIVERS,
    OwnFunctions,
    as_input,
    is_gradient,
    refuse_second,
    sum_of,
    with_inputs,
)
from nodegraph.core.notation.own_lists import OwnLists
from nodegraph.core.notation.program_arguments import (
    Learning,
    UsedNames,
    at,
    in_numbers,
    is_leaf,
    is_symbol,
    is_written_out,
    last_name,
    names_in,
    pairs_of,
    refuse_lost,
    refuse_new,
    value_of,
)
from nodegraph.core.notation.program_outline import derived_formula, is_idle, outlined, printed_formula
from nodegraph.core.notation.program_words import INPUT, LOOKS, MAKERS, METHODS, SAME, TRAINABLE
from nodegraph.core.notation.stated_functions import with_values

_LEFT_OUT = (ast.Import, ast.ImportFrom, ast.Pass, ast.Assert, ast.Global, ast.Delete)


def as_formulas(
    statements: Iterable[ast.stmt], functions: Container[str], stated: Container[str] = ()
) -> tuple[list[ast.stmt], bool]:
    """Returns the statements of a program that compute something, in the words of a formula, and whether it
    has the sum of one number, as np.sum(x) is of no list. Functions `stated` are those of mathematics:
    f(x) = x**2. Raises NotArithmetic.

    >>> text = "import math; a = Value(2.0, label='a'); a += b.tanh(); print(a)"
    >>> [ast.unparse(statement) for statement in as_formulas(ast.parse(text).body, ())[0]]
    ['a = input(2.0)', 'a = a + tanh(b)']
    """
    found: list[ast.stmt] = []
    kept = with_values(outlined(statements), stated, functions)
    defined = (ast.FunctionDef, ast.Lambda)
    outside = UsedNames([one for one in kept if not isinstance(getattr(one, "value", one), defined)])
    reader = _Program(functions, Learning(kept), outside)
    for statement in kept:
        found += reader.statement(statement)
    are_values = all(isinstance(one, ast.Assign) and is_leaf(one.value) for one in found)
    is_shown = reader.shown is not None or reader.printed is not None
    computes = found and not (are_values and (is_shown or not reader.own.is_called))
    found += () if computes else list(reader.last_shown())
    return with_inputs(found, reader.own.given_to_derivatives), reader.is_of_one


class _Program:
    """Puts one piece after the other into the words of a formula."""

    def __init__(self, functions: Container[str], learning: Learning, taken: UsedNames) -> None:
        self.functions, self.learning = functions, learning
        self.own, self.lists = OwnFunctions(taken), OwnLists(taken)
        self._before: list[ast.stmt] = []
        """What functions that are called compute before the statement that is being read."""
        self._given: set[str] = set()
        """The names that statements gave to something so far."""
        self._layers: dict[str, str] = {}
        """What names of layers stand for, as after `act = nn.Tanh()`."""
        self._of_list = ""
        """The list of which an element is being read."""
        self._changed: set[str] = set()
        """Names whose value a statement changed in place: w.data -= 0.1*w.grad."""
        self._named = ""
        """What the value of the statement that is being read is called."""
        self._whole: ast.expr | None = None
        """The value of a statement, before any part of it is read."""
        self.shown: ast.Call | None = None
        """The first call of a function of the program's own that is shown alone, as by print(f(3.0))."""
        self.printed: ast.expr | None = None
        """The first formula that is printed."""
        self._gradients: set[str] = set()
        """Names of gradients, as after g = jax.grad(f)(3.0)."""
        self.cut = CutValues(learning)
        self.is_of_one = False
        """Whether the sum or the mean of one number was read."""

    # --- statements
    def statement(self, node: ast.stmt) -> Iterator[ast.stmt]:
        """What a statement is as statements of a formula: none, itself, or several."""
        outer, self._before = self._before, []
        made = list(self._read(node))
        before, self._before = self._before, outer
        yield from before
        yield from made

    def last_shown(self) -> Iterator[ast.stmt]:
        """The formula that a program prints, or the function that it shows at some values, else the last one
        with its inputs, in a program that computes nothing else.
        """
        call = self.shown
        if self.printed is not None:
            yield from self.statement(at(ast.Expr(self.printed), self.printed))
            return
        if call is None:
            name = self.own.last
            if not name:
                return
            inputs = dict(self.own.inputs(name))
            self.own.take(inputs)
            place = self.own.definition(name)
            given = [value or at(ast.Name(argument, ast.Load()), place) for argument, value in inputs.items()]
            call = at(ast.Call(at(ast.Name(name, ast.Load()), place), given, []), place)
        made = list(self._evaluated(call))
        if not made:
            raise NotArithmetic(NOTHING.format(last_name(call.func)), call)
        yield from made

    def _evaluated(self, call: ast.Call, target: ast.expr | None = None) -> Iterator[ast.stmt]:
        """A function with an input for each number it is called with; named like the target or itself."""
        name = last_name(call.func)
        meant = self.own.bound(name, call)
        for argument, value in meant.items():
            said = self._argument(value)
            leaf = as_input(said) if is_written_out(said) else said
            if last_name(getattr(leaf, "func", leaf)) == INPUT and argument not in self._given:
                self._given.add(argument)
                self.own.take((argument,))  # what is called has names of its own
                yield at(ast.Assign([at(ast.Name(argument, ast.Store()), value)], leaf), value)
                leaf = at(ast.Name(argument, ast.Load()), value)
            meant[argument] = leaf
        words = [ast.keyword(argument, value) for argument, value in meant.items()]
        result = self._own_call(at(ast.Call(call.func, [], words), call))
        before, self._before = self._before, []
        yield from before
        if result is None:
            return
        is_taken = name in self.functions or name in meant or isinstance(result, ast.Name)
        if target is None and not is_taken:
            target = at(ast.Name(name, ast.Store()), result)
        self._given |= names_in(target) if target is not None else set()
        yield at(ast.Expr(result) if target is None else ast.Assign([target], result), result)

    def _read(self, node: ast.stmt) -> Iterator[ast.stmt]:
        if isinstance(node, ast.FunctionDef):
            self.own.define(node.name, node)
        elif isinstance(node, ast.Expr) and (called := self._called(node.value)) is not None:
            yield from self._evaluated(called)
        elif isinstance(node, ast.Expr):
            self.lists.refuse_longer(node.value)
            if not is_idle(node.value):
                yield at(ast.Expr(self.said(node.value)), node)
            elif (derived := derived_formula(node.value)) is not None:
                yield at(ast.Expr(self.said(derived)), node)
            else:
                self._keep_shown(node.value)
        elif isinstance(node, ast.Assign):
            yield from self._assignment(node)
        elif isinstance(node, ast.AugAssign):
            if not self.lists.grows(node):
                refuse_new(node, self._given | self._gradients, self.own)
                yield from self._assignment(at(ast.Assign([node.target], sum_of(node)), node))
        elif why := why_no_statement(node):
            raise NotArithmetic(why, node)
        elif not isinstance(node, _LEFT_OUT):
            yield node

    def _keep_shown(self, value: ast.expr) -> None:
        """Keep the first thing that is shown, for a program that computes nothing else."""
        if self.shown is None and self.printed is None:
            self.shown = next(filter(None, map(self._called, ast.walk(value))), None)
            if not any(map(self.own.derived, ast.walk(value))):
                self.printed = printed_formula(value)

    def _assignment(self, node: ast.Assign) -> Iterator[ast.stmt]:
        target = self.lists.target(node)
        if isinstance(target, ast.Name) and isinstance(node.value, ast.BinOp):  # most of a long text
            self._named = target.id
            yield from self._computed(node)
            return
        if isinstance(target, ast.Attribute) and target.attr in LOOKS:
            self._changed |= {ast.unparse(target.value)} if target.attr == "data" else set()
            return
        if (called := self.own.derived(node.value)) is not None:
            has_value = self.own.gives_value(node.value)
            value, *slopes = target.elts if has_value and isinstance(target, ast.Tuple) else (None, target)
            self._gradients |= names_in(*slopes)
            yield from self._evaluated(called, value)
            return
        if is_symbol(node.value) or formula_modules.is_optimizer(node.value):
            return
        if isinstance(target, ast.Tuple | ast.List) and isinstance(node.value, ast.Tuple | ast.List):
            for one, value in pairs_of(target, node.value, node):
                yield from self._assignment(at(ast.Assign([one], value), one))
            return
        if op := formula_modules.layer(node.value):
            self._layers[ast.unparse(target)] = op
            return
        self._named = target.id if isinstance(target, ast.Name) else ""
        if self._named and isinstance(node.value, ast.Lambda):
            self.own.define(self._named, node.value)
            return
        if self._named and self.own.define_derivative(self._named, node.value):
            return
        if is_gradient(node.value):
            yield from self._gradient(node.value, target)
            return
        if self._named and (elements := self.lists.define(self._named, node.value)) is not None:
            self._of_list = self._named
            for element in elements:
                yield from self._read(element)
            self._of_list = ""
            return
        yield from self._computed(node)

    def _computed(self, node: ast.Assign) -> Iterator[ast.stmt]:
        """What gives a name the value of a formula."""
        self._whole = self.cut.define(self._named, node.value)
        self._given.add(self._named)
        if isinstance(self._whole, ast.Name) and self._whole is not node.value:
            return
        value = self.said(self._whole)
        self.cut.follow(self._named, value)
        yield at(ast.Assign(node.targets, value), node)

    def _gradient(self, value: ast.expr, target: ast.expr) -> Iterator[ast.stmt]:
        """What `g = torch.autograd.grad(w**2, w)` derives, where that has no name."""
        refuse_second(value, self._gradients)
        self._gradients |= names_in(target)
        if (derived := derived_formula(value)) is not None:
            yield at(ast.Expr(self.said(derived)), value)

    # --- expressions
    def said(self, node: ast.expr) -> ast.expr:
        """What an expression is in the words of a formula."""
        if isinstance(node, ast.Constant):
            return node
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
            if (factor := formula_modules.times_its_sign(node)) is not None:
                return self._operation(formula_modules.KnownCall("abs", [factor]), node)
            node.left, node.right = self.said(node.left), self.said(node.right)
            return node
        if (product := self.lists.product(node, self._given)) is not None:
            return self.said(product)
        if isinstance(node, ast.Subscript) and (element := self.lists.element(node)) is not None:
            return self.said(element)
        self.cut.refuse(node)
        node = in_numbers(node)
        if why := why_no_expression(node, self.functions):
            raise NotArithmetic(why, node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Attribute):
            if node.attr in ("data", "T"):
                return self.said(node.value)
            if why := GRADIENT if node.attr == "grad" else formula_modules.why_unknown_constant(node):
                raise NotArithmetic(why, node)
        if isinstance(node, ast.IfExp) and (
            known := formula_modules.choice(node.test, node.body, node.orelse)
        ):
            return self._operation(known, node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            raise NotArithmetic(MATRIX, node)
        if isinstance(node, ast.BinOp):  # Rational(1, 2), as the numbers that it is of
            return self.said(node)
        if isinstance(node, ast.UnaryOp):
            node.operand = self.said(node.operand)
        return node

    def _name(self, node: ast.Name) -> ast.Name:
        """A name, which is none of a list, a gradient or a value that was taken out of the graph."""
        self.lists.refuse(node)
        if node.id in self._gradients:
            raise NotArithmetic(GRADIENT, node)
        if node.id in self._changed:
            raise NotArithmetic(CHANGED.format(node.id), node)
        self.cut.refuse(node)
        return node

    def _call(self, node: ast.Call) -> ast.expr:
        """Methods as functions, and what makes a leaf as an input."""
        name = last_name(node.func)
        if self._is_own(node):
            result = self._own_call(node)
            if result is None:
                raise NotArithmetic(NOTHING.format(name), node)
            return result
        if (known := self.lists.called(name, node) or formula_modules.stacked(node)) is not None:
            self.is_of_one = self.is_of_one or not known.op
            return self._operation(known, node)
        if (name or last_name(getattr(node.func, "func", node.func))) in DERIVERS:
            raise NotArithmetic(GRADIENT, node)
        is_layer = bool(self._layers) and ast.unparse(node.func) in self._layers
        if op := self._layers[ast.unparse(node.func)] if is_layer else formula_modules.layer(node.func):
            return self._operation(formula_modules.KnownCall(op, node.args), node)
        if self._makes_a_leaf(node):
            return self._made(node)
        of_a_module = formula_modules.unknown_in_module(node.func)[0] and (node.args or name not in METHODS)
        if not isinstance(node.func, ast.Attribute) or of_a_module:
            self._say_operands(node)
            return node
        if name in SAME:
            self.is_of_one = self.is_of_one or name in ("sum", "mean")
            refuse_lost(node)
            return self.said(node.func.value)
        if name not in METHODS:
            return node
        formula_modules.put_method_by_place(node)
        operands = [self.said(one) for one in (node.func.value, *node.args)]
        function = at(ast.Name(METHODS[name], ast.Load()), node)
        return at(ast.Call(function, operands, node.keywords), node)

    def _called(self, node: ast.AST) -> ast.Call | None:
        """The call of a function of the program's own that a piece is, or is the derivative of."""
        if not isinstance(node, ast.Call):
            return None
        return node if self._is_own(node) else self.own.derived(node)

    def _is_own(self, node: ast.Call) -> bool:
        return isinstance(node.func, ast.Name) and node.func.id in self.own

    def _own_call(self, node: ast.Call) -> ast.expr | None:
        """What a function of the program's own returns; what it computes before that goes before."""
        node.args = [self._argument(one) for one in node.args]
        for word in node.keywords:
            word.value = self._argument(word.value)
        named = self._named
        statements, value = self.own.put_in(last_name(node.func), node)
        for statement in statements:
            self._before += self.statement(statement)
        self._named = named
        result = None if value is None else self.said(value)
        self.own.done()
        return result

    def _argument(self, node: ast.expr) -> ast.expr:
        """What a function of the program's own is given: a list too."""
        is_list = isinstance(node, ast.Name) and self.lists.elements(node) is not None
        return node if is_list else self.said(node)

    def _operation(self, known: formula_modules.KnownCall, node: ast.expr) -> ast.expr:
        """An operation by its name, in place of what was written."""
        formula_modules.refuse_named(node)
        operands = [self.said(one) for one in known.operands]
        if not known.op:  # the sum of one number
            return operands[0]
        return at(ast.Call(at(ast.Name(known.op, ast.Load()), node), operands, []), node)

    def _say_operands(self, node: ast.Call) -> None:
        """Put the operands of a function into the words of a formula, also those in one list."""
        if formula_modules.known_call(node):
            formula_modules.put_by_place(node)
        if (elements := formula_modules.in_list(node.args)) is not None:
            node.args = [at(ast.List([self.said(one) for one in elements], ast.Load()), node.args[0])]
        else:
            node.args = [self.said(one) for one in node.args]

    def _made(self, node: ast.Call) -> ast.expr:
        """`Value(2.0, label='a')` as `input(2.0)`; of what holds no number but a formula, the formula."""
        value = value_of(node, self._given)
        while isinstance(value, ast.Call) and self._makes_a_leaf(value):
            value = value_of(value, self._given)
        if not is_written_out(value):
            return self.said(value)
        learns = self.learning.holds_for(node, self._named, self._of_list)
        if node is not self._whole and not (learns and self.learning.keeps_gradients):
            return value  # a number in a formula, as np.float64(2.0)*x
        words = [] if learns else [ast.keyword(TRAINABLE, at(ast.Constant(False), node))]
        return at(ast.Call(at(ast.Name(INPUT, ast.Load()), node), [value], words), node)

    def _makes_a_leaf(self, node: ast.Call) -> bool:
        """Whether this is torch.tensor(2.0) or the like; x.float() makes none."""
        name = last_name(node.func)
        is_same = name in SAME and isinstance(node.func, ast.Attribute) and not (node.args or node.keywords)
        return name in MAKERS and name not in self.functions and not is_same and not self._is_own(node)
