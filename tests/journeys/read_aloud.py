"""Reads the running program as a screen reader does, through AT-SPI, and prints what it finds as JSON.

Run by the system's Python, for pyatspi comes with the system; nothing of the project is imported.
"""

import json
import sys
import time

import pyatspi

HOW_LONG_S = 30


def main() -> int:
    """Wait for the program, walk all of it, print [[role, name, description, shown], …]."""
    end = time.monotonic() + HOW_LONG_S
    program = None
    while program is None and time.monotonic() < end:
        desktop = pyatspi.Registry.getDesktop(0)
        program = next((one for one in children(desktop) if one.name == "nodegraph" and one.childCount), None)
        time.sleep(0.2)
    if program is None:
        print("the program did not appear on the accessibility bus", file=sys.stderr)
        return 1
    json.dump(list(walk(program)), sys.stdout)
    return 0


def children(parent):
    """The children that are there."""
    found = (parent.getChildAtIndex(place) for place in range(parent.childCount))
    return [child for child in found if child is not None]


def walk(one):
    """This one and all below it."""
    role = one.getRoleName()
    states = one.getState().getStates()
    yield role, one.name, one.description, pyatspi.STATE_SHOWING in states
    for child in children(one):
        yield from walk(child)


if __name__ == "__main__":
    sys.exit(main())
