"""What no formula can say, in the sentences of whoever reads a program."""

from __future__ import annotations

import ast
from collections.abc import Container, Mapping

NO_STATEMENT: Mapping[type[ast.stmt], str] = {
    **dict.fromkeys(
        (ast.For, ast.AsyncFor, ast.While),
        "a loop cannot stand in a graph; paste the lines of one round, or write each round out",
    ),
    ast.AsyncFunctionDef: "a function of your own cannot stand in a graph; paste the lines in it",
    ast.ClassDef: "a class cannot stand in a graph; paste the lines that compute something",
    ast.If: "a choice cannot stand in a graph; paste the lines of the case that you mean",
    ast.With: "a with block cannot stand in a graph; paste the lines in it",
    ast.Try: "a try block cannot stand in a graph; paste the lines in it",
    ast.Return: "return stands in a function alone; give what it returns a name: y = …",
}
NO_GRADIENT = "what is computed without gradients would have some in the graph; write the number it came to"
GRADIENT = "a gradient cannot stand in a graph; it is what the backward pass computes"
CHANGED = "what {0}.data is set to would be lost here; give it another name, such as {0}_new = …"
NOTHING = "{} returns nothing that could stand in a graph"
MATRIX = "@ multiplies matrices, and a node is one number; write its products out"
TRANSPOSE = "a transpose belongs to a vector or a matrix, and a node is one number; write its products out"
LIST = "a list, a vector or a matrix cannot stand in a graph: a node is one number; name its elements"
ONE_VALUE = "an input is written with its value alone, and a decimal with a point: a = input(2.5)"
NAMED = "the argument {}= cannot stand in a graph; leave it out, and write out what it computes"
SEED = "the backward pass begins with 1 here; name what is to be derived instead, such as M = 2*L"
SHAPE = "a node is one number and has no shape; leave this out, and name the elements"
INTEGERS = "no operation here cuts off decimals; write the number that it comes to"
ROUND = "brackets are round here: ( and )"
LOOP = "a loop cannot stand in a graph; write its terms out: a + b + c"
NO_EXPRESSION: Mapping[type[ast.expr], str] = {
    ast.ListComp: LOOP,
    ast.GeneratorExp: LOOP,
    ast.SetComp: LOOP,
    ast.DictComp: LOOP,
    ast.List: LIST,
    ast.Dict: "a dictionary cannot stand in a graph; give each number in it a name on a line above: x = 2.0",
    ast.Set: ROUND,
    ast.Lambda: "a function has a name here: f = lambda x: x**2",
    ast.NamedExpr: "give this name a statement of its own, as in z = a*b",
    ast.Subscript: "an element of a list or a matrix cannot stand in a graph; write x0 for x[0]",
}


def why_no_statement(node: ast.stmt) -> str:
    """Returns what to say of a statement that none of a formula is; "" of one that may be."""
    if isinstance(node, ast.With) and any("no_grad" in ast.unparse(item.context_expr) for item in node.items):
        return NO_GRADIENT
    return NO_STATEMENT.get(type(node), "")


def why_no_expression(node: ast.expr, functions: Container[str]) -> str:
    """Returns what to say of an expression that is none of a formula; "" of one that may be. These are the
    `functions` of formulas.

    >>> why_no_expression(ast.parse("Sin[x]", mode="eval").body, {"sin"})
    'the operand of a function stands in round brackets: sin(x)'
    """
    held = node.value if isinstance(node, ast.Subscript) else None
    if isinstance(held, ast.Name) and held.id.lower() in functions:
        return f"the operand of a function stands in round brackets: {held.id.lower()}(x)"
    if isinstance(node, ast.List) and len(node.elts) == 1 and isinstance(node.elts[0], ast.Name):
        name = node.elts[0].id
        return f"a list, a vector or a matrix cannot stand in a graph; write {name} for [{name}]"
    if isinstance(node, ast.List) and len(node.elts) == 1 and isinstance(node.elts[0], ast.BinOp):
        return ROUND
    if isinstance(node, ast.Subscript) and isinstance(getattr(node.slice, "value", None), str):
        return "give this element a name of its own on a line above, such as w = 2.0"
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "input":
        is_asked = any(isinstance(getattr(one, "value", None), str) for one in node.args)
        return "this asks for a number; write the one that you would type" if is_asked else ""
    return NO_EXPRESSION.get(type(node), "")


def no_number(value: object) -> str:
    """Returns what to say of a constant that is no number.

    >>> no_number(True)
    'only plain numbers can stand here; write 1'
    """
    instead = f"; write {value:d}" if isinstance(value, bool) else ""
    return f"only plain numbers can stand here{instead}"


class NotArithmetic(ValueError):
    """What no formula can say, and the piece of the program."""

    def __init__(self, message: str, piece: ast.AST) -> None:
        super().__init__(message)
        self.message, self.piece = message, piece
