// The numbers of the nodes that are −0 where 0 would lead to another value or local derivative.
function _zeros({ runs }, values) {
  const found = new Set();
  for (const { op, start, sources } of [...runs].reverse()) sources.forEach((source, port) => {
    if (!Object.is(values[source], -0)) return;
    const given = _at(values, sources), operation = _record(op), all = (value = operation.value(given)) => [value, ...operation.local_derivatives(given, value)], was = all();
    given[port] = 0;
    if (all().some((now, at) => now !== was[at] && (now === now || was[at] === was[at]) || !at && found.has(start) && !now && !Object.is(now, was[0]))) found.add(source);
  });
  return [...found];
}
const _record = (op) => op === api.passing.name ? api.passing : _operations.get(op);

// Both passes over the plan of the document, computed here from the operations' own records.
const engine = (() => {
  const { graph } = page;
  const ids = graph.ids, leaves = graph.leaves, edges = graph.edges;
  const nodes = new _Dict(graph.nodes.map(([id, name, op, value, muted, bare]) => [id, { id, name, op, value, muted, bare, is_leaf: op === 'input' || op === 'constant' }]));
  const keys = edges.map(([target, port]) => [ids[target], port]);
  const plan = {
    ids, leaves, keys, nodes,
    key: (edge) => keys[edge],
    number: new _Dict(ids.map((id, place) => [id, place])),
    edge_number: new _Dict(keys.map((key, place) => [key, place])),
    edge_target: _row(edges.map((edge) => edge[0])),
    edge_source: _row(edges.map((edge) => edge[2])),
    backward_order: _row(graph.backward),
    forward_order: _row(graph.forward),
    problems: new _Dict(graph.problems),
    waiting: new _Dict(graph.waiting),
    // One run a node: what the window computes in rows is computed here one by one.
    runs: graph.runs.flatMap(([op, start, stop, first, count]) => Array.from({ length: stop - start }, (_, place) => {
      const along = _row(Array.from({ length: count }, (_none, port) => first + port * (stop - start) + place));
      return { op, start: start + place, stop: start + place + 1, along, sources: _row(Array.from(along, (edge) => edges[edge][2])) };
    })),
  };
  const carried = _row(graph.carried.map(Boolean));

  function forward(values, local) {
    for (const { op, start, along, sources } of plan.runs) {
      const operation = _record(op), inputs = _at(values, sources), result = operation.value(inputs);
      values[start] = result;
      _put(local, along, operation.local_derivatives(inputs, result));
    }
  }

  function problemsOf(values, local) {
    const found = new _Dict(plan.problems.items());
    for (const { op, start, along, sources } of plan.runs) {
      const inputs = Array.from(_at(values, sources));
      const isFine = Number.isFinite(values[start]) && along.every((edge) => !carried[edge] || Number.isFinite(local[edge]));
      if (!isFine && inputs.every(Number.isFinite)) found.set(ids[start], api.whyNotFinite(op, inputs, values[start]));
    }
    return found;
  }

  // JSON has NaN and the infinities as words.
  const lefts = graph.left.map(([id, left]) => [id, Number(left)]);

  // Returns the trace with these values of the leaves, by their number.
  function run(leafValues) {
    const values = _row(ids.map((_, place) => leafValues[place] ?? 0)), local = _row(edges.map(() => 0));
    forward(values, local);
    const gradients = _row(ids.map(() => 0)), contributions = _row(edges.map(() => 0));
    for (const [id, left] of lefts) gradients[plan.number.get(id)] = left;
    if (plan.number.has(graph.seed)) {
      gradients[plan.number.get(graph.seed)] = 1;
      const back = graph.mode === 'reverse';
      const [givers, receivers] = back ? [plan.edge_target, plan.edge_source] : [plan.edge_source, plan.edge_target];
      for (const edge of back ? plan.backward_order : plan.forward_order) {
        if (!carried[edge]) continue;
        const sent = gradients[givers[edge]] * local[edge];
        contributions[edge] = sent;
        gradients[receivers[edge]] += sent;
      }
    }
    const named = new _Dict(nodes.items().map(([id, node]) => [id, { ...node, value: leafValues[plan.number.get(id, -1)] ?? node.value }]));
    return new api.Trace(named, plan, graph.output, values, local, contributions, gradients, carried, problemsOf(values, local), graph.mode, graph.seed, new _Dict(lefts));
  }
  const own = ids.slice(0, leaves).map((id, place) => graph.values[place]);
  return { run, plan, nodes, leafValues: own };
})();
