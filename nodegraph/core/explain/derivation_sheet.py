"""The derivation of a whole graph, or of one node, as a sheet: Markdown, LaTeX, HTML or plain text.

Writes text and no file; every line comes from `derivation`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from nodegraph.core.building.formulas import formula_of
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.derivation import derive_gradient, derive_node, derive_values
from nodegraph.core.explain.derivation_lines import Derivation, Line, Part
from nodegraph.core.explain.symbols import name_side
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.equations import LATEX_SIGNS, Side, both
from nodegraph.core.operations.latex_text import OTHER_LETTERS, escaped
from nodegraph.core.operations.latex_text import with_other_letters as _tex
from nodegraph.core.quoting import quoted
from nodegraph.core.typeset import WORD, typeset

SUFFIXES: Mapping[str, str] = {"markdown": ".md", "latex": ".tex", "html": ".html", "text": ".txt"}
"""The formats, each with the ending of its files."""
TITLES: Mapping[str, str] = {
    "markdown": "Markdown",
    "latex": "LaTeX",
    "html": "Web page",
    "text": "Plain text",
}
"""What people call each format."""
LONGEST_FORMULA = 2000
"""Characters beyond which the formula of the whole graph is left out."""
TERMS_A_ROW = 3
"""Terms of a sum that stand on one row of a page."""
UNTITLED = "Derivation"


@dataclass(frozen=True)
class Section:
    """One heading of a sheet, which may begin with a formula, and what stands below it."""

    title: str
    parts: tuple[Part, ...]
    note: str = ""
    level: int = 2
    subject: Side | None = None


@dataclass(frozen=True)
class Writing:
    """How a format writes a sheet: each function returns a block of text. Headings and words are handed over
    as `text` and `formula` wrote them.
    """

    begin: Callable[[str], str]
    heading: Callable[[str, int], str]
    words: Callable[[str], str]
    lines: Callable[[Sequence[Line]], str]
    text: Callable[[str], str]
    formula: Callable[[Side], str]
    end: str = ""


def write_sheet(graph: Graph, trace: Trace, kind: str, node_id: str | None = None) -> str:
    """The sheet of a graph, or of one of its nodes, in a format of `SUFFIXES`."""
    return "".join(blocks(graph, trace, kind, node_id))


def blocks(graph: Graph, trace: Trace, kind: str, node_id: str | None = None) -> Iterator[str]:
    """The same, block by block."""
    writing, names = WRITINGS[kind], _Names(trace)
    yield writing.begin(quoted(graph.title) or UNTITLED)
    formula = Side(*both(partial(formula_of, graph)))
    if formula.unicode and len(formula.unicode) <= LONGEST_FORMULA:
        yield writing.words(writing.formula(formula))
    for section in (
        _sections(trace) if node_id is None else [_section(derive_node(trace.last_frame, node_id))]
    ):
        yield from _blocks_of(section, writing, names)
    yield writing.end


def _blocks_of(section: Section, writing: Writing, names: _Names) -> Iterator[str]:
    yield writing.heading(names.written(quoted(section.title), writing, section.subject), section.level)
    if section.note:
        yield writing.words(names.written(quoted(section.note), writing))
    for part in section.parts:
        yield from _part(part, writing, names)


def format_of(path: str) -> str | None:
    """The format that the ending of a file name asks for."""
    return next((kind for kind, suffix in SUFFIXES.items() if path.lower().endswith(suffix)), None)


def as_text(derivation: Derivation) -> str:
    """One derivation as plain text, as it is copied."""
    writing, names = WRITINGS["text"], _Names()
    return "".join(_blocks_of(_section(derivation), writing, names)).strip() + "\n"


def as_latex(derivation: Derivation) -> str:
    """One derivation as LaTeX, as it is copied: to be put into a document that uses amsmath."""
    return "\n\n".join(_align(part.lines) for part in derivation.parts if part.lines) + "\n"


class _Names:
    """The names in sentences that are set otherwise than they are typed, as formulas have them."""

    def __init__(self, trace: Trace | None = None) -> None:
        self._sides: dict[str, Side] = {}
        if trace is not None:
            names = [node.name for node in trace.nodes.values()]
            self._sides = {name: name_side(trace, name) for name in names if typeset(name) != name}

    def written(self, text: str, writing: Writing, subject: Side | None = None) -> str:
        """Returns a text, which may begin with a formula, as a format writes it."""
        made = ""
        if subject is not None and text.startswith(quoted(subject.unicode)):
            made, text = writing.formula(subject), text.removeprefix(quoted(subject.unicode))
        return made + "".join(
            writing.formula(self._sides[piece]) if piece in self._sides else writing.text(piece)
            for piece in (_WORDS.split(text) if self._sides else [text])
        )


_WORDS = re.compile(f"({WORD})")


def _section(derivation: Derivation) -> Section:
    return Section(derivation.title, derivation.parts, derivation.note, subject=derivation.subject)


def _sections(trace: Trace) -> Iterator[Section]:
    """The forward pass, the derivatives node by node, and what kept the rest from running."""
    frame = trace.last_frame
    if trace.plan.ids:
        yield Section("Forward: the values", (derive_values(frame),))
    if trace.has_derivatives:
        yield Section("Backward: the gradients", ())
    for node_id in reversed(trace.plan.ids):
        if node_id == trace.seed or trace.edges_back_to(node_id):
            told = derive_gradient(frame, node_id)
            yield Section(told.title, told.parts, level=3, subject=told.subject)
    if trace.problems:
        yield Section("Problems", (), " ".join(f"{name}: {message}" for name, message in trace.problems))


def _part(part: Part, writing: Writing, names: _Names) -> Iterator[str]:
    """The lines in blocks, each with its reason after it."""
    block: list[Line] = []
    for place, line in enumerate(part.lines):
        block.append(line)
        following = part.lines[place + 1] if place + 1 < len(part.lines) else None
        if line.why and (following is None or following.why != line.why):
            yield writing.lines(block)
            yield writing.words(names.written(line.why, writing))
            block = []
    if block:
        yield writing.lines(block)
    if part.note:
        yield writing.words(names.written(part.note, writing))


# --- LaTeX
def _align(lines: Sequence[Line]) -> str:
    """Equations below one another at their first =, in an align* of amsmath."""
    return f"\\begin{{align*}}\n{_rows(lines)}\n\\end{{align*}}"


def _rows(lines: Sequence[Line]) -> str:
    return " \\\\\n".join(_row(line) for line in lines)


def _row(line: Line) -> str:
    """One equation with & at its first =; a long sum goes on below."""
    pieces, aligned, terms = [], False, 0
    for piece in line.pieces:
        if piece.unicode in LATEX_SIGNS and not aligned:
            pieces.append(f"&{piece.latex}")
            aligned = True
        elif piece.unicode == "+" and (terms := terms + 1) % TERMS_A_ROW == 0:
            pieces.append("\\\\\n&\\quad +")
        else:
            pieces.append(piece.latex)
    return " ".join(pieces)


def _latex_begin(title: str) -> str:
    return _PREAMBLE.replace("TITLE", _tex(escaped(title))).replace("OTHER\n", OTHER_LETTERS)


_PREAMBLE = r"""% Made by nodegraph, for pdflatex, lualatex or xelatex.
\documentclass{article}
\usepackage{iftex}
\ifPDFTeX\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\fi
\usepackage{amsmath,amssymb}
\usepackage[margin=25mm]{geometry}
\ifPDFTeX\else\usepackage{unicode-math}\fi
\allowdisplaybreaks
\setlength{\parindent}{0pt}
OTHER
\title{TITLE}
\date{}
\begin{document}
\maketitle
"""


def _latex_formula(side: Side) -> str:
    """In a line of text, where brackets that grow would keep it from going on below."""
    return f"${_tex(_of_one_size(side.latex))}$"


def _of_one_size(latex: str) -> str:
    """The formula with brackets of a fixed size, larger round what has a fraction in it.

    >>> _of_one_size(r"\\left(a + \\frac{b}{2}\\right) \\times \\left|x\\right|")
    '\\\\bigl(a + \\\\frac{b}{2}\\\\bigr) \\\\times |x|'
    """
    while found := _GROWN.search(latex):
        first, inside, last = found.groups()
        left, right = (r"\bigl", r"\bigr") if r"\frac" in inside else ("", "")
        latex = f"{latex[: found.start()]}{left}{first}{inside}{right}{last}{latex[found.end() :]}"
    return latex


_GROWN = re.compile(r"\\left([(|])((?:(?!\\left|\\right).)*)\\right([)|])")
"""The brackets that hold no others that grow."""


# --- Markdown
def _markdown_formula(side: Side) -> str:
    latex = _without_marks(side.latex)
    return f"$`{latex}`$" if re.search(r"\\[^A-Za-z\s\\]", latex) else f"${latex}$"


def _without_marks(latex: str) -> str:
    """Mathematics with a letter that looks like it for `, by which Markdown would begin or end code."""
    return latex.replace("`", "\u02cb")


