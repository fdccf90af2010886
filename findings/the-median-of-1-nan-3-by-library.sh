#!/usr/bin/env bash
# The median of 1, NaN and 3 is 3 in polars and DuckDB, 2 in pandas and pyarrow, and 1 by pyarrow's approximate one; the largest is NaN or 3 by library.
#
# Guess before running: each library takes NaN one way: as missing, so that the median is 2 and the largest 3, or as a number above all others, so that the
#   median is 3 and the largest NaN, or as what makes all NaN.
# Seen: DuckDB has it above all others throughout. polars sorts it last, has it in the median and in top_k(1), and leaves it out of max, arg_max and
#   cum_max. pyarrow leaves it out of max and of quantile; approximate_median is 1, as of two numbers. pandas leaves it out everywhere. Means are NaN in
#   all but pandas.
# Who meets it: who sums up losses of several runs of which one broke down: the median of three runs is the worst one in one library and a mean of the
#   other two in another, and in polars the largest is none of top_k. Drop NaN first.
# Versions: polars==2.1.0, duckdb==2.0.1, pyarrow==26.0.1, pandas==3.1.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1 pandas==3.1.1 numpy==2.4.6
cat > "$place/medians.py" <<'PROBE'
import duckdb
import pandas
import polars
import pyarrow
import pyarrow.compute

VALUES = [1.0, float("nan"), 3.0]
column = polars.Series("x", VALUES)
print("polars: median", column.median(), "max", column.max(), "top_k", column.top_k(1).to_list(), "last of sort", column.sort()[-1], "arg_max", column.arg_max(), "cum_max", column.cum_max()[-1], "mean", column.mean())
array = pyarrow.array(VALUES)
compute = pyarrow.compute
print("pyarrow: median", compute.quantile(array)[0], "max", compute.max(array), "approximate", compute.approximate_median(array), "last of sort", array[compute.sort_indices(array)[-1].as_py()], "mean", compute.mean(array))
series = pandas.Series(VALUES, dtype="float64")
print("pandas: median", series.median(), "max", series.max(), "mean", series.mean())
median, largest, mean, last = duckdb.sql("select median(x), max(x), avg(x), list(x order by x)[-1] from (values (1::double), ('nan'::double), (3::double)) t(x)").fetchall()[0]
print("DuckDB: median", median, "max", largest, "last of sort", last, "mean", mean)
PROBE
cat > "$place/expected" <<'EXPECTED'
polars: median 3.0 max 3.0 top_k [nan] last of sort nan arg_max 2 cum_max 3.0 mean nan
pyarrow: median 2.0 max 3.0 approximate 1.0 last of sort nan mean nan
pandas: median 2.0 max 3.0 mean 2.0
DuckDB: median 3.0 max nan last of sort nan mean nan
EXPECTED
"$place/venv/bin/python" "$place/medians.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
