"""A lesson's Markdown into pages: what stands under each heading, its text apart from its blocks. Knows no
directive; `markdown-it-py` knows Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from nodegraph.lessons.lines import error_at, nearest

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

FENCE = "nodegraph"
MAX_TITLE = 100
MAX_LINES = 10_000
DEEPEST = 20
"""How deep quotes and lists lie in each other at most; what would lie deeper is text, marks and all."""
FRONT_MATTER = ("title", "summary", "description", "minutes")
"""What is read of it; its other keys are for other programs."""
_SPACED = re.compile(r"!\[[^\]]*\]\(([^()<>\"]{,200}\.(?:png|jpe?g|gif))\)", re.IGNORECASE)
"""What is meant as a picture, and is none for the space in its name."""
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")
_RULE = re.compile(r"---[ \t]*$")
_RULE_END = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_FRONT_PAIR = re.compile(r"([A-Za-z_]+)\s*:\s*((?:.*\S)?)\s*$")
_FOLDED = re.compile(r"[|>][-+0-9]*$")
"""What stands in front matter where the text follows on lines of its own."""


@dataclass
class Page:
    """What stands under one heading."""

    title: str
    line: int
    is_title: bool
    lines: list[tuple[int, str]] = field(default_factory=list)
    """The lines of its text, with their numbers."""
    block: list[tuple[int, str]] = field(default_factory=list)
    """The lines of its blocks, with their numbers."""

    @property
    def text(self) -> str:
        """Its Markdown, without the blocks; indented code keeps its indent."""
        return _BLANK_START.sub("", "\n".join(line for _, line in self.lines)).rstrip()


@cache
def markdown() -> MarkdownIt:
    """The parser: CommonMark, tables and ~~struck~~ text; HTML stays text, its comments are left out. It is
    imported late, since that takes time.
    """
    parser = _parser().enable("strikethrough")
    parser.inline.ruler.before("autolink", "comment", _inline_comment)
    # Which links and pictures may be followed is judged by whoever shows them, with a sentence.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


@cache
def _blocks_only() -> MarkdownIt:
    """The parser without what stands within a paragraph, which takes long in a file that is made to."""
    return _parser().disable("inline")


def _parser() -> MarkdownIt:
    """The parser of blocks."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.options["maxNesting"] = 2 * DEEPEST  # where it leaves text out; `_deep` comes first
    parser.block.ruler.before("table", "deep", _deep)
    parser.block.ruler.before("paragraph", "comment", _block_comment, {"alt": ["paragraph", "blockquote"]})
    return parser


