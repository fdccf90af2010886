#!/usr/bin/env bash
# In ECharts one infinite loss takes the whole curve out of the chart and the numbers from its axis; a logarithmic axis writes 0.0001 as 0.00009999999999999999.
#
# Guess before running: infinity is a gap, as NaN is, or stops at the edge; a power of ten on a logarithmic axis is written as one.
# Seen: NaN and, on a logarithmic axis, 0 are gaps. With one Infinity the axis has no number at all, and the line runs from the frame of 300 pixels up to 555
#   above it, so that nothing of the later values is seen. A logarithmic axis from 1e-7 on has 0.00001000000000000000 and 0.00009999999999999999 among its
#   labels.
# Who meets it: who shows a training in a page: a loss that overflowed once hides all that came after. Turn what is not finite into null, and give the axis
#   a formatter.
# Versions: echarts@6.1.0; Node.js 20. Needs node with npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" echarts@6.1.0 > "$place/npm.log"
cat > "$place/probe.mjs" <<'PROBE'
import * as echarts from "echarts";

function drawn(values, axis) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 400, height: 300 });
  const steps = values.map((_, index) => `step ${index}`);
  chart.setOption({ animation: false, xAxis: { type: "category", data: steps }, yAxis: axis, series: [{ type: "line", data: values, symbol: "none" }] });
  const svg = chart.renderToSVGString();
  chart.dispose();
  const labels = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((found) => found[1]).filter((text) => !text.startsWith("step"));
  const line = svg.match(/<path d="([^"]*)"[^>]*stroke="#(?:5070dd|5470c6)"/);
  return `labels ${labels.join(" ") || "none"}; line ${line ? line[1] : "none"}`;
}

console.log("1 2 NaN 4 5:", drawn([1, 2, NaN, 4, 5], { type: "value" }));
console.log("1 2 Infinity 4 5:", drawn([1, 2, Infinity, 4, 5], { type: "value" }));
console.log("1 0.1 0 0.01, logarithmic:", drawn([1, 0.1, 0, 0.01], { type: "log" }));
console.log("1e-7 1e-3 1, logarithmic:", drawn([1e-7, 1e-3, 1], { type: "log" }));
console.log("1e-5 1e-3, logarithmic:", drawn([1e-5, 1e-3], { type: "log" }));
PROBE
cat > "$place/expected" <<'EXPECTED'
1 2 NaN 4 5: labels 0 1 2 3 4 5; line M90 189L150 158M270 96L330 65
1 2 Infinity 4 5: labels none; line M90 65L150 -90M270 -400L330 -555
1 0.1 0 0.01, logarithmic: labels 0.01 0.1 1; line M97.5 65L172.5 142.5M322.5 220
1e-7 1e-3 1, logarithmic: labels 0.0000001 0.000001 0.00001000000000000000 0.00009999999999999999 0.001 0.01 0.1 1; line M189.6 220L257.7 131.4L325.9 65
1e-5 1e-3, logarithmic: labels 0.00001 0.00009999999999999999 0.001 0.01; line M206.6 220L308.9 116.7
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
