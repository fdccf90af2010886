"""Presets of the export dialog: a few that are always there, and those that were saved by name."""

from __future__ import annotations

import itertools

from nodegraph.app.platform.settings import EXPORT_PRESETS, Settings
from nodegraph.canvas import figure_record
from nodegraph.canvas.figure import PictureOptions, figure
from nodegraph.core.errors import Refused
from nodegraph.core.quoting import quoted

LONGEST_NAME, MOST = 60, 50
BUILT_IN = {
    "Paper, one column": figure(width="single", theme="print", notation="compact"),
    "Paper, two columns": figure(width="double", theme="print"),
    "Slide": figure(width="slide", show=["title"], highlight=True),
    "Web page": figure(scale=2.0, highlight=True),
}


class Presets:
    """Options by name. What a person saved comes after what is built in."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def names(self) -> list[str]:
        """Returns all names in the order of a list."""
        return [*BUILT_IN, *self._saved()]

    def options(self, name: str) -> PictureOptions | None:
        """Returns the options of this name; None where there are none."""
        return BUILT_IN.get(name) or self._saved().get(name)

    def is_own(self, name: str) -> bool:
        """Whether a person saved it, who may rename and delete it."""
        return name in self._saved()

    def save(self, name: str, options: PictureOptions) -> str:
        """Save options by name, in place of what had it. Returns the name. Refused where it cannot be one."""
        self.settings.sync()
        name, saved = self._checked(name), self._saved()
        if name not in saved and len(saved) >= MOST:
            raise Refused(f"There are {MOST} presets already; delete one first.")
        self._keep(saved | {name: options})
        return name

    def rename(self, name: str, other: str) -> str:
        """Rename saved options. Returns the new name. Raises Refused if it is taken or no valid name."""
        self.settings.sync()
        other, saved = self._checked(other), self._saved()
        if other != name and other in saved:
            raise Refused(f"There is a preset “{other}” already.")
        self._keep({other if one == name else one: options for one, options in saved.items()})
        return other

    def delete(self, name: str) -> None:
        """Forget saved options."""
        self.settings.sync()
        self._keep({one: options for one, options in self._saved().items() if one != name})

    def _checked(self, name: str) -> str:
        name = " ".join(name.replace("=", " ").split())
        if not name:
            raise Refused("A preset needs a name.")
        if len(name) > LONGEST_NAME or quoted(name) != name:
            raise Refused(f"A name has at most {LONGEST_NAME} letters, all of which can be seen.")
        if name in BUILT_IN:
            raise Refused(f"“{name}” is always there; choose another name.")
        return name

    def _saved(self) -> dict[str, PictureOptions]:
        read = map(_preset, self.settings.value(EXPORT_PRESETS))
        return dict(itertools.islice((preset for preset in read if preset is not None), MOST))

    def _keep(self, saved: dict[str, PictureOptions]) -> None:
        """Remember these, and what another version has saved and this one cannot read. Refused where nothing
        can be remembered.
        """
        entries = [f"{name}={figure_record.to_text(options)}" for name, options in saved.items()]
        foreign = [entry for entry in self.settings.value(EXPORT_PRESETS) if _preset(entry) is None]
        self.settings.set(EXPORT_PRESETS, [*entries, *foreign])
        self.settings.sync()
        if not self.settings.is_kept:
            raise Refused(
                f"It holds until the program ends: the file {self.settings.file} cannot be written."
            )


def _preset(entry: str) -> tuple[str, PictureOptions] | None:
    """The name and the options of an entry of the settings; None where it is not one of this version."""
    name, _, text = entry.partition("=")
    options = figure_record.from_text(text)
    return (name, options) if name and options is not None else None
