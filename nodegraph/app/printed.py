"""What an example's source prints, beside what comes out here. Reads a trace; writes text and HTML."""

from __future__ import annotations

from html import escape

from nodegraph.canvas.theme import Theme
from nodegraph.core.numbers import format_number
from nodegraph.core.trace import Trace
from nodegraph.formats.examples import Example, PrintedNumber, matches_print, printed_digits

DIGITS = 10


def comparison(example: Example, trace: Trace, theme: Theme) -> tuple[str, str]:
    """The printed numbers beside ours with a tick where they agree, as plain text and as HTML."""
    numbers = printed_digits(example)
    if not numbers:
        return f"{example.source}: prints no numbers.", f"<i>{escape(example.source)}</i>: prints no numbers."
    lines, rows = [], []
    for number in numbers:
        ours = _ours(number, trace)
        agrees = matches_print(number.text, ours)
        shown = "—" if ours is None else format_number(ours, DIGITS)
        symbol = number.node if number.kind == "value" else f"gradient of {number.node}"
        lines.append(f"{symbol}: printed {number.text}, here {shown} {'✓' if agrees else '≠'}")
        mark = f'<span style="color:{theme.forward}">✓</span>' if agrees else "≠"
        rows.append(_row(escape(symbol), escape(number.text), escape(shown), mark))
    if not all(line.endswith("✓") for line in lines):
        lines.append("Values that were changed here may differ.")
    head = _row("", "printed", "here", "", style=f"color:{theme.dim}")
    table = f"<table cellspacing='0' cellpadding='2' width='100%'>{head}{''.join(rows)}</table>"
    html = f"<p style='margin:0 0 4px 0'>{escape(example.source)}</p>{table}"
    return "\n".join([example.source, *lines]), html


def _row(symbol: str, theirs: str, ours: str, mark: str, style: str = "") -> str:
    right = "align='right'"
    cells = f"<td>{symbol}</td><td {right}>{theirs}</td><td {right}>{ours}</td><td>{mark}</td>"
    return f"<tr style='{style}'>{cells}</tr>"


def _ours(number: PrintedNumber, trace: Trace) -> float | None:
    found = trace.values if number.kind == "value" else trace.gradients
    return found.get(number.node)
