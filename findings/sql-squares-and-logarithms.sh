#!/usr/bin/env bash
# DuckDB takes -2^2 for 4; 1.0/3 has seven digits in the SQL of polars; log(2, 8) is 3 in one and a third in the other.
#
# Guess before running: both follow one SQL: -2^2 is -4 as on paper, or ^ is refused; 1.0/3 is 0.3333333333333333, as each has it outside of SQL; log(2, 8)
#   is the logarithm of 8 to base 2, and greatest of 1 and NaN is the same in both.
# Seen: in DuckDB the sign binds first, so that -x^2 is positive, 2^3^2 is 64 from the left and 2^-1 an error about an operator ^-. polars refuses ^, takes
#   numbers with a point in SQL text for decimals and divides them to seven digits (1.0/3 is 0.3333333, and times 3 it is 0.9999999), and has the base of
#   log last. greatest(1, NaN) is NaN in DuckDB and 1 in polars.
# Who meets it: who computes losses in SQL over a table of runs: exp(-x^2), a Gaussian, grows without bound in DuckDB, and a third in polars is short of
#   nine digits. Write -(x^2), 1e0/3, and ln(x)/ln(2).
# Versions: duckdb==2.0.1, polars==2.1.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0
cat > "$place/engines.py" <<'PROBE'
import duckdb
import polars

frame = polars.DataFrame({"x": [3.0]})
context = polars.SQLContext(t=frame)
for text in ("-2^2", "-x^2", "-(x^2)", "exp(-x^2) > 1", "2^3^2", "2^-1", "1.0/3", "1.0/3*3", "1e0/3", "x/7", "log(2, 8)", "greatest(1, 'nan'::double)"):
    said = []
    for name, run in (
        ("DuckDB", lambda: duckdb.sql(f"select {text} from (values (3.0::double)) t(x)").fetchall()[0][0]),
        ("polars", lambda: context.execute(f"select {text} as y from t", eager=True)["y"][0]),
    ):
        try:
            said.append(f"{name} {run()}")
        except Exception as error:
            said.append(f"{name} {type(error).__name__}")
    print(f"{text}: {', '.join(said)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
-2^2: DuckDB 4.0, polars SQLInterfaceError
-x^2: DuckDB 9.0, polars SQLInterfaceError
-(x^2): DuckDB -9.0, polars SQLInterfaceError
exp(-x^2) > 1: DuckDB True, polars SQLInterfaceError
2^3^2: DuckDB 64.0, polars SQLInterfaceError
2^-1: DuckDB CatalogException, polars SQLInterfaceError
1.0/3: DuckDB 0.3333333333333333, polars 0.3333333
1.0/3*3: DuckDB 1.0, polars 0.9999999
1e0/3: DuckDB 0.3333333333333333, polars 0.3333333333333333
x/7: DuckDB 0.42857142857142855, polars 0.42857142857142855
log(2, 8): DuckDB 3.0, polars 0.33333333333333337
greatest(1, 'nan'::double): DuckDB nan, polars 1.0
EXPECTED
"$place/venv/bin/python" "$place/engines.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
