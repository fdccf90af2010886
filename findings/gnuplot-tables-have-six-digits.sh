#!/usr/bin/env bash
# gnuplot's "set table" writes six significant digits, and so does "with table": steps 1000001, 1000002 and 1000003 are all 1e+06.
#
# Guess before running: set table writes numbers with the digits that print shows, fifteen.
# Seen: 123456.789012 is written as 123457 and 0.333333333333 as 0.333333, in both ways; print 2.0/3 gives 0.666666666666667.
# Who meets it: who smooths or fits a loss curve in gnuplot and reads the table on: time stamps and steps beyond a million fall together.
# Versions: gnuplot 5.4 patchlevel 4 of Debian 12. Needs gnuplot. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
command -v gnuplot > /dev/null || { echo "gnuplot is needed." >&2; exit 1; }
cat > "$place/probe.gp" <<'PROBE'
set print "-"
$data << EOD
1000001 0.333333333333
1000002 0.25
1000003 123456.789012
EOD
print "print: ", 2.0 / 3
set table $curve
plot $data using 1:2
set table $rows
plot $data using 1:2 with table
unset table
print $curve
print $rows
PROBE
cat > "$place/expected" <<'EXPECTED'
print:  0.666666666666667
1e+06  0.333333  i
1e+06  0.25  i
1e+06  123457  i
1e+06 	 0.333333
1e+06 	 0.25
1e+06 	 123457
EXPECTED
gnuplot "$place/probe.gp" 2>/dev/null | sed 's/^ *//; s/ *$//' | grep -v '^#' | grep . > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
