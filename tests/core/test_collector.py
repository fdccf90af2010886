"""What makes many records at once leaves Python's collector as it was, whatever happens meanwhile."""

from __future__ import annotations

import gc

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.collector import collector_paused, pause, resume
from nodegraph.core.errors import TextError


def test_the_collector_is_as_it_was_afterwards() -> None:
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(TextError):
        parse("L = (")
    assert gc.isenabled()
    gc.disable()
    try:
        parse("L = a*b")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_ends_first_does_not_wake_it_while_another_one_goes_on() -> None:
    with collector_paused():
        pause("another one")
    assert not gc.isenabled()
    resume("another one")
    assert gc.isenabled()
