"""Sets lines of LaTeX with KaTeX and with pdflatex, where they are, and tells which lines they refuse; and
turns the few commands that formulas are made of into plain text, so that their equations can be read.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

PAGE = 400
"""Lines in one document of pdflatex."""
LONGEST_S = 600
KATEX = """
const katex = require("katex");
const lines = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const refused = [];
for (const line of lines) {
  try { katex.renderToString(line, {displayMode: true, throwOnError: true, strict: "ignore"}); }
  catch (error) { refused.push(line + "   " + error.message); }
}
console.log(JSON.stringify(refused));
"""
HEAD = r"""\documentclass{article}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}
\usepackage{amsmath,amssymb}
\begin{document}
"""


def katex_refusals(lines: Sequence[str]) -> list[str] | None:
    """The lines that KaTeX refuses, with what it says; None where npm is not to be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--prefix", folder, "katex"], capture_output=True
        )
        if made.returncode:
            return None
        done = subprocess.run(
            [node, "-e", KATEX], input=json.dumps(list(lines)), cwd=folder,
            capture_output=True, text=True, timeout=LONGEST_S, check=True,
        )  # fmt: skip
        refused: list[str] = json.loads(done.stdout)
        return refused


def pdflatex_refusals(lines: Sequence[str]) -> list[str] | None:
    """The lines that pdflatex refuses, with what it says; None where it is not installed."""
    program = shutil.which("pdflatex")
    if program is None:
        return None
    found = []
    for start in range(0, len(lines), PAGE):
        found += _refused_of_page(program, lines[start : start + PAGE])
    return found


def _refused_of_page(program: str, lines: Sequence[str]) -> list[str]:
    body = "\n".join(f"\\[ {line} \\]" for line in lines)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "lines.tex").write_text(f"{HEAD}{body}\n\\end{{document}}\n", encoding="utf-8")
        done = subprocess.run(
            [program, "-interaction=nonstopmode", "lines.tex"],
            cwd=folder, capture_output=True, timeout=LONGEST_S,
        )  # fmt: skip
        told = done.stdout.decode("utf-8", "replace")
    errors = re.findall(r"^! (.*)\n(?:.*\n)*?l\.(\d+)", told, re.MULTILINE)
    places = [(int(at) - HEAD.count("\n") - 1, what) for what, at in errors]
    refused = [f"{lines[place]}   {what}" for place, what in places if 0 <= place < len(lines)]
    return refused or (["a page, of which no line was named"] if done.returncode else [])


# --- as plain text
COMMANDS = {
    r"\left": "", r"\right": "", r"\times": "×", r"\approx": "≈", r"\leftarrow": "←",
    r"\to": "→", r"\infty": "∞",
    r"\mathrm{NaN}": "NaN", r"\ldots": "…", r"\cdots": "…", r".\mathrm{grad}": ".grad",
    r"\sigma(": "σ(", r"\sigma\left(": "σ(",
    r"\sin": "sin", r"\cos": "cos", r"\tanh": "tanh", r"\tan": "tan", r"\exp": "exp", r"\ln": "ln",
    r"\max": "max", r"\min": "min", "-": "−",
}  # fmt: skip
_TENS = re.compile(r"(?<![\w.^])(\d+(?:\.\d+)?) × 10\^\((−?\d+)\)")
"""A number with an exponent, which is one number and no product."""
_PARTIAL = re.compile(r"\\partial (.*?)(?:\[(\d+)\])?")


def unicode_of(latex: str, names: Mapping[str, str]) -> str:
    """A formula as plain text; `names` are what names look like in LaTeX, and what they are."""
    simple = sorted({**names, **COMMANDS}.items(), key=lambda pair: len(pair[0]), reverse=True)
    made, place = [], 0
    while place < len(latex):
        text, place = _piece(latex, place, names, simple)
        made.append(text)
    return _TENS.sub(r"\1e\2", "".join(made))


def _piece(
    latex: str, place: int, names: Mapping[str, str], simple: Sequence[tuple[str, str]]
) -> tuple[str, int]:
    """The text of the piece at a place, and where the next one begins."""
    if latex.startswith(r"\frac", place):
        above, place = _group(latex, place + len(r"\frac"))
        below, place = _group(latex, place)
        if above.startswith(r"\partial"):
            return _derivative(above, below, names), place
        return f"(({unicode_of(above, names)}) / ({unicode_of(below, names)}))", place
    for command, text in ((r"\sqrt", "√"), ("^", "^"), (r"\operatorname", "")):
        if latex.startswith(command + "{", place):
            inside, after = _group(latex, place + len(command))
            plain = unicode_of(inside, names)
            return (f"{text}({plain})" if text else inside), after
    for command, text in simple:
        if latex.startswith(command, place):
            return text, place + len(command)
    return latex[place], place + 1


def _derivative(above: str, below: str, names: Mapping[str, str]) -> str:
    of, by = _PARTIAL.fullmatch(above), _PARTIAL.fullmatch(below)
    if of is None or by is None:
        return f"{above}/{below}"
    number = f"[{by[2]}]" if by[2] else ""
    return f"∂{names.get(of[1], of[1])}/∂{names.get(by[1], by[1])}{number}"


def _group(latex: str, place: int) -> tuple[str, int]:
    """What stands between the braces that open here, and where they have closed."""
    depth = 0
    for end in range(place, len(latex)):
        depth += (latex[end] == "{") - (latex[end] == "}")
        if depth == 0:
            return latex[place + 1 : end], end + 1
    return latex[place:], len(latex)
