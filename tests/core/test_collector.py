"""What makes many records at once leaves Python's collector as it was, whatever happens meanwhile."""

from __future__ import annotations

import gc

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.collector import collector_paused
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
