"""The setup of a training: what is refused and what is warned of, each in a sentence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nodegraph.core.training.optimizers import OPTIMIZERS
from nodegraph.core.training.setup import KEYS, MOST_STEPS, Setup


def test_numbers_of_numpy_are_numbers_of_a_setup() -> None:
    setup = Setup(
        settings={"rate": np.float32(0.5)}, steps=np.int64(7), batch=np.int32(2), held_out=np.float32(0.25)
    )  # type: ignore[arg-type]
    assert setup == Setup(settings={"rate": 0.5}, steps=7, batch=2, held_out=0.25)
    assert setup.why_not() is None
    assert {type(value) for value in setup.settings.values()} == {float}
    assert Setup(steps=np.bool_(True)).why_not() is not None  # type: ignore[arg-type]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_can_be_used_as_it_stands(name: str) -> None:
    assert Setup(optimizer=name).why_not() is None
    assert Setup(optimizer=name).warnings() == []


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (0, "A learning rate of 0 would change nothing. Try 0.1."),
        (-0.1, "The learning rate is above 0 and at most 1e9, not −0.1. Try 0.1."),
        (1e10, "The learning rate is above 0 and at most 1e9, not 1e10. Try 0.1."),
        (math.nan, "The learning rate must be a finite number. Try 0.1."),
        (math.inf, "The learning rate must be a finite number. Try 0.1."),
        (10**400, "The learning rate must be a finite number. Try 0.1."),
        (True, "The learning rate must be a finite number. Try 0.1."),
        ("fast", "The learning rate must be a finite number. Try 0.1."),
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(rate: float, said: str) -> None:
    assert Setup(settings={"rate": rate}).why_not() == said


def test_a_huge_rate_is_allowed_with_a_warning() -> None:
    setup = Setup(settings={"rate": 1e9})
    assert setup.why_not() is None
    assert setup.warnings() == [
        "A learning rate of 1e9 is far more than usual, so steps will overshoot. Try 0.1."
    ]


@pytest.mark.parametrize("steps", [0, -1, MOST_STEPS + 1, 2.5, True, "ten", math.inf])
def test_the_number_of_steps_is_whole_and_bounded(steps: int) -> None:
    assert Setup(steps=steps).why_not() == "The number of steps is a whole number from 1 to 1,000,000."


def test_the_bounds_of_the_number_of_steps_are_allowed() -> None:
    assert Setup(steps=1).why_not() is None
    assert Setup(steps=MOST_STEPS).why_not() is None


@pytest.mark.parametrize(
    ("setup", "said"),
    [
        (Setup(aim="explore"), "The aim is to minimise or to maximise, not “explore”."),
        (
            Setup(optimizer="lbfgs"),
            "There is no optimiser “lbfgs”; there are sgd, momentum, rmsprop, adam and adamw.",
        ),
        (
            Setup(settings={"beta1": 0.5}),
            "Gradient descent has no setting “beta1”; it has rate, decay, clip.",
        ),
        (
            Setup(optimizer="adam", settings={"beta1": 1.0}),
            "The decay of the mean is from 0 to 0.999999, not 1. Try 0.9.",
        ),
        (
            Setup(optimizer="adam", settings={"eps": 0}),
            "The epsilon is above 0 and at most 1, not 0. Try 1e−8.",
        ),
        (
            Setup(optimizer="momentum", settings={"momentum": -0.5}),
            "The momentum is from 0 to 1, not −0.5. Try 0.9.",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(setup: Setup, said: str) -> None:
    assert setup.why_not() == said


def test_a_setup_survives_being_kept_as_plain_values() -> None:
    setup = Setup("maximise", "adam", {"rate": 0.02, "beta1": 0.8}, 77)
    assert setup.plain() == {
        "aim": "maximise",
        "optimizer": "adam",
        "steps": 77,
        "rate": 0.02,
        "beta1": 0.8,
    }
    assert Setup.of(setup.plain()) == setup
    assert Setup.of({}) == Setup()
    assert Setup.of({"steps": 20.0, "foreign": 3}) == Setup(steps=20)


def test_what_is_not_asked_for_is_not_kept() -> None:
    assert Setup().plain() == {"aim": "minimise", "optimizer": "sgd", "steps": 200}


def test_batches_and_what_is_found_of_them_survive_too() -> None:
    setup = Setup(batch=10, seed=3, patience=5, held_out=0.25, measures=("accuracy", "r2"))
    assert setup.why_not() is None
    assert setup.plain() == {
        "aim": "minimise",
        "optimizer": "sgd",
        "steps": 200,
        "batch": 10,
        "seed": 3,
        "patience": 5,
        "held_out": 0.25,
        "measures": "accuracy, r2",
    }
    assert Setup.of(setup.plain()) == setup
    assert Setup.of({**setup.plain(), "batch": 10.0, "seed": 3.0}) == setup
    assert set(setup.plain()) <= KEYS


@pytest.mark.parametrize(
    ("setup", "said"),
    [
        (Setup(batch=-1), "A batch is a whole number of rows; 0 is all of them."),
        (Setup(batch=True), "A batch is a whole number of rows; 0 is all of them."),
        (Setup(seed=2**32), "The seed is a whole number from 0 to 4,294,967,295."),
        (
            Setup(patience=-2),
            "The patience is a whole number of epochs to 1,000,000; 0 goes on to the last step.",
        ),
        (Setup(held_out=1.0), "The held-out share of the rows is from 0 to 0.9. Try 0.2."),
        (Setup(held_out=math.nan), "The held-out share of the rows is from 0 to 0.9. Try 0.2."),
        (Setup(measures=("f1",)), "There is no measure “f1”; there are accuracy, mae, rmse and r2."),
        (Setup(measures=("r2", "r2")), "The measure r2 is asked for twice."),
        (Setup(settings={"clip": -1.0}), "The clip is from 0 to 1e9, not −1. Try 0."),
    ],
)
def test_batches_that_make_no_sense_are_refused(setup: Setup, said: str) -> None:
    assert setup.why_not() == said


@pytest.mark.parametrize(
    "plain",
    [
        {"batch": 1.5},
        {"seed": "x"},
        {"held_out": "much"},
        {"measures": 3},
        {"patience": 0.5},
        {"rate": "x"},
        {"steps": "many"},
        {"steps": 1.5},
        {"optimizer": 3},
        {"aim": ""},
    ],
)
def test_plain_values_that_make_no_sense_are_found_when_asked(plain: dict[str, float | int | str]) -> None:
    assert Setup.of(plain).why_not()


def test_measures_may_be_a_list() -> None:
    assert Setup(measures=["r2", "mae"]) == Setup(measures=("r2", "mae"))  # type: ignore[arg-type]
    assert Setup(measures=["r2"]).why_not() is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("measures", "r2", 'Measures are a list of names, such as ["r2"].'),
        ("measures", "fit", 'Measures are a list of names, such as ["accuracy"].'),
        ("measures", [1], 'Measures are a list of names, such as ["accuracy"].'),
        ("settings", 0.1, 'The settings are numbers by name, such as {"rate": 0.1}.'),
        ("settings", None, 'The settings are numbers by name, such as {"rate": 0.1}.'),
        ("settings", ["rate"], 'The settings are numbers by name, such as {"rate": 0.1}.'),
        ("aim", ["minimise"], "The aim is to minimise or to maximise, not “['minimise']”."),
        (
            "optimizer",
            {},
            "There is no optimiser “{}”; there are sgd, momentum, rmsprop, adam and adamw.",
        ),
        ("held_by", 3, "Rows are held out by the name of a column, as text."),
        ("held_by", ["fold"], "Rows are held out by the name of a column, as text."),
    ],
)
def test_what_is_of_another_kind_is_refused_in_a_sentence(name: str, given: object, said: str) -> None:
    assert Setup(**{name: given}).why_not() == said  # type: ignore[arg-type]
