"""Functions of Python as JavaScript: what they take, and their statements one by one."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from nodegraph.core.script.expressions import Expressions
from nodegraph.core.script.names import Names
from nodegraph.core.script.sources import Untranslatable


class Statements:
    """Writes the statements of a function, given what names stand for."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.expressions = Expressions(names)

    # --- whole functions
    def function(self, tree: ast.FunctionDef | ast.Lambda, name: str, *, is_method: bool = False) -> str:
        """Returns a function, or a method without the word `function`, under another name."""
        arguments = tree.args
        taken = [*arguments.posonlyargs, *arguments.args][1 if is_method else 0 :]
        every = [a.arg for a in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]]
        every += [arguments.vararg.arg] if arguments.vararg else []
        statements = [ast.Return(tree.body)] if isinstance(tree, ast.Lambda) else tree.body
        own = _set_in(statements) - set(every)
        self.names.enter([*every, *sorted(own)])
        head, first = self._taken(taken, arguments)
        if is_method and arguments.args:
            first += f"const {self.names.shown(arguments.args[0].arg)}=this;"
        if own:
            first += f"let {','.join(sorted(map(self.names.shown, own)))};"
        body = self.block(statements, first)
        self.names.leave()
        star = "*" if _yields(tree) else ""
        begin = f"{star}{name}" if is_method else f"function{star} {name}"
        return f"{begin}({head}){body}"

    def _taken(self, taken: Sequence[ast.arg], arguments: ast.arguments) -> tuple[str, str]:
        """What stands in the brackets of a function, and what comes first in it."""
        defaults = [*[None] * (len(taken) - len(arguments.defaults)), *arguments.defaults][-len(taken) :]
        pieces = [self._parameter(a, d) for a, d in zip(taken, defaults, strict=True)] if taken else []
        if not arguments.kwonlyargs:
            return ",".join(
                pieces + ([f"...{self.names.shown(arguments.vararg.arg)}"] if arguments.vararg else [])
            ), ""
        if arguments.vararg:
            raise Untranslatable("A function with a star and keywords cannot be translated.")
        pieces += [
            self._parameter(a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        ]
        order = ",".join(f'"{a.arg}"' for a in [*taken, *arguments.kwonlyargs])
        return "..._0", f"let [{','.join(pieces)}]=_ordered(_0,[{order}]);"

    def _parameter(self, argument: ast.arg, default: ast.expr | None) -> str:
        return self.names.shown(argument.arg) + (
            f"={self.expressions.write(default)}" if default is not None else ""
        )

    # --- statements
    def block(self, body: Sequence[ast.stmt], first: str = "") -> str:
        """Returns statements in braces, without the semicolon that the last may do without."""
        return f"{{{first}{''.join(map(self._statement, body))}".removesuffix(";") + "}"

    def _statement(self, tree: ast.stmt) -> str:
        writer: Callable[[Any], str] | None = getattr(self, f"_{type(tree).__name__.lower()}", None)
        if writer is None:
            raise Untranslatable(f"{ast.unparse(tree)} cannot be translated.")
        return writer(tree)

    def _expr(self, tree: ast.Expr) -> str:
        if isinstance(tree.value, ast.Constant):
            return ""
        if isinstance(tree.value, ast.Yield):
            return f"yield {self.expressions.write(tree.value.value) if tree.value.value else 'null'};"
        if isinstance(tree.value, ast.YieldFrom):
            return f"yield* R({self.expressions.write(tree.value.value)});"
        return f"{self.expressions.write(tree.value)};"

    def _return(self, tree: ast.Return) -> str:
        return f"return {self.expressions.write(tree.value) if tree.value else 'null'};"

    def _assign(self, tree: ast.Assign) -> str:
        value = self.expressions.write(tree.value)
        if len(tree.targets) > 1:
            return f"{{const _0={value};{''.join(self._put(target, '_0') for target in tree.targets)}}}"
        return self._put(tree.targets[0], value)

    def _annassign(self, tree: ast.AnnAssign) -> str:
        return self._put(tree.target, self.expressions.write(tree.value)) if tree.value else ""

    def _put(self, target: ast.expr, value: str) -> str:
        if isinstance(target, ast.Subscript):
            place = "null" if isinstance(target.slice, ast.Slice) else self.expressions.write(target.slice)
            if isinstance(target.slice, ast.Slice):
                ends = (target.slice.lower, target.slice.upper)
                place = f"new _Slice({','.join(self.expressions.write(e) if e else 'null' for e in ends)})"
            return f"_put({self.expressions.write(target.value)},{place},{value});"
        if isinstance(target, ast.Tuple | ast.List):
            return self._unpack(target, value)
        return f"{self.expressions.write(target)}={value};"

    def _unpack(self, target: ast.Tuple | ast.List, value: str) -> str:
        starred = [place for place, one in enumerate(target.elts) if isinstance(one, ast.Starred)]
        if starred and starred[0] < len(target.elts) - 1:
            value = f"_starred({value},{starred[0]},{len(target.elts) - starred[0] - 1})"
            plain = [one.value if isinstance(one, ast.Starred) else one for one in target.elts]
            return f"[{','.join(map(self.expressions.target, plain))}]={value};"
        if any(isinstance(one, ast.Subscript) for one in target.elts):
            pieces = [self._put(one, f"_0[{place}]") for place, one in enumerate(target.elts)]
            return f"{{const _0=L({value});{''.join(pieces)}}}"
        taken = value if value.startswith("[") else f"R({value})"
        return f"{self.expressions.target(target)}={taken};"

    def _augassign(self, tree: ast.AugAssign) -> str:
        if isinstance(tree.target, ast.Subscript):
            owner, place = (
                self.expressions.write(tree.target.value),
                self.expressions.write(tree.target.slice),
            )
            now = self.expressions.operate(tree.op, f"A({owner},{place})", self.expressions.write(tree.value))
            return f"_put({owner},{place},{now});"
        target = self.expressions.write(tree.target)
        return f"{target}={self.expressions.operate(tree.op, target, self.expressions.write(tree.value))};"

    def _if(self, tree: ast.If) -> str:
        other = f"else{self.block(tree.orelse)}" if tree.orelse else ""
        return f"if({self.expressions.test(tree.test)}){self.block(tree.body)}{other}"

    def _for(self, tree: ast.For) -> str:
        target = self.expressions.target(tree.target)
        return f"for({target} of R({self.expressions.write(tree.iter)})){self.block(tree.body)}"

    def _while(self, tree: ast.While) -> str:
        return f"while({self.expressions.test(tree.test)}){self.block(tree.body)}"

    def _try(self, tree: ast.Try) -> str:
        handlers = ""
        for handler in tree.handlers:
            kinds = self.expressions.write(handler.type) if handler.type else "Error"
            name = f"const {self.names.shown(handler.name)}=_0;" if handler.name else ""
            handlers += f"if(_is(_0,{kinds})){self.block(handler.body, name)}else "
        return f"try{self.block(tree.body)}catch(_0){{{handlers}throw _0}}"

    def _with(self, tree: ast.With) -> str:
        opened = self.expressions.write(tree.items[0].context_expr)
        return f"{{const _0=_enter({opened});try{self.block(tree.body)}finally{{_leave(_0)}}}}"

    def _raise(self, tree: ast.Raise) -> str:
        return f"throw {self.expressions.write(tree.exc)};" if tree.exc else "throw _0;"

    def _functiondef(self, tree: ast.FunctionDef) -> str:
        return self.function(tree, self.names.shown(tree.name))

    def _assert(self, tree: ast.Assert) -> str:
        return ""

    _pass = _import = _importfrom = _assert

    def _break(self, tree: ast.Break) -> str:
        return "break;"

    def _continue(self, tree: ast.Continue) -> str:
        return "continue;"


def _set_in(body: Sequence[ast.stmt]) -> set[str]:
    """The names that statements set, without those of functions and comprehensions in them."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(body)
    while waiting:
        tree = waiting.pop()
        if isinstance(tree, ast.FunctionDef):
            found.add(tree.name)
            continue
        if isinstance(tree, ast.ExceptHandler) and tree.name:
            found.add(tree.name)
        if isinstance(tree, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.Lambda):
            found |= {n.target.id for n in ast.walk(tree) if isinstance(n, ast.NamedExpr)}
            continue
        if isinstance(tree, ast.Name) and isinstance(tree.ctx, ast.Store):
            found.add(tree.id)
        waiting.extend(ast.iter_child_nodes(tree))
    return found


def _yields(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(tree))
