"""The filters of file dialogs, made from what is known of the kinds of files."""

from __future__ import annotations

from collections.abc import Iterable


def filters(kinds: Iterable[tuple[str, str]]) -> str:
    """Write a filter for each title and ending.

    >>> filters([("PNG", ".png"), ("Web page", ".html")])
    'PNG (*.png);;Web page (*.html)'
    """
    return ";;".join(f"{title} (*{suffix})" for title, suffix in kinds)
