#!/usr/bin/env bash
# Once PySide6 is loaded, every module that imports anything has its source read, whether it knows Qt or not.
#
# Guess before running: importing PySide6.QtCore loads its own modules, and leaves alone how others import theirs.
# Seen: it puts another function in place of builtins.__import__, for the sake of `from __feature__ import snake_case`. That
#   calls inspect.getsource for each module that imports something, to look for the word PySide6, and linecache keeps all
#   these lines. With the function put back that was there before, nothing is read; then features cannot be imported.
# Who meets it: every program with a window of PySide6: of one with 600 modules it takes a tenth of the start.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/probe.py" <<'PROBE'
import builtins
import inspect

plain = builtins.__import__

import PySide6.QtCore

read = []
get_source = inspect.getsource


def counted(module):
    read.append(module)
    return get_source(module)


inspect.getsource = counted
print("__import__ is what it was:", builtins.__import__ is plain)

import xmlrpc.client

print("sources read for `import xmlrpc.client`:", "some" if read else "none")
read.clear()
builtins.__import__ = plain

import mailbox

print("with the old __import__, for `import mailbox`:", "some" if read else "none")
PROBE
cat > "$place/expected" <<'EXPECTED'
__import__ is what it was: False
sources read for `import xmlrpc.client`: some
with the old __import__, for `import mailbox`: none
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