def without_comments(text: str) -> str:
    """Returns the text without the comments of HTML; its lines keep their numbers.

    >>> without_comments("One <!-- two\\n three --> four")
    'One \\n four'
    """
    kept, begin = [], 0
    while (start := text.find("<!--", begin)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept += [text[begin:start], "\n" * text.count("\n", start, end)]
        begin = end + 3
    return "".join([*kept, text[begin:]])


def _deep(state: StateBlock, begin: int, end: int, _silent: bool) -> bool:
    """Take everything that is nested too deep as one paragraph of plain text: a rule of the parser."""
    if state.level < DEEPEST:
        return False
    state.push("paragraph_open", "p", 1).map = [begin, end]
    token = state.push("inline", "", 0)
    token.content = state.getLines(begin, end, state.blkIndent, False).strip()
    token.map, token.children = [begin, end], []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def _block_comment(state: StateBlock, begin: int, end: int, silent: bool) -> bool:
    """Skip the lines of a comment that stands alone: a rule of the parser."""
    start = state.bMarks[begin] + state.tShift[begin]
    if state.is_code_block(begin) or not state.src.startswith("<!--", start):
        return False
    found = state.src.find("-->", start + 4)
    last = bisect_left(state.eMarks, found + 3, begin, end)
    if found < 0 or last == end or state.src[found + 3 : state.eMarks[last]].strip():
        return False
    if not silent:
        state.line = last + 1
    return True


def _inline_comment(state: StateInline, _silent: bool) -> bool:
    """Skip a comment within a paragraph: a rule of the parser."""
    found = state.src.find("-->", state.pos + 4) if state.src.startswith("<!--", state.pos) else -1
    if found < 0:
        return False
    state.pos = found + 3
    return True


def pages(text: str) -> list[Page]:
    """The pages of a text: the first is the lesson's own, under its title, the others are steps.

    >>> [(page.title, page.text) for page in pages("Sums\\n====\\n\\nAll of it.\\n\\nOne\\n---\\n\\nLook.")]
    [('Sums', 'All of it.'), ('One', 'Look.')]
    """
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise error_at(MAX_LINES + 1, f"a lesson has at most {MAX_LINES:,} lines")
    for number, line in enumerate(lines, 1):
        _check_characters(number, line)
    front, length = _front_matter(lines)
    lines[:length] = [""] * length  # so that every line keeps its number
    named = [_page(front["title"][1], front["title"][0], is_title=True)] if "title" in front else []
    found = _split(lines, named)
    if len(found) > 1 and named and found[1].is_title and not found[0].text:
        del found[0]  # a heading says it once more
    if not found or not found[0].is_title:
        raise error_at(found[0].line if found else 1, "a lesson begins with its title: “# Title”")
    _add_front_matter(found[0], front)
    return found


def _split(lines: list[str], named: list[Page]) -> list[Page]:
    """The pages that are there already, and those that headings begin; a line that belongs to none is an
    error.
    """
    found = list(named)
    last = 0
    tokens = _blocks_only().parse("\n".join(lines))
    for place, token in enumerate(tokens):
        if token.map is None:
            continue
        begin, end = token.map
        is_heading = token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2")
        is_fence = token.type == "fence"
        if is_fence:
            _check_closed(token, begin, end, lines)
        if not is_heading and not (is_fence and _is_ours(begin + 1, token.info)):
            continue
        _keep(found, lines, last, begin)
        last = end
        if is_heading:
            found.append(_page(tokens[place + 1].content, begin + 1, is_title=token.tag == "h1"))
        elif found:
            content = token.content.split("\n")[:-1]
            found[-1].block += [(begin + 2 + place, line) for place, line in enumerate(content)]
        else:
            raise error_at(begin + 1, "a lesson begins with its title: “# Title”")
    _keep(found, lines, last, len(lines))
    return found


def _keep(found: list[Page], lines: list[str], begin: int, end: int) -> None:
    """Give lines to the page that is open; where a block stood between, a blank line parts them."""
    if found:
        kept = found[-1].lines
        while kept and begin < end and not lines[begin].strip():
            begin += 1
        if kept and kept[-1][1].strip():
            kept.append((begin, ""))
        kept += enumerate(lines[begin:end], begin + 1)
        return
    before = without_comments("\n".join(lines[begin:end])).split("\n")
    for number, line in enumerate(before, begin + 1):
        if line.strip():
            raise error_at(number, "a lesson begins with its title: “# Title”")


def _page(title: str, line: int, *, is_title: bool) -> Page:
    kind, mark = ("lesson", "#") if is_title else ("step", "##")
    title = " ".join(title.split())
    if not title:
        raise error_at(line, f"this {kind} has no title; write it behind the “{mark}”")
    if len(title) > MAX_TITLE:
        raise error_at(line, f"a title has at most {MAX_TITLE} characters; this one has {len(title)}")
    return Page(title, line, is_title)


def _check_closed(token: Token, begin: int, end: int, lines: list[str]) -> None:
    """Markdown lets a block run to the end of the text; here it would swallow the steps behind it."""
    last = lines[end - 1].strip().lstrip("> ")
    if end - 1 == begin or set(last) != {token.markup[0]} or len(last) < len(token.markup):
        raise error_at(begin + 1, f"this block is not closed; end it with a line of {token.markup}")


def _is_ours(number: int, info: str) -> bool:
    mark = info.split(maxsplit=1)[0] if info.strip() else ""
    if mark != FENCE and nearest(mark, [FENCE]).startswith("; did"):
        raise error_at(number, f"“{mark}” marks no block of a lesson; did you mean “{FENCE}”?")
    return mark == FENCE


def _check_characters(number: int, line: str) -> None:
    if any(unicodedata.category(character) in ("Cc", "Cs") and character != "\t" for character in line):
        raise error_at(number, "there is a control character here; take it out")


# --- what stands before the Markdown
def _front_matter(lines: list[str]) -> tuple[dict[str, tuple[int, str]], int]:
    """The keys between `---` and `---` at the very start that say something here, with the numbers of their
    lines; and how many lines it takes.
    """
    if not lines or not _RULE.match(lines[0]):
        return {}, 0
    end = next((place for place, line in enumerate(lines[1:], 1) if _RULE_END.match(line)), None)
    if end is None:
        raise error_at(1, "these lines before the lesson are not closed; end them with a line of ---")
    found: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines[1:end], 2):
        pair = _FRONT_PAIR.match(line)
        if pair is not None and pair[1].lower() in FRONT_MATTER:
            told = "" if _FOLDED.match(pair[2]) else pair[2]
            text = " ".join([told, *_going_on(lines[number:end])]).strip()
            if text:
                found[pair[1].lower()] = (number, _unquoted(text))
    return found, end + 1


def _going_on(lines: list[str]) -> Iterator[str]:
    """The indented lines that go on with a value of the front matter."""
    return (
        line.strip() for line in takewhile(lambda line: not line or line[0] in " \t", lines) if line.strip()
    )


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _add_front_matter(head: Page, front: Mapping[str, tuple[int, str]]) -> None:
    """Give the lesson's page what its own text does not say."""
    summary = front.get("summary") or front.get("description")
    if summary is not None and not head.text:
        head.lines = [summary]
    if "minutes" in front and not head.block:
        number, minutes = front["minutes"]
        head.block = [(number, f"minutes: {minutes}")]


def images(page: Page) -> Iterator[tuple[int, str]]:
    """The pictures of a page: the line of each, and where it is, as the text says it. DocumentError where a
    space keeps Markdown from seeing one.
    """
    for token in markdown().parse("\n".join(line for _, line in page.lines)):
        begin, end = token.map or (0, 0)
        marked = (number for number, line in page.lines[begin:end] if "![" in line)
        children = token.children or ()
        for child in children:
            if child.type == "image":
                yield next(marked, page.line), str(child.attrs["src"])
        told = "".join(child.content for child in children if child.type == "text")
        for name in (found[1] for found in _SPACED.finditer(told) if " " in found[1]):
            sentence = f"the name “{name}” has a space; write it in angle brackets: <{name}>"
            raise error_at(next(marked, page.line), sentence)
