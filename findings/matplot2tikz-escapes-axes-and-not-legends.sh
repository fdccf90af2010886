#!/usr/bin/env bash
# matplot2tikz escapes names in the labels of axes, and neither in the legend nor in texts: a loss called loss_1 stops LaTeX.
#
# Guess before running: names with _, % and & are escaped everywhere, gaps of NaN stay gaps, digits are kept, and a curved arrow is curved.
# Seen: the label x_1 (10%) is x\_1 (10\%); the same words in a legend or a text stand as they are, so that a % there makes the rest of its line, the
#   closing brace with it, a comment. NaN and inf are written with "unbounded coords=jump", which is right, and all digits are there. An arrow with
#   connectionstyle arc3 is straight, without a word.
# Who meets it: who turns curves of training runs into TikZ: the columns of a log are called train_loss, val_loss. Escape the label yourself, with \_.
# Versions: matplot2tikz==0.5.4, matplotlib==3.11.2, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check matplot2tikz==0.5.4 matplotlib==3.11.2
cat > "$place/probe.py" <<'PROBE'
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import matplot2tikz

figure, axes = plt.subplots()
axes.plot([0, 1, 2], [0.123456789012, float("nan"), 2], label="loss_1 (10%)")
axes.set_xlabel("x_1 (10%)")
axes.text(1, 1, "loss_1 (10%)")
axes.annotate("", xy=(0, 0), xytext=(1, 1), arrowprops={"arrowstyle": "->", "connectionstyle": "arc3,rad=0.5"})
axes.legend()
for line in matplot2tikz.get_tikz_code().splitlines():
    if any(word in line for word in ("xlabel=", "legendentry", "loss", "unbounded", "nan", "0.123", "->")):
        print(line)
PROBE
cat > "$place/expected" <<'EXPECTED'
unbounded coords=jump,
xlabel={x\_1 (10\%)},
0 0.123456789012
1 nan
\addlegendentry{loss_1 (10%)}
]{loss_1 (10%)};
\draw[->,draw=black] (axis cs:1,1) -- (axis cs:0,0);
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
