"""Words that people write around formulas: labels and sentences. In Forward: z = w*x Python takes z for the
type of a value called Forward, so that the name would be lost.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Sequence
from keyword import iskeyword

from nodegraph.core.notation.formula_modules import MODULES
from nodegraph.core.notation.formula_tokens import QUOTED
from nodegraph.core.notation.not_arithmetic import NotArithmetic
from nodegraph.core.notation.program_arguments import last_name
from nodegraph.core.notation.program_words import MAKERS, METHODS

LABEL = "leave out what stands before the formula: it begins with its name, as in L = (y - t)**2"
PROSE = "only formulas are read here, no sentences around them; leave the formula alone: L = (y - t)**2"
BEHIND = "begin what stands behind a formula with #, as in z = w*x  # forward"
DOT = "this is DOT, which is read from a file: nodegraph new --from FILE.dot"
DRAWN = "this is a picture that nodegraph drew; the graph is in its .nodegraph document"
_DOT = re.compile(r"\s*(?://[^\n]*\n\s*)?(?:strict\s+)?(?:di)?graph\b[^\n{;=]*\{")
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


_BEHIND = re.compile(
    # z = w*x  (forward), z = w*x -- forward, z = w*x  (3.2)
    r"[ \t](?P<sign>--|//|%|<-|\()[ \t]*(?P<words>[^\W\d_][\w. \t]{2,60}"
    r"|(?<=[ \t]{2}\()\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?)"
    r"(?P<end>\)?)[ \t]*(?=$|;)"
)
_SIDE_BY_SIDE = re.compile(r"\b[^\W\d_]{1,40}(?:[ \t]{1,9}[^\W\d_]{1,40}){2,}\b")
_REMARK = re.compile(r"#[^\n\r]*")
_TELLING = frozenset(("the", "that", "this", "we", "is", "are", "of", "which", "where", "then", "with"))
"""Words of which one tells a sentence of three words."""
_CODE = frozenset(
    ("import", "return", "if", "else", "lambda", "def", "del", "assert", "raise", "yield", "global", "as")
)
"""Words that stand beside names in a program."""
_FUNCTIONS = frozenset((*METHODS, "ln", "max", "min", "mean"))


def words_around(text: str, *, is_latex: bool = False) -> tuple[str, int] | None:
    """Returns what to say of the first label in a text that cannot be read, or of the first sentence of one
    that is no LaTeX, and the place; None for neither.

    >>> [words_around(text)[1] for text in ("z = w*x\\nStep 2: L = z y", "L = z y, where z is known")]
    [8, 9]
    >>> words_around("x: float = 2 y = x")
    """
    if _DOT.match(text):
        return (DRAWN if "drawn by nodegraph" in text[:100] else DOT), 0
    plain = _STRING.sub(_blank, text)
    for found in _BEFORE.finditer(plain):
        if (_TYPES | MODULES).isdisjoint((found["name"] or "").split(".")):
            start = found.start()
            return LABEL, start + len(found[0]) - len(found[0].lstrip())
    for found in _SIDE_BY_SIDE.finditer(_REMARK.sub(_blank, plain)) if not is_latex else ():
        if _is_sentence(found[0].split()):
            return PROSE, found.start()
    return None


def words_behind(line: str, sign: str = "") -> tuple[str, int] | None:
    """Returns what to say of the words behind a formula, and their place in its line; None without any, or
    where another sign than a certain one stands before them.

    >>> words_behind("z = w*x  (forward)")[1], words_behind("z = w*x -- forward pass")[1]
    (9, 8)
    >>> words_behind("z = w*x  # all -- forward")
    """
    for found in _BEHIND.finditer(_REMARK.sub(_blank, _STRING.sub(_blank, line))):
        is_bracket = found["sign"] == "("
        if is_bracket == bool(found["end"]) and sign in ("", found["sign"]):
            return f"{BEHIND}, or write * before a factor" if is_bracket else BEHIND, found.start("sign")
    return None


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _is_sentence(words: Sequence[str]) -> bool:
    """Whether words side by side are a sentence, and no factors or words of a program."""
    if not _CODE.isdisjoint(words) or {"for", "in"} <= set(words):
        return False
    long = [word for word in words if len(word) > 1 and not iskeyword(word) and word not in _FUNCTIONS]
    return len(long) > 1 and (len(words) > 3 or not _TELLING.isdisjoint(map(str.lower, words)))


def without_type(statement: ast.stmt, imported: Container[str] = ()) -> ast.stmt:
    """Returns `x = 2.0` for `x: float = 2.0`, and any other statement as it is; names that are imported may
    be types. Raises NotArithmetic for a label.

    >>> ast.unparse(without_type(ast.parse("w: torch.Tensor = torch.tensor(2.0)").body[0]))
    'w = torch.tensor(2.0)'
    """
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Starred):
        raise NotArithmetic(LABEL, statement)
    if not isinstance(statement, ast.AnnAssign):
        return statement
    if statement.value is None:  # y: float
        return ast.copy_location(ast.Pass(), statement) if _is_type(statement.annotation, "") else statement
    maker = last_name(statement.value.func) if isinstance(statement.value, ast.Call) else ""
    said = statement.annotation
    if not _is_type(said, maker) and not (isinstance(said, ast.Name) and said.id in imported):
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
    if isinstance(said, ast.Constant):
        return said.value is None or isinstance(said.value, str)
    return isinstance(said, ast.Name) and said.id in (*_TYPES, maker)
