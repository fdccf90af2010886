"""Labels that people write before formulas, as in Forward: z = w*x. Python reads z there as the type of a
value called Forward, so that the name would be lost.
"""

from __future__ import annotations

import ast
import re

from nodegraph.core.notation.formula_modules import MODULES
from nodegraph.core.notation.formula_notation import QUOTED
from nodegraph.core.notation.not_arithmetic import NotArithmetic
from nodegraph.core.notation.program_arguments import last_name
from nodegraph.core.notation.program_words import MAKERS

LABEL = "leave out what stands before the formula: it begins with its name, as in L = (y - t)**2"
_TYPES = MAKERS.union(
    ("int", "bool", "complex", "str", "object", "list", "tuple", "dict", "set", "double", "half", "float16"),
    ("Any", "Final", "ClassVar", "Optional", "Union", "Annotated", "Literal", "List", "Tuple", "Sequence"),
    ("Number", "Real", "Decimal", "Fraction", "Float", "Float32", "Float64", "Double", "Int", "number"),
    ("Array", "ArrayLike", "NDArray", "ndarray", "matrix", "Series", "Symbol", "Expr", "bfloat16"),
)
"""Types of values in programs, but for those of modules, such as torch.Tensor."""
_STRING = re.compile(QUOTED, re.DOTALL)
_BLOCKS = "if|elif|else|for|while|with|try|except|finally|def|class|async|match|case|lambda"
"""Words of Python whose statements have a colon."""
_MARGIN = r"(?:^|(?<=;)|(?<=\\\\))[ \t*_]*"
_NAME = r"[^\W\d][\w'′]*"
_BEFORE = re.compile(
    # Forward: z =, Step 1: z =, Loss (MSE): L =, \text{Forward:} z =
    rf"{_MARGIN}(?!(?:{_BLOCKS})\b)"
    rf"(?:\\text\w*\{{)?\w[\w .,'’&/–-]{{0,60}}(?:\([\w .]{{1,20}}\))?[ \t}}]{{0,20}}:(?!=)"
    rf"(?=[ \t*_}}$]{{0,20}}(?P<name>{_NAME}(?:\.\w+)*)[^\n;:=]{{0,60}}=(?!=)|[ \t*_}}]{{0,20}}$)"
    # 1. z =, (a) z =, - z =
    rf"|{_MARGIN}(?:\(?(?:\d{{1,3}}|[^\W\d_])[).]|[-*•–])[ \t]+(?={_NAME}(?:\([\w, ]*\))?[ \t]*=(?!=))",
    re.MULTILINE,
)


def label_in(text: str) -> int | None:
    """Returns the place of the first label before a formula in a text that cannot be read, or None.

    >>> [label_in(text) for text in ("z = w*x\\nStep 2: L = z y", "1) z = w x", "x: float = 2 y = x")]
    [8, 0, None]
    """
    plain = _STRING.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in _BEFORE.finditer(plain):
        if (_TYPES | MODULES).isdisjoint((found["name"] or "").split(".")):
            start = found.start()
            return start + len(found[0]) - len(found[0].lstrip())
    return None


def without_type(statement: ast.stmt) -> ast.stmt:
    """Returns `x = 2.0` for `x: float = 2.0`, and any other statement as it is. Raises NotArithmetic for a
    label.

    >>> ast.unparse(without_type(ast.parse("w: torch.Tensor = torch.tensor(2.0)").body[0]))
    'w = torch.tensor(2.0)'
    """
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Starred):
        raise NotArithmetic(LABEL, statement)
    if not isinstance(statement, ast.AnnAssign) or statement.value is None:
        return statement
    maker = last_name(statement.value.func) if isinstance(statement.value, ast.Call) else ""
    if not _is_type(statement.annotation, maker):
        raise NotArithmetic(LABEL, statement)
    return ast.copy_location(ast.Assign([statement.target], statement.value), statement)


def _is_type(said: ast.expr, maker: str) -> bool:
    """Whether what stands between a colon and = is the type of a value, which this function makes if any."""
    if isinstance(said, ast.Subscript):
        return _is_type(said.value, maker)
    if isinstance(said, ast.BinOp) and isinstance(said.op, ast.BitOr):
        return _is_type(said.left, maker) and _is_type(said.right, maker)
    if isinstance(said, ast.Attribute):
        return ast.unparse(said.value) in MODULES or last_name(said) in _TYPES
    return isinstance(said, ast.Constant) or (isinstance(said, ast.Name) and said.id in (*_TYPES, maker))
