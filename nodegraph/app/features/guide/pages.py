"""The pages of the guide: their order, their sections, and which of them speaks of a part of the window.

Reads the Markdown in `resources/help`; knows no widget.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from nodegraph import resources

NAMES = (
    "first-steps",
    "build",
    "watch",
    "understand",
    "lessons",
    "train",
    "keep",
    "course-page",
    "operations",
    "command-line",
    "python",
    "file-format",
)
"""The pages in the order in which they are read; each is a file `NAME.md`."""

FOLDER = "help"

TOPICS = {
    "palette": ("operations", ""),
    "canvas": ("build", ""),
    "canvas_field": ("build", "Change numbers and names"),
    "note_field": ("build", "Groups and notes"),
    "minimap": ("watch", "Find your way"),
    "findbar": ("watch", "Find your way"),
    "outline": ("watch", "Find your way"),
    "transport": ("watch", "Play and step"),
    "inspector": ("understand", ""),
    "derivation": ("understand", "Derivation"),
    "prediction_card": ("understand", "Predict"),
    "cost": ("understand", "Why backward?"),
    "sensitivity": ("understand", "Sensitivity"),
    "training": ("train", ""),
    "training_bar": ("train", ""),
    "lesson": ("lessons", ""),
    "caption": ("watch", "Present"),
    "export": ("keep", "Pictures"),
    "network": ("build", "Insert a network"),
}
"""Page and section about a part of the window, by the object name of the part."""

_HEADING = re.compile(r"^(#{1,3}) +(.*)$", re.MULTILINE)
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`#|\[\]]")


@dataclass(frozen=True)
class Section:
    """A heading of a page and the text below it, up to the next heading."""

    page: str
    title: str
    text: str


def text_of(page: str) -> str:
    """Returns the Markdown of a page."""
    return resources.path(FOLDER, f"{page}.md").read_text(encoding="utf-8")


def title_of(page: str) -> str:
    """Returns the first heading of a page.

    >>> title_of("train")
    'Training'
    """
    return sections_of(page)[0].title


@cache
def sections_of(page: str) -> tuple[Section, ...]:
    """Returns the sections of a page, in order; their text is without marks."""
    text = text_of(page)
    headings = list(_HEADING.finditer(_without_code_comments(text)))
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    return tuple(
        Section(page, heading[2].strip(), " ".join(_MARKS.sub(" ", text[heading.end() : end]).split()))
        for heading, end in zip(headings, ends, strict=True)
    )


def _without_code_comments(text: str) -> str:
    """Returns the text with blanks for the lines of code blocks, where # starts a comment."""
    return re.sub(r"^```.*?^```", lambda code: re.sub(r"[^\n]", " ", code[0]), text, flags=re.M | re.S)


def topic(object_names: Iterable[str]) -> tuple[str, str]:
    """Returns page and section for the innermost part of the window that has one, given from the inside out.

    >>> topic(["training.column", "training", "workbench"])
    ('train', '')
    >>> topic([])
    ('first-steps', '')
    """
    return next((TOPICS[name] for name in object_names if name in TOPICS), (NAMES[0], ""))


def found(query: str) -> list[Section]:
    """Returns the sections that hold every word of the query; those with a word in their title come first.

    >>> [(section.page, section.title) for section in found("gradient stale")]
    [('watch', 'Gradients add up')]
    """
    words = query.casefold().split()
    hits = [
        section
        for page in NAMES
        for section in sections_of(page)
        if words and all(word in f"{section.title} {section.text}".casefold() for word in words)
    ]
    return sorted(hits, key=lambda section: not any(word in section.title.casefold() for word in words))
