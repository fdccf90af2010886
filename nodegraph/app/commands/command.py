"""Command: one thing a person can choose, with its words, its keys, what it does and why it cannot be done
now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from nodegraph.app.platform.settings import Setting

WhyNot: TypeAlias = Callable[[], str]
"""Returns "" where it can be done, else the sentence that a person reads."""


def possible() -> str:
    """Returns "": nothing has to be there first."""
    return ""


@dataclass(frozen=True)
class Command:
    """One thing a person can choose. Its id never changes: settings, lessons and tests hold it.

    With `is_on` it is a switch, and `run` is called with what it is to be. `remember` keeps the state of a
    switch for the next start, and for other windows where that setting is shared. `title_now` and `icon_now`
    take the place of `title` and `icon` where these change. `shown_keys` is a key that what has the focus
    handles (a tap on Space; a held Space pans). `swatch` is a colour shown beside the title.
    """

    id: str
    title: str
    run: Callable[..., object]
    keys: tuple[str, ...] = ()
    tooltip: str = ""
    why_not: WhyNot = possible
    is_on: Callable[[], bool] | None = None
    title_now: Callable[[], str] | None = None
    remember: Setting | None = None
    icon: str = ""
    icon_now: Callable[[], str] | None = None
    short: str = ""
    shown_keys: str = ""
    swatch: str = ""

    @property
    def varies(self) -> bool:
        """Whether its action may look different from one time to another."""
        changing = (self.is_on, self.title_now, self.icon_now)
        return self.why_not is not possible or any(asked is not None for asked in changing)

    @property
    def plain_title(self) -> str:
        """Its title without the mark of the menu key."""
        return self.title.replace("&", "")

    @property
    def name(self) -> str:
        """What it is called in a list: its title without marks."""
        return self.plain_title.rstrip("…")
