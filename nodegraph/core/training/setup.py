"""What a training is asked to do, and the sentences about what cannot be asked.

Plain data: knows no graph and takes no step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nodegraph.core.graph.naming import MAX_NAME
from nodegraph.core.numbers import format_number, is_finite
from nodegraph.core.training import schedules
from nodegraph.core.training.optimizers import OPTIMIZERS, Setting

AIMS: Mapping[str, str] = {"minimise": "Minimise", "maximise": "Maximise"}
MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class Setup:
    """What a training is asked to do. `settings` are the optimiser's, by name; those left out are at default.

    `schedule` is a factor on the learning rate for each step: a name of `schedules.SCHEDULES`, or an
    expression in k, the step counted from 0, and n, the number of steps.

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

    @classmethod
    def of(cls, plain: Mapping[str, float | int | str]) -> Setup:
        """The setup a document keeps as plain values by name; what it does not say is at default."""
        optimizer = str(plain.get("optimizer", cls.optimizer))
        wanted = OPTIMIZERS[optimizer].settings if optimizer in OPTIMIZERS else ()
        settings = {setting.name: plain[setting.name] for setting in wanted if setting.name in plain}
        steps = plain.get("steps", cls.steps)
        return cls(
            str(plain.get("aim", cls.aim)),
            optimizer,
            settings,  # type: ignore[arg-type] # whatever it holds, `why_not` looks at it
            int(steps) if isinstance(steps, float) and steps.is_integer() else steps,  # type: ignore[arg-type]
            plain.get("schedule", cls.schedule),  # type: ignore[arg-type]
        )

    def plain(self) -> dict[str, float | int | str]:
        """The setup as plain values by name, for a document."""
        scheduled = {} if self.schedule == schedules.CONSTANT else {"schedule": self.schedule}
        return {
            "aim": self.aim,
            "optimizer": self.optimizer,
            "steps": self.steps,
            **scheduled,
            **self.settings,
        }

    def why_not(self) -> str | None:
        """None where it can be done, else the sentence that says what to do instead."""
        if self.aim not in AIMS:
            return f"The aim is to minimise or to maximise, not “{self.aim}”."
        if self.optimizer not in OPTIMIZERS:
            *names, last = OPTIMIZERS
            return f"There is no optimiser “{self.optimizer}”; there are {', '.join(names)} and {last}."
        optimizer = OPTIMIZERS[self.optimizer]
        for name in self.settings:
            if name not in optimizer.defaults():
                return f"{optimizer.title} has no setting “{name}”."
        for setting in optimizer.settings:
            refusal = why_not_setting(setting, self.setting(setting.name))
            if refusal:
                return refusal
        whole = isinstance(self.steps, int) and not isinstance(self.steps, bool)
        if not whole or not 1 <= self.steps <= MOST_STEPS:
            return f"The number of steps is a whole number from 1 to {MOST_STEPS:,}."
        if isinstance(self.schedule, str) and len(self.schedule) > MAX_NAME:
            return f"A schedule has at most {MAX_NAME} characters."
        return schedules.why_not(self.schedule, self.steps)

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


# --- checks
def why_not_setting(setting: Setting, value: float) -> str | None:
    """None where an optimiser's setting may have this value, else the sentence that says what would do."""
    title, advice = setting.title.lower(), f"Try {format_number(setting.default)}."
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_finite(value):
        return f"The {title} must be a finite number. {advice}"
    if setting.name == "rate" and value == 0:
        return f"A {title} of 0 would change nothing. {advice}"
    if not setting.least <= value <= setting.most or (setting.open and value == setting.least):
        low, high = format_number(setting.least), format_number(setting.most)
        bounds = f"above {low} and at most {high}" if setting.open else f"from {low} to {high}"
        return f"The {title} is {bounds}, not {format_number(value)}. {advice}"
    return None
