"""What an example's source prints, beside what comes out here. Reads a trace; writes text and HTML."""

from __future__ import annotations

from html import escape

from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.engine.trace import Frame
from nodegraph.core.numbers import format_number
from nodegraph.formats.examples import Example, PrintedNumber, matches_print, printed_digits

DIGITS = 10
WAITING = "…"


def comparison(example: Example, frame: Frame, theme: Theme) -> tuple[str, str]:
    """The printed numbers beside ours as far as the passes have got, as plain text and as HTML."""
    if frame.guarded:
        return "", ""
    numbers = printed_digits(example)
    if not numbers:
        return f"{example.source}: prints no numbers.", f"<i>{escape(example.source)}</i>: prints no numbers."
    lines, rows, differs = [], [], False
    for number in numbers:
        ours = _ours(number, frame)
        agrees = matches_print(number.text, ours)
        differs |= ours is not None and not agrees
        shown = WAITING if ours is None else format_number(ours, DIGITS)
        mark = "✓" if agrees else "" if ours is None else "≠"
        symbol = number.node if number.kind == "value" else f"gradient of {number.node}"
        lines.append(f"{symbol}: printed {number.text}, here {shown} {mark}".rstrip())
        inked = f'<span style="color:{theme.forward}">{mark}</span>' if agrees else mark
        rows.append(_row(escape(symbol), escape(number.text), escape(shown), inked))
    note = "Where a value was changed here, the numbers differ." if differs else ""
    head = _row("", "printed", "here", "", style=f"color:{theme.dim}")
    table = f"<table cellspacing='0' cellpadding='2' width='100%'>{head}{''.join(rows)}</table>"
    html = f"<p style='margin:0 0 4px 0'>{escape(example.source)}</p>{table}{note}"
    return "\n".join([example.source, *lines, note]), html


def _row(symbol: str, theirs: str, ours: str, mark: str, style: str = "") -> str:
    right = "align='right'"
    cells = f"<td>{symbol}</td><td {right}>{theirs}</td><td {right}>{ours}</td><td>{mark}</td>"
    return f"<tr style='{style}'>{cells}</tr>"


def _ours(number: PrintedNumber, frame: Frame) -> float | None:
    node_id = next((node.id for node in frame.trace.nodes.values() if node.name == number.node), None)
    if node_id is None:
        return None
    return frame.value(node_id) if number.kind == "value" else _whole_gradient(node_id, frame)


def _whole_gradient(node_id: str, frame: Frame) -> float | None:
    arrived, expected = frame.arrived(node_id)
    # The source prints gradients of its output after one pass.
    of_one_pass = frame.trace.mode == "reverse" and not frame.trace.left
    return frame.gradient(node_id) if arrived == expected and of_one_pass else None
