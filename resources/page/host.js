// What the page was made of, and what translated code asks the page for.
const page = JSON.parse(document.getElementById('page-data').textContent);
const _operations = new _Dict(), _notations = new _Dict(), _values = new _Dict();
const _take = (records) => {
  for (const [name, record] of records) {
    _operations.set(name, record);
    _values.set(name, record.value);
    if (record.notation) _notations.set(name, record.notation);
  }
};
const treeOf = (tree) => typeof tree === 'number' ? new api.Number(tree) : typeof tree === 'string' ? new api.Name(tree) : new api.Call(tree[0], tree.slice(1).map(treeOf));
const _ruleTree = (name, port, count) => treeOf(page.rules[name][count][port]);
const _refused = (sentence) => new _Refused(sentence);
const _isUnnamed = (node) => node.op === 'constant' && /^k[0-9]*$/.test(node.name);
const _name = (_, name) => new api.Name(name);
const _side = (_, name) => new api.Side(name);
const _derivative = (_, of, by, dialect, number = '') => `∂${of}/∂${by}${number}`;
const _stored = (_, name) => name + '.grad';
const _way = (_, names) => names.join(' → ') + ':';
const _times = () => ' × ';
const _unicode = (written) => [written('unicode'), ''];
const _told = (tree, digits = 6, sign = '=') => new api.Side(api.write(tree, _notations, 'unicode', digits), '', sign);
const widthOf = new Map(Array.from(page.widths.characters, (one, place) => [one, place]));
const _textWidth = (text, style) => {
  let total = 0;
  for (const one of text) total += page.widths.thousandths[widthOf.get(one) ?? widthOf.get('0')];
  return total * (style === 'chip' ? 12 : 15) / 1000;
};
