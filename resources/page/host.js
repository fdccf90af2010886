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
const _refused = (told) => new _Refused(told);
const _bare = (_, node) => node.bare;
const _named = (name) => /^(…|(?![\d.]|NaN$|.*(\.grad|[ .:])$|.*[⁰¹²³⁴-⁹])[\p{L}\p{N}_\u0300-\u036f'′″ .:]+)$/u.test(name) ? name : `“${name}”`;
const _name = (_, name) => new api.Name(name);
const _side = (_, name) => new api.Side(_named(name));
const _slope = (_, of, by, dialect, number = '') => `∂${_named(of)}/∂${_named(by)}${number}`;
const _unicode = (written) => [written('unicode'), ''];
const _told = (tree, digits = 6, sign = '=') => new api.Side(api.write(tree, _notations, 'unicode', digits), '', sign);
const places = new Map(Array.from(page.widths.characters, (one, at) => [one, at]));
const _textWidth = (text, style) => {
  let sum = 0;
  for (const one of text) sum += page.widths.thousandths[places.get(one) ?? places.get('0')];
  return sum * (style === 'chip' ? 12 : 15) / 1000;
};
