"""The derivation of a whole graph, or of one node, as a sheet: Markdown, LaTeX, HTML or plain text.

Writes text and no file; every line comes from `derivation`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from nodegraph.core.building.expression import formula_of
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.derivation import derive_gradient, derive_node, derive_values
from nodegraph.core.explain.derivation_lines import Derivation, Line, Part
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.equations import LATEX_SIGNS
from nodegraph.core.operations.latex_text import OTHER_LETTERS, escaped
from nodegraph.core.operations.latex_text import with_other_letters as _tex
from nodegraph.core.quoting import quoted

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
    """One heading of a sheet, and what stands below it."""

    title: str
    parts: tuple[Part, ...]
    note: str = ""
    level: int = 2


@dataclass(frozen=True)
class Writing:
    """How a format writes a sheet: each function returns a block of text."""

    begin: Callable[[str], str]
    heading: Callable[[str, int], str]
    words: Callable[[str], str]
    lines: Callable[[Sequence[Line]], str]
    end: str = ""


def write_sheet(graph: Graph, trace: Trace, kind: str, node_id: str | None = None) -> str:
    """The sheet of a graph, or of one of its nodes, in a format of `SUFFIXES`."""
    return "".join(blocks(graph, trace, kind, node_id))


def blocks(graph: Graph, trace: Trace, kind: str, node_id: str | None = None) -> Iterator[str]:
    """The same, block by block."""
    writing = WRITINGS[kind]
    yield writing.begin(quoted(graph.title) or UNTITLED)
    formula = formula_of(graph)
    if formula and len(formula) <= LONGEST_FORMULA:
        yield writing.words(formula)
    for section in (
        _sections(trace) if node_id is None else [_section(derive_node(trace.last_frame, node_id))]
    ):
        yield writing.heading(quoted(section.title), section.level)
        if section.note:
            yield writing.words(quoted(section.note))
        for part in section.parts:
            yield from _part(part, writing)
    yield writing.end


def format_of(path: str) -> str | None:
    """The format that the ending of a file name asks for."""
    return next((kind for kind, suffix in SUFFIXES.items() if path.lower().endswith(suffix)), None)


def as_text(derivation: Derivation) -> str:
    """One derivation as plain text, as it is copied."""
    return _one(derivation, "text")


def as_latex(derivation: Derivation) -> str:
    """One derivation as LaTeX, as it is copied: to be put into a document that uses amsmath."""
    return "\n\n".join(_align(part.lines) for part in derivation.parts if part.lines) + "\n"


def _one(derivation: Derivation, kind: str) -> str:
    writing, section = WRITINGS[kind], _section(derivation)
    texts = [
        writing.heading(quoted(section.title), 2),
        *([writing.words(section.note)] if section.note else []),
    ]
    return "".join(texts + [text for part in section.parts for text in _part(part, writing)]).strip() + "\n"


def _section(derivation: Derivation) -> Section:
    return Section(derivation.title, derivation.parts, derivation.note)


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
            yield Section(told.title, told.parts, level=3)
    if trace.problems:
        yield Section("Problems", (), " ".join(f"{name}: {message}" for name, message in trace.problems))


def _part(part: Part, writing: Writing) -> Iterator[str]:
    """The lines in blocks, each with its reason after it."""
    block: list[Line] = []
    for place, line in enumerate(part.lines):
        block.append(line)
        following = part.lines[place + 1] if place + 1 < len(part.lines) else None
        if line.why and (following is None or following.why != line.why):
            yield writing.lines(block)
            yield writing.words(line.why)
            block = []
    if block:
        yield writing.lines(block)
    if part.note:
        yield writing.words(part.note)


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


# --- Markdown
def _markdown_lines(lines: Sequence[Line]) -> str:
    """A block of mathematics; where a name has an escape, in the form that Markdown leaves alone."""
    rows = f"\\begin{{aligned}}\n{_rows(lines)}\n\\end{{aligned}}"
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
    ),
    "markdown": Writing(
        begin=lambda title: f"# {_markdown_words(title)}\n\n",
        heading=lambda title, level: f"{'#' * level} {_markdown_words(title)}\n\n",
        words=lambda text: f"{_markdown_words(text)}\n\n",
        lines=_markdown_lines,
    ),
    "latex": Writing(
        begin=_latex_begin,
        heading=lambda title, level: f"\n\\{'sub' * (level - 2)}section*{{{_tex(escaped(title))}}}\n",
        words=lambda text: f"{_tex(escaped(text))}\n\n",
        lines=lambda lines: f"{_tex(_align(lines))}\n",
        end="\\end{document}\n",
    ),
    "html": Writing(
        begin=_html_begin,
        heading=lambda title, level: f"<h{level}>{escape(title)}</h{level}>\n",
        words=lambda text: f"<p>{escape(text)}</p>\n",
        lines=lambda lines: "".join(map(_html_line, lines)),
        end="</body>\n</html>\n",
    ),
}
