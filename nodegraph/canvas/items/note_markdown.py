"""What a note's text is read as: simple Markdown in which the asterisks of a formula stay asterisks.

Markdown takes `a*b + c*f` for emphasis and shows `ab + cf`, and runs lines together that were typed one below
another. Knows text alone, no widget and no graph.
"""

import re
from itertools import pairwise

_CODE = re.compile(
    r"(?<!`)(?P<ticks>`++)(?:.*?[^`])?(?P=ticks)(?!`)|^(?: {4}|\t)[^\n]*", re.DOTALL | re.MULTILINE
)
"""Code in backticks, fenced or indented: it shows its asterisks anyway, and a backslash as well."""
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_STARS = re.compile(r"(?<!\\)(?<!\*)\*{1,2}(?!\*)")
_FENCE = re.compile(r" {0,3}(?:`{3,}[^`]*$|~~~)")
_OWN_LINE = re.compile(r" {4}|\t|[ \t]*(?:#{1,6}(?:[ \t]|$)|>|`{3,}[^`]*$|~~~|(?:[-*_=][ \t]*)+$|$)")
"""What neither goes on with the line above nor on the one below: a heading, a quotation, a rule, code, and no
words at all. Notes know no tables, so that |w| at the beginning of a line is a size, and #1 is no heading.
"""
_AT_LEAST = re.compile(r"^( {0,3})>(?==)", re.MULTILINE)
"""A sign that quotes nothing: >= 3."""
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]")
LINE_BREAK = "\u2028"


def kept_lines(markdown: str) -> str:
    """Let lines of a paragraph stay lines.

    >>> kept_lines("# Loss\\nfirst\\nsecond\\n- a\\n- b\\n\\nthird").split("\\n")
    ['# Loss', 'first\\u2028second', '- a', '- b', '', 'third']
    """
    lines = markdown.split("\n")
    kept, is_code = lines[:1], bool(_FENCE.match(lines[0]))
    for before, line in pairwise(lines):
        is_apart = is_code or _OWN_LINE.match(before) or _OWN_LINE.match(line) or _ITEM.match(line)
        kept += ["\n", line] if is_apart else [LINE_BREAK, line.lstrip()]
        is_code ^= bool(_FENCE.match(line))
    return "".join(kept)


def escaped_products(markdown: str) -> str:
    """Escape each `*` and `**` that stands between two operands and closes no emphasis, and a >= that begins
    a line.

    >>> print(escaped_products("L = a*b + c**2, and **bold** stays"))
    L = a\\*b + c\\*\\*2, and **bold** stays
    """
    pieces, end = [], 0
    for code in _CODE.finditer(markdown):
        pieces += [_escaped_outside_code(markdown[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*pieces, _escaped_outside_code(markdown[end:])])


def _escaped_outside_code(text: str) -> str:
    text = _AT_LEAST.sub(r"\1\\>", text)
    open_runs: set[str] = set()
    pieces, end = [], 0
    for stars in _STARS.finditer(text):
        if _PARAGRAPH_END.search(text, end, stars.start()):
            open_runs.clear()  # emphasis ends with its paragraph
        before, after = text[: stars.start()][-1:], text[stars.end() :][:1]
        run = stars[0]
        pieces.append(text[end : stars.start()])
        if run in open_runs and before and not before.isspace():
            open_runs.discard(run)
        elif _ends_operand(before) and _starts_operand(after):
            run = run.replace("*", "\\*")
        elif after and not after.isspace():
            open_runs.add(run)
        pieces.append(run)
        end = stars.end()
    return "".join([*pieces, text[end:]])


def _ends_operand(character: str) -> bool:
    return character.isalnum() or character in tuple("_)]²³")


def _starts_operand(character: str) -> bool:
    return character.isalnum() or character in tuple("_(-−√σ")
