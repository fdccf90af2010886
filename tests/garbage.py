"""Python's look for garbage, kept short: what was there before the first test stays to the last."""

from __future__ import annotations

import gc

freeze, unfreeze = gc.freeze, gc.unfreeze
"""What Python has, for the test of it."""


def spare_what_is_there() -> None:
    """Never look through what is there now: the half a million objects of all collected tests. A window that
    closes looks through all else, as it does outside of tests.
    """
    freeze()
    gc.freeze = gc.unfreeze = lambda: None
