"""A lesson's Markdown as rich text for a label, and as plain text for a screen reader.

Only what lessons need: paragraphs, lists, small headings, bold, italic, code, formula blocks, web links. HTML
in a lesson stays text, and nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from nodegraph.app import style
from nodegraph.app.panels.text import JOINER
from nodegraph.canvas.theme import Theme

_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<![\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])")
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s&\"']+)\)")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d+)[.)])\s+(.*)")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")

Block = tuple[str, str]
"""A kind (`p`, `h`, `code`, `ul` or the number of an item) and its text."""


def html(markdown: str, theme: Theme) -> str:
    """The text in the colours of a theme."""
    gap, hang, line = style.px(10), style.px(20), "line-height:138%"
    parts = []
    for kind, text in _blocks(markdown):
        if kind == "code":
            rows = "<br>".join(escape(row).replace("  ", "&nbsp; ") for row in text.split("\n"))
            parts.append(
                f'<table width="100%" cellpadding="{style.px(9)}" cellspacing="0" bgcolor="{theme.head}" '
                f'style="margin-top:2px; margin-bottom:{gap}px"><tr><td style="font-weight:600; {line}">'
                f"{rows}</td></tr></table>"
            )
        elif kind in ("p", "h"):
            weight = "font-weight:600;" if kind == "h" else ""
            parts.append(f'<p style="margin-top:0; margin-bottom:{gap}px; {weight}{line}">'
                         f"{_inline(text, theme)}</p>")  # fmt: skip
        else:
            mark = "•" if kind == "ul" else f"{kind}."
            parts.append(
                f'<p style="margin-top:0; margin-bottom:{gap // 2}px; margin-left:{hang}px; '
                f'text-indent:-{style.px(14)}px; {line}">{mark}&nbsp; {_inline(text, theme)}</p>'
            )
    return "".join(parts)


def plain(markdown: str) -> str:
    """The text without its marks.

    >>> plain("The **chain rule**: `5 × 3`.\\n\\n- one\\n- [two](https://example.org)")
    'The chain rule: 5 × 3. one two'
    >>> plain("A block without an end:\\n\\n```\\na = 3")
    'A block without an end: a = 3'
    """
    texts = [text.replace("\n", ", ") for _, text in _blocks(markdown)]
    joined = " ".join(texts)
    for pattern in (_LINK, _CODE, _BOLD, _ITALIC):
        joined = pattern.sub(r"\1", joined)
    return joined


def inline(text: str, theme: Theme) -> str:
    """One line of it, such as a task or a reason."""
    return _inline(text, theme)


def _inline(text: str, theme: Theme) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        code = match[1].replace(" ", "&nbsp;").replace("/", f"/{JOINER}")
        kept.append(f'<span style="font-weight:600">{code}</span>')
        return f"\x00{len(kept) - 1}\x00"

    made = _CODE.sub(keep, escape(text, quote=False).replace("/∂", f"/{JOINER}∂"))
    made = _BOLD.sub(r"<b>\1</b>", made)
    made = _LINK.sub(rf'<a href="\2" style="color:{theme.accent}">\1</a>', made)
    made = _ITALIC.sub(r"<i>\1</i>", made)
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], made)


def _blocks(markdown: str) -> Iterator[Block]:
    kind, held, fence = "", list[str](), ""
    for line in [*markdown.split("\n"), ""]:
        mark, item = _FENCE.match(line), _ITEM.match(line)
        if fence or mark:
            if held and kind != "code":
                yield kind, " ".join(held)
                held = []
            if not fence and mark:
                kind, fence = "code", mark[1]
            elif line.strip() == fence:
                yield "code", "\n".join(held)
                kind, held, fence = "", [], ""
            else:
                held.append(line)
            continue
        starts = item is not None or line.startswith("#") or not line.strip()
        if starts and held:
            yield kind, " ".join(held)
            kind, held = "", []
        if item is not None:
            kind, held = item[1] or "ul", [item[2].strip()]
        elif line.startswith("#"):
            yield "h", line.lstrip("# ").strip()
        elif line.strip():
            kind = kind or "p"
            held.append(line.strip())
    if held:  # a fence that nobody closed goes to the end
        yield kind, "\n".join(held).rstrip()
