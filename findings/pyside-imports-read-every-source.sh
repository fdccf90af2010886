#!/usr/bin/env bash
# Once PySide6 is imported, every later "from module import name" reads a module's source text and keeps it.
#
# Guess before running: importing PySide6 costs the time of its own modules; imports after it are Python's, as before.
# Seen: builtins.__import__ is another function afterwards, which looks in sources for the word PySide6, once a module: the whole file is read, and
#   kept in linecache. Of a package of 41 modules that take names from one another 40 files are held; of the standard library's e-mail, XML and HTML
#   readers some sixty. It serves "from __feature__ import snake_case", which few programs use. "import module" reads nothing.
# Who meets it: who looks for what makes a large program on Qt slow to start: each file of it is read twice. Import what is needed before PySide6, or put the
#   first __import__ back where __feature__ is not used.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/imports.py" <<'PROBE'
import builtins
import linecache
import sys
import tempfile
from pathlib import Path


def modules(name):
    """Make a package of modules that import one another, and return it imported."""
    folder = Path(tempfile.mkdtemp())
    package = folder / name
    package.mkdir()
    (package / "__init__.py").write_text(f"from {name}.part0 import x\n")
    for number in range(40):
        (package / f"part{number}.py").write_text(f"from {name}.part{number + 1} import x\n" if number < 39 else "x = 1\n")
    sys.path.insert(0, str(folder))
    __import__(name)
    return sum(str(folder) in path for path in linecache.cache)


first = builtins.__import__
print("before PySide6: sources held of 41 modules:", modules("early"))
import PySide6.QtCore

print("__import__ is", "as it was" if builtins.__import__ is first else "another function")
print("after PySide6: sources held of 41 modules:", modules("late"))
builtins.__import__ = first
print("with the first __import__ put back:", modules("restored"))
PROBE
cat > "$place/expected" <<'EXPECTED'
before PySide6: sources held of 41 modules: 0
__import__ is another function
after PySide6: sources held of 41 modules: 41
with the first __import__ put back: 0
EXPECTED
"$place/venv/bin/python" "$place/imports.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
