"""Progress: which lessons were finished, and at which step each was left, as the settings remember it."""

from __future__ import annotations

from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Settings


class Progress:
    """What is remembered of lessons, by their names."""

    def __init__(self, remembered: Settings) -> None:
        self.settings = remembered

    def is_finished(self, name: str) -> bool:
        """Whether this lesson was finished once."""
        return name in self.settings.value(settings.LESSONS_DONE)

    def finish(self, name: str) -> None:
        """Remember that this lesson was finished; it begins at its first step again."""
        self.settings.update(settings.LESSONS_DONE, lambda done: [*(k for k in done if k != name), name])
        self.leave(name, 0)

    def place_in(self, name: str) -> int:
        """The step, from 0, at which this lesson was left."""
        for entry in self.settings.value(settings.LESSON_PLACES):
            known, _, place = entry.rpartition("=")
            if known == name and place.isdigit():
                return int(place)
        return 0

    def leave(self, name: str, place: int) -> None:
        """Remember the step, from 0, at which this lesson is."""
        here = [f"{name}={place}"] if place else []
        self.settings.update(
            settings.LESSON_PLACES,
            lambda places: [*(entry for entry in places if entry.rpartition("=")[0] != name), *here],
        )
