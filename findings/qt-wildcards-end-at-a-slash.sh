#!/usr/bin/env bash
# A filter of Qt with the wildcard *L*a does not find ∂L/∂a: in setFilterWildcard * and ? stop at a slash, in findItems * does not.
#
# Guess before running: a wildcard is that of search fields: * stands for any text and ? for any sign, in each place where Qt takes wildcards.
# Seen: wildcards are those of paths, so that neither * nor ? stands for a slash: *L*a and layer1*0 find neither ∂L/∂a nor layer1/kernel:0 in a
#   QSortFilterProxyModel, while findItems with MatchWildcard on the same model finds both. w[0] finds w0 and not w[0] in each, as
#   brackets make a set.
# Who meets it: who filters nodes, gradients or tensors by name: ∂L/∂a, grad/w and TensorFlow's names have slashes, and are not there. Give
#   setFilterRegularExpression what wildcardToRegularExpression makes with NonPathWildcardConversion.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QRegularExpression, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel

app = QGuiApplication([])
model = QStandardItemModel()
for name in ("∂L/∂a", "layer1/kernel:0", "layer1.kernel:0", "w[0]", "w0"):
    model.appendRow(QStandardItem(name))
filtered = QSortFilterProxyModel()
filtered.setSourceModel(model)


def shown():
    return [filtered.index(row, 0).data() for row in range(filtered.rowCount())]


for wildcard in ("*L*a", "layer1*0", "layer1?kernel:0", "w[0]"):
    filtered.setFilterWildcard(wildcard)
    print(wildcard, "filter:", shown())
    print("  findItems:", [item.text() for item in model.findItems(wildcard, Qt.MatchFlag.MatchWildcard)])
    anywhere = QRegularExpression.WildcardConversionOption.NonPathWildcardConversion
    pattern = QRegularExpression.wildcardToRegularExpression(wildcard, anywhere)
    filtered.setFilterRegularExpression(QRegularExpression(pattern))
    print("  with NonPathWildcardConversion:", shown())
PROBE
cat > "$place/expected" <<'EXPECTED'
*L*a filter: []
  findItems: ['∂L/∂a']
  with NonPathWildcardConversion: ['∂L/∂a']
layer1*0 filter: ['layer1.kernel:0']
  findItems: ['layer1/kernel:0', 'layer1.kernel:0']
  with NonPathWildcardConversion: ['layer1/kernel:0', 'layer1.kernel:0']
layer1?kernel:0 filter: ['layer1.kernel:0']
  findItems: ['layer1/kernel:0', 'layer1.kernel:0']
  with NonPathWildcardConversion: ['layer1/kernel:0', 'layer1.kernel:0']
w[0] filter: ['w0']
  findItems: ['w0']
  with NonPathWildcardConversion: ['w0']
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
