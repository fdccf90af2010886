"""What a training is asked to do, and the sentences about what cannot be asked.

Plain data: knows no graph and takes no step.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from numbers import Integral, Real
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.naming import MAX_NAME
from nodegraph.core.numbers import format_number, is_finite_number, read_number
from nodegraph.core.quoting import quoted
from nodegraph.core.training import measures, schedules
from nodegraph.core.training.optimizers import OPTIMIZERS, Setting

AIMS: Mapping[str, str] = {"minimise": "Minimise", "maximise": "Maximise"}


def measured_by(aim: str) -> str:
    """Returns what the output of a graph is called by what is to become of it.

    >>> measured_by("minimise"), measured_by("maximise")
    ('loss', 'output')
    """
    return "output" if aim == "maximise" else "loss"


MOST_STEPS = 1_000_000
MOST_HELD_OUT = 0.9
MOST_SEED = 2**32 - 1
MOST_BATCH = 1_000_000_000


@dataclass(frozen=True)
class Setup:
    """What a training is asked to do. `settings` are the optimiser's, by name; those left out are at default.

    `schedule` is a factor on the learning rate for each step: a name of `schedules.SCHEDULES`, or an
    expression in k, the step counted from 0, and n, the number of steps.

    A step takes `batch` rows of data, shuffled anew by `seed` each time all were taken (an epoch); 0: all of
    them. A share `held_out` of the rows, drawn by the seed too, is not trained on: its loss and the
    `measures`, names of `measures.MEASURES`, are found once an epoch. Instead of a share, `held_by` names a
    column of 0 and 1 whose rows of 1 are held out (of one called is_train, those of 0). After `patience`
    epochs in which the held-out loss (without one the loss) found no better value, the training stops with
    the best ones; 0: never.

    >>> setup = Setup(settings={"rate": 0.05}, steps=20)
    >>> setup.why_not(), Setup.of(setup.plain()) == setup
    (None, True)
    >>> Setup(settings={"rate": 0}).why_not()
    'A learning rate of 0 would change nothing. Try 0.1.'
    """

    aim: str = "minimise"
    optimizer: str = "sgd"
    settings: Mapping[str, float] = field(default_factory=dict)
    steps: int = 200
    schedule: str = schedules.CONSTANT
    batch: int = 0
    seed: int = 0
    patience: int = 0
    held_out: float = 0.0
    measures: tuple[str, ...] = ()
    held_by: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.settings, Mapping):
            settings = {name: _own(value) for name, value in self.settings.items()}
            object.__setattr__(self, "settings", settings)
        if isinstance(self.measures, list):
            object.__setattr__(self, "measures", tuple(self.measures))
        for name in (*WHOLE, "held_out"):
            object.__setattr__(self, name, _own(getattr(self, name)))

    @classmethod
    def of(cls, plain: Mapping[str, float | int | str]) -> Setup:
        """The setup a document keeps as plain values by name; what it does not say is at default."""
        optimizer = str(plain.get("optimizer", cls.optimizer))
        wanted = OPTIMIZERS[optimizer].settings if optimizer in OPTIMIZERS else ()
        settings = {setting.name: plain[setting.name] for setting in wanted if setting.name in plain}
        found: dict[str, Any] = {name: plain[name] for name in OWN if name in plain}
        for name in WHOLE & found.keys():
            found[name] = whole(found[name])
        if "measures" in found:
            found["measures"] = read_measures(found["measures"])
        found |= {name: str(found[name]) for name in ("aim", "optimizer", "held_by") if name in found}
        return cls(settings=settings, **found)  # type: ignore[arg-type] # `why_not` looks at what it holds

    def plain(self) -> dict[str, float | int | str]:
        """The setup as plain values by name, for a document."""
        later = {name: getattr(self, name) for name in OWN[3:] if getattr(self, name) != getattr(Setup, name)}
        if "measures" in later:
            later["measures"] = ", ".join(self.measures)
        return {
            "aim": self.aim,
            "optimizer": self.optimizer,
            "steps": self.steps,
            **later,
            **self.settings,
        }

    @property
    def measured(self) -> str:
        """What the output of the graph is called: a loss is what is to be small."""
        return measured_by(self.aim)

    def why_not(self) -> str | None:
        """None where it can be done, else the sentence that says what to do instead."""
        if str(self.aim) not in AIMS:
            return f"The aim is to minimise or to maximise, not “{self.aim}”."
        if str(self.optimizer) not in OPTIMIZERS:
            *names, last = OPTIMIZERS
            return f"There is no optimiser “{self.optimizer}”; there are {', '.join(names)} and {last}."
        optimizer = OPTIMIZERS[self.optimizer]
        if not isinstance(self.settings, Mapping):
            return f'The settings are numbers by name, such as {{"{optimizer.settings[0].name}": 0.1}}.'
        for name in self.settings:
            if name not in optimizer.defaults():
                return f"{optimizer.title} has no setting “{name}”; it has {', '.join(optimizer.defaults())}."
        for setting in optimizer.settings:
            refusal = why_not_setting(setting, self.setting(setting.name))
            if refusal:
                return refusal
        if not _is_whole(self.steps, 1, MOST_STEPS):
            return f"The number of steps is a whole number from 1 to {MOST_STEPS:,}."
        return self._why_not_schedule() or self._why_not_rows()

    def _why_not_schedule(self) -> str | None:
        if isinstance(self.schedule, str) and len(self.schedule) > MAX_NAME:
            return f"A schedule has at most {MAX_NAME} characters."
        return schedules.why_not(self.schedule, self.steps)

    def _why_not_rows(self) -> str | None:
        if not _is_whole(self.batch, 0, MOST_BATCH):
            return "A batch is a whole number of rows; 0 is all of them."
        if not _is_whole(self.seed, 0, MOST_SEED):
            return f"The seed is a whole number from 0 to {MOST_SEED:,}."
        if not _is_whole(self.patience, 0, MOST_STEPS):
            return f"The patience is a whole number of epochs to {MOST_STEPS:,}; 0 goes on to the last step."
        if not is_finite_number(self.held_out) or not 0 <= self.held_out <= MOST_HELD_OUT:
            return f"The held-out share of the rows is from 0 to {MOST_HELD_OUT}. Try 0.2."
        if self.held_by is not None and not isinstance(self.held_by, str):
            return "Rows are held out by the name of a column, as text."
        if self.held_by and self.held_out:
            column = f"the column “{quoted(self.held_by)}”"
            return f"Rows are held out by a share or by {column}; leave one of them out."
        return measures.why_not_names(self.measures)

    def warnings(self) -> list[str]:
        """Sentences about settings that are allowed and hardly ever wise."""
        return [
            f"A {setting.title.lower()} of {format_number(self.setting(setting.name))} is far more than "
            f"usual, so steps will overshoot. Try {format_number(setting.default)}."
            for setting in OPTIMIZERS[self.optimizer].settings
            if self.setting(setting.name) > setting.usual
        ]

    def setting(self, name: str) -> float:
        """A setting of the optimiser, given or at its default."""
        return self.settings.get(name, OPTIMIZERS[self.optimizer].setting(name).default)

    def holding_out(self, share_or_column: float | str) -> Setup:
        """Returns the setup with this share of the rows held out, or those that this column marks."""
        if isinstance(share_or_column, str):
            return replace(self, held_by=share_or_column, held_out=0.0)
        return replace(self, held_by="", held_out=share_or_column)

    def at_step(self, k: int) -> Setup:
        """Returns the setup with the learning rate of step k (from 0) in place of the rate and its schedule.

        Beyond the last step it is that of the last.

        >>> Setup(settings={"rate": 0.5}, steps=4, schedule="1 - k/n").at_step(1).settings
        {'rate': 0.375}
        """
        if self.schedule == schedules.CONSTANT:
            return self
        factor = float(schedules.factors(self.schedule, self.steps)[min(k, self.steps - 1)])
        settings = {**self.settings, "rate": self.setting("rate") * factor}
        return replace(self, settings=settings, schedule=schedules.CONSTANT)


OWN = tuple(one.name for one in fields(Setup) if one.name != "settings")
"""What a document keeps of a setup by these names, beside the numbers of its optimiser."""
KEYS = frozenset([*OWN, *(setting.name for one in OPTIMIZERS.values() for setting in one.settings)])
"""All names that a setup is kept under."""
WORDS = frozenset(["aim", "optimizer", "schedule", "measures", "held_by"])
"""Those of them that are kept as text; the others are numbers."""
WHOLE = frozenset(["steps", "batch", "seed", "patience"])
"""Those that are whole numbers."""


# --- checks
def whole(number: Any) -> Any:
    """Returns a number that has no fraction as a whole one, and anything else as it is."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _own(number: Any) -> Any:
    """Returns a number of another kind, such as numpy's, as Python's own, and anything else as it is."""
    if isinstance(number, int | float | str) or not isinstance(number, Real):
        return number
    with contextlib.suppress(OverflowError):
        return int(number) if isinstance(number, Integral) else float(number)
    return number


