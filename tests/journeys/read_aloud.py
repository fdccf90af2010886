"""Reads the running program as a screen reader does, through AT-SPI, and prints what it finds as JSON.

Run by the system's Python, for pyatspi comes with the system; imported where that is at hand only.
"""

import json
import sys
import time

HOW_LONG_S = 30


def main() -> int:
    """Wait for the program, walk all of it, print [[role, name, description, shown], …]."""
    import pyatspi

    end = time.monotonic() + HOW_LONG_S
    program = None
    while program is None and time.monotonic() < end:
        desktop = pyatspi.Registry.getDesktop(0)
        program = next((one for one in children(desktop) if one.name == "nodegraph" and one.childCount), None)
        time.sleep(0.2)
    if program is None:
        print("the program did not appear on the accessibility bus", file=sys.stderr)
        return 1
    json.dump(list(walk(program, pyatspi.STATE_SHOWING)), sys.stdout)
    return 0


def children(parent):
    """The children that are there."""
    found = (parent.getChildAtIndex(place) for place in range(parent.childCount))
    return [child for child in found if child is not None]


def walk(one, showing):
    """This one and all below it."""
    role = one.getRoleName()
    states = one.getState().getStates()
    yield role, one.name, one.description, showing in states
    for child in children(one):
        yield from walk(child, showing)


if __name__ == "__main__":
    sys.exit(main())
