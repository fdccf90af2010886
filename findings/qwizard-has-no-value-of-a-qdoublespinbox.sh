#!/usr/bin/env bash
# A QWizard has no value of a field that is a QDoubleSpinBox, a QPlainTextEdit, a QTextEdit or a QGroupBox with a tick, and a page that asks for one is never
#   complete.
#
# Guess before running: registerField knows the widgets of Qt that hold a value, or refuses those that it does not; field("rate") is the 0.5 of the spin box, as
#   that of a QSpinBox is.
# Seen: it knows a QSpinBox, a QLineEdit, a QComboBox and boxes with a tick; of the others field is None, without a word, and setField says on standard error
#   that it cannot write to the property ''. A page with the field "momentum*", which asks for a value, is not complete with 0.9 in it, so that Next stays
#   grey. setDefaultProperty("QDoubleSpinBox", "value", "valueChanged"), called on the wizard before, mends it.
# Who meets it: who asks for a rate, a momentum or a note in a wizard for a training: the number that was typed is None.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/probe.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import (
    QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QGroupBox, QLineEdit, QPlainTextEdit, QSpinBox, QTextEdit, QWizard, QWizardPage,
)

application = QApplication([])
page = QWizardPage()
fields = {
    "epochs": QSpinBox(), "rate": QDoubleSpinBox(), "name": QLineEdit(), "notes": QPlainTextEdit(), "text": QTextEdit(), "loss": QComboBox(),
    "shuffle": QCheckBox(), "advanced": QGroupBox(),
}
fields["loss"].addItems(["squared", "absolute"])
fields["advanced"].setCheckable(True)
for name, widget in fields.items():
    page.registerField(name, widget)
required, momentum = QWizardPage(), QDoubleSpinBox()
required.registerField("momentum*", momentum)
wizard = QWizard()
wizard.addPage(page)
fields["epochs"].setValue(5)
fields["rate"].setValue(0.5)
fields["name"].setText("run")
fields["notes"].setPlainText("long")
fields["text"].setPlainText("long")
fields["loss"].setCurrentIndex(1)
fields["shuffle"].setChecked(True)
fields["advanced"].setChecked(True)
for name in fields:
    print(name, wizard.field(name))
wizard.setField("rate", 0.25)
print("rate after setField(0.25):", fields["rate"].value())
wizard.addPage(required)
momentum.setValue(0.9)
print("a page that asks for a momentum, once it is 0.9, is complete:", required.isComplete())
wizard.setDefaultProperty("QDoubleSpinBox", "value", "valueChanged")
told = QWizardPage()
told.registerField("own", momentum)
wizard.addPage(told)
print("with setDefaultProperty before registering:", wizard.field("own"))
PROBE
cat > "$place/expected" <<'EXPECTED'
epochs 5
rate None
name run
notes None
text None
loss 1
shuffle True
advanced None
rate after setField(0.25): 0.5
a page that asks for a momentum, once it is 0.9, is complete: False
with setDefaultProperty before registering: 0.9
QWizard::setField: Couldn't write to property ''
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen" 2> "$place/said"
cat "$place/said" >> "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