def read_held_out(text: str) -> float | str:
    """Returns the share that a person typed, or the name of a column: of what is no number, what has a
    letter; raises Refused for anything else.

    >>> read_held_out("20%"), read_held_out(" 2024_test "), read_held_out("_fold")
    (0.2, '2024_test', '_fold')
    """
    try:
        return read_number(text)
    except Refused:
        if not any(letter.isalpha() for letter in text) or _is_number(text):
            raise
        return text.strip()


def _is_number(text: str) -> bool:
    """Whether this is a number, though maybe none that can be taken, such as 1e999."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def read_measures(text: Any) -> Any:
    """Returns the names in a text such as "accuracy, r2"; anything else as it is."""
    return tuple(text.replace(",", " ").split()) if isinstance(text, str) else text


def _is_whole(number: object, least: int, most: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and least <= number <= most


def why_not_setting(setting: Setting, value: float) -> str | None:
    """None where an optimiser's setting may have this value, else the sentence that says what would do."""
    title, advice = setting.title.lower(), f"Try {format_number(setting.default)}."
    if not is_finite_number(value):
        return f"The {title} must be a finite number. {advice}"
    if setting.name == "rate" and value == 0:
        return f"A {title} of 0 would change nothing. {advice}"
    if not setting.least <= value <= setting.most or (setting.open and value == setting.least):
        low, high = format_number(setting.least), format_number(setting.most)
        bounds = f"above {low} and at most {high}" if setting.open else f"from {low} to {high}"
        return f"The {title} is {bounds}, not {format_number(value)}. {advice}"
    return None