def _markdown_lines(lines: Sequence[Line]) -> str:
    """A block of mathematics; where a name has an escape, in the form that Markdown leaves alone."""
    rows = _without_marks(f"\\begin{{aligned}}\n{_rows(lines)}\n\\end{{aligned}}")
    if re.search(r"\\[^A-Za-z\s\\]", rows):
        return f"```math\n{rows}\n```\n\n"
    return f"$$\n{rows}\n$$\n\n"


def _markdown_words(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", text)


# --- HTML
def _html_begin(title: str) -> str:
    return _HTML_HEAD.replace("TITLE", escape(title))


def _html_line(line: Line) -> str:
    """MathML, which browsers draw themselves; where that cannot be made, the line as text."""
    made = _mathml(line.latex) or f"<span>{escape(line.unicode)}</span>"
    kind = "continued" if line.continues else "equation"
    return f'<div class="{kind}" role="math" aria-label="{escape(line.unicode)}">{made}</div>\n'


def _html_formula(side: Side) -> str:
    made = _mathml(side.latex) or escape(side.unicode)
    return f'<span role="math" aria-label="{escape(side.unicode)}">{made}</span>'


def _mathml(latex: str) -> str:
    try:
        converter: Any = importlib.import_module("latex2mathml.converter")
        made: str = converter.convert(latex)
    except Exception:  # it is missing, or its parser comes upon something: the text is shown instead
        return ""
    return made


_HTML_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>TITLE</title>
<style>
body { font: 16px/1.55 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.7rem; } h2 { margin-top: 2.6rem; font-size: 1.3rem; } h3 { margin-top: 2rem; }
.equation, .continued { margin: .35rem 0; font-size: 1.2rem; overflow-x: auto; }
.continued { padding-left: 2.6rem; }
p { color: color-mix(in srgb, currentColor 75%, transparent); margin: .2rem 0 .9rem; }
</style>
</head>
<body>
<h1>TITLE</h1>
"""

WRITINGS: Mapping[str, Writing] = {
    "text": Writing(
        begin=lambda title: f"{title}\n{'=' * len(title)}\n\n",
        heading=lambda title, level: f"\n{title}\n" + ("-" * len(title) + "\n" if level == 2 else ""),
        words=lambda text: f"  {text}\n",
        lines=lambda lines: "".join(f"  {'    ' * line.continues}{line.unicode}\n" for line in lines),
        text=lambda text: text,
        formula=lambda side: quoted(side.unicode),
    ),
    "markdown": Writing(
        begin=lambda title: f"# {_markdown_words(title)}\n\n",
        heading=lambda title, level: f"{'#' * level} {title}\n\n",
        words=lambda text: f"{text}\n\n",
        lines=_markdown_lines,
        text=_markdown_words,
        formula=_markdown_formula,
    ),
    "latex": Writing(
        begin=_latex_begin,
        heading=lambda title, level: f"\n\\{'sub' * (level - 2)}section*{{{title}}}\n",
        words=lambda text: f"{text}\n\n",
        lines=lambda lines: f"{_tex(_align(lines))}\n",
        text=lambda text: _tex(escaped(text)),
        formula=_latex_formula,
        end="\\end{document}\n",
    ),
    "html": Writing(
        begin=_html_begin,
        heading=lambda title, level: f"<h{level}>{title}</h{level}>\n",
        words=lambda text: f"<p>{text}</p>\n",
        lines=lambda lines: "".join(map(_html_line, lines)),
        text=escape,
        formula=_html_formula,
        end="</body>\n</html>\n",
    ),
}
