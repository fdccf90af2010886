"""A lesson's Markdown as rich text for a label, and as plain text for a screen reader.

HTML in a lesson stays text, links lead to the web only, and pictures are those that the lesson has been read
with: nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nodegraph.app.features.lessons import pictures as lesson_pictures
from nodegraph.app.platform import style
from nodegraph.app.widgets.text import JOINER
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.items.note_markdown import escaped_products
from nodegraph.lessons.pages import markdown

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_LINE = "line-height:138%"
_WEB = ("http://", "https://")


def html(text: str, theme: Theme, pictures: Mapping[str, Path] | None = None, width: int = 0) -> str:
    """The text in the colours of a theme; its pictures at most `width` pixels wide."""
    return _Writer(theme, pictures or {}, width).blocks(_tree(text))


def inline(text: str, theme: Theme) -> str:
    """One line of it, such as a task or a reason."""
    return _Writer(theme, {}, 0).inline(_tree_of_line(text))


def plain(text: str) -> str:
    """The text without its marks.

    >>> plain("The **chain rule**: `5 × 3`.\\n\\n- one\\n- [two](https://example.org)")
    'The chain rule: 5 × 3. one two'
    >>> plain("A block without an end:\\n\\n```\\na = 3")
    'A block without an end: a = 3'
    >>> plain("| a | b |\\n|---|---|\\n| 1 | 2*3*4 |")
    'a, b 1, 2*3*4'
    """
    return " ".join(piece for node in _tree(text).children for piece in _plain(node) if piece)


def plain_line(text: str) -> str:
    """One line of it, such as a title, without its marks.

    >>> plain_line("The *gradient* of `a*b`")
    'The gradient of a*b'
    """
    return "".join(piece for node in _tree_of_line(text).children for piece in _plain(node))


def _tree(text: str) -> SyntaxTreeNode:
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(markdown().parse(escaped_products(text)))


def _tree_of_line(text: str) -> SyntaxTreeNode:
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(markdown().parseInline(escaped_products(text)))


def _plain(node: SyntaxTreeNode) -> Iterator[str]:
    """The pieces of a block, each to be read as one."""
    if node.type in ("fence", "code_block"):
        yield node.content.rstrip("\n").replace("\n", ", ")
    elif node.type == "tr":
        yield ", ".join(piece for cell in node.children for piece in _plain(cell))
    elif node.type == "inline":
        yield "".join(map(_plain_inline, node.children)).strip()
    else:
        for child in node.children:
            yield from _plain(child)


def _plain_inline(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(map(_plain_inline, node.children))


class _Writer:
    """Writes blocks as the few elements that a label of Qt shows well."""

    def __init__(self, theme: Theme, pictures: Mapping[str, Path], width: int) -> None:
        self.theme = theme
        self.pictures = pictures
        self.width = width
        self.gap = style.px(10)

    def blocks(self, node: SyntaxTreeNode, indent: int = 0, mark: str = "") -> str:
        """The blocks within one; `mark` stands before the first paragraph, as in a list."""
        made = []
        for child in node.children:
            made.append(self._block(child, indent, mark))
            mark = ""
        return "".join(made)

    def _block(self, node: SyntaxTreeNode, indent: int, mark: str) -> str:
        if node.type in ("fence", "code_block"):
            return self._code(node.content.rstrip("\n"))
        if node.type in ("bullet_list", "ordered_list"):
            return self._list(node, indent)
        if node.type == "blockquote":
            return self.blocks(node, indent + 1)
        if node.type == "table":
            return self._table(node)
        if node.type == "hr":
            return "<hr>"
        look = "font-weight:600; " if node.type == "heading" else ""
        if not all(piece.type == "image" for line in node.children for piece in line.children):
            look += _LINE  # taller lines would leave a gap below a picture
        return self._paragraph(self.inline(node), look, indent, mark)

    def _paragraph(self, text: str, look: str, indent: int, mark: str) -> str:
        below = self.gap // 2 if indent else self.gap
        place = f"margin-left:{style.px(20) * indent}px; " if indent else ""
        hang = f"text-indent:-{style.px(14)}px; " if mark else ""
        shown = f"{mark}&nbsp; {text}" if mark else text
        return f'<p style="margin-top:0; margin-bottom:{below}px; {place}{hang}{look}">{shown}</p>'

    def _list(self, node: SyntaxTreeNode, indent: int) -> str:
        first = int(node.attrs.get("start", 1))
        marks = (
            f"{first + place}." if node.type == "ordered_list" else "•" for place in range(len(node.children))
        )
        return "".join(
            self.blocks(item, indent + 1, mark) for item, mark in zip(node.children, marks, strict=True)
        )

    def _code(self, text: str) -> str:
        rows = "<br>".join(escape(row).replace("  ", "&nbsp; ") for row in text.split("\n"))
        return (
            f'<table width="100%" cellpadding="{style.px(9)}" cellspacing="0" bgcolor="{self.theme.head}" '
            f'style="margin-top:2px; margin-bottom:{self.gap}px"><tr>'
            f'<td style="font-weight:600; {_LINE}">{rows}</td></tr></table>'
        )

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = "".join(
            "<tr>"
            + "".join(f"<{cell.type}{_side(cell)}>{self.inline(cell)}</{cell.type}>" for cell in row.children)
            + "</tr>"
            for part in node.children
            for row in part.children
        )
        return (
            f'<table cellpadding="{style.px(4)}" cellspacing="0" border="1" style="border-collapse:collapse; '
            f'border-color:{self.theme.line}; margin-bottom:{self.gap}px">{rows}</table>'
        )

    # --- within a paragraph
    def inline(self, node: SyntaxTreeNode) -> str:
        """What stands within a paragraph, a heading, a cell, or one of these."""
        return "".join(map(self._inline, node.children))

    def _inline(self, node: SyntaxTreeNode) -> str:
        if node.type == "text":
            return escape(node.content, quote=False).replace("/∂", f"/{JOINER}∂")
        if node.type == "code_inline":
            code = escape(node.content, quote=False).replace(" ", "&nbsp;").replace("/", f"/{JOINER}")
            return f'<span style="font-weight:600">{code}</span>'
        if node.type == "softbreak":
            return " "
        if node.type == "hardbreak":
            return "<br>"
        if node.type == "image":
            return self._picture(node)
        inner = self.inline(node)
        if node.type == "link":
            target = str(node.attrs["href"])
            colour = f'style="color:{self.theme.accent}"'
            return f'<a href="{escape(target)}" {colour}>{inner}</a>' if target.startswith(_WEB) else inner
        tag = {"strong": "b", "em": "i", "s": "s"}.get(node.type)
        return f"<{tag}>{inner}</{tag}>" if tag else inner

    def _picture(self, node: SyntaxTreeNode) -> str:
        """The picture itself, so that the label has nothing to look for; else the words that stand for it."""
        path = self.pictures.get(str(node.attrs["src"]))
        shown = lesson_pictures.as_html(path, self.width) if path is not None else ""
        return shown or escape(_plain_inline(node), quote=False)


def _side(cell: SyntaxTreeNode) -> str:
    """To which side of its column a cell is aligned."""
    side = str(cell.attrs.get("style", "")).removeprefix("text-align:")
    return f' align="{side}"' if side in ("left", "center", "right") else ""
