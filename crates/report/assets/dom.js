// Everything that articles say reaches the page through `element`, as text, never as markup.
const main = document.getElementById('main');
const tip = document.getElementById('tip');
const views = {};

function fill(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== false) made.append(child);
  return made;
}
const element = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

const link = (route, ...children) => element('a', {href: '#/' + route}, ...children);
/** Words of an article inside a line of ours: their direction stays their own. */
const own = text => element('bdi', {}, text);
const soft = (...children) => element('span', {class: 'soft small'}, ...children);
const number = x => x.toLocaleString('en');
const percent = x => Math.round(x * 100) + ' %';
const plural = (n, one, many) => number(n) + ' ' + (n === 1 ? one : many || one + 's');
const say = text => { document.getElementById('spoken').textContent = text; };
const unescored = text => text.replaceAll('_', ' ');

/** `items`, parted by middle dots; empty ones left out. */
function dotted(...items) {
  return items.flat().filter(item => item !== null && item !== undefined && item !== false && item !== '').flatMap((item, i) => i ? [' · ', item] : [item]);
}

/** First and last of some days, in words. */
function span(days) {
  const known = days.filter(Boolean).sort();
  if (!known.length) return null;
  return known[0] === known.at(-1) ? known[0] : `${known[0]} to ${known.at(-1)}`;
}

/** A statement with its speaker, its outlet, its day and the way to its article. */
function statement(at, {body, notes, heading} = {}) {
  const a = articleOf(at), speaker = speakerOf(at);
  return element('article', {class: 'statement'}, heading,
    element('blockquote', {dir: 'auto'}, body || textOf(at)),
    element('p', {class: 'source'}, dotted(speaker ? element('b', {}, own(speaker)) : null, own(outletOf(a)), a.day, a.wire ? element('span', {}, 'wire: ', own(a.wire)) : null, element('a', {href: '#/' + routeOf(at)}, own(titleOf(a))))),
    notes ? element('p', {class: 'source'}, notes) : null);
}

/** A list that shows `size` items and a button for more. */
function paged(items, render, {size = 30, name = 'ul', label} = {}) {
  const list = element(name, {class: 'rows', 'aria-label': label});
  const more = element('button', {type: 'button', class: 'more', onclick: () => { const before = list.children.length; grow(); list.children[before].tabIndex = -1; list.children[before].focus(); }});
  let shown = 0;
  function grow() {
    list.append(...items.slice(shown, shown + size).map((item, i) => element('li', {}, render(item, shown + i))));
    shown = Math.min(items.length, shown + size);
    more.hidden = shown >= items.length;
    more.textContent = `Show ${Math.min(size, items.length - shown)} more of ${number(items.length - shown)}`;
  }
  grow();
  return [list, more];
}

/** A table; the cells of a row after the first are numbers where `numeric` says so. */
function table({caption, head, rows, numeric = [], unseen = false}) {
  return element('div', {class: 'wide', tabindex: '0', role: 'group', 'aria-label': caption}, element('table', {},
    element('caption', {class: unseen ? 'unseen' : null}, caption),
    element('thead', {}, element('tr', {}, head.map((name, i) => element('th', {scope: 'col', class: numeric.includes(i) ? 'number' : null}, name)))),
    element('tbody', {}, rows.map(row => element('tr', {}, row.map((cell, i) => element(i ? 'td' : 'th', {scope: i ? null : 'row', class: numeric.includes(i) ? 'number' : null}, cell)))))));
}

/** The numbers behind a chart, folded away. */
const numbers = options => element('details', {class: 'numbers'}, element('summary', {}, 'Numbers'), table({...options, unseen: true}));

/** A labelled choice. */
function choice(label, options, value, change) {
  return element('label', {class: 'field'}, element('span', {}, label),
    element('select', {onchange: e => change(e.target.value)}, options.map(([key, name]) => element('option', {value: key, selected: key === value}, name))));
}

/** A labelled field to type in. */
function field(label, value, input, id) {
  return element('label', {class: 'field grow'}, element('span', {}, label), element('input', {type: 'search', value, id, oninput: e => input(e.target.value)}));
}

const back = (...links) => element('nav', {class: 'back', 'aria-label': 'Back'}, links.flatMap((a, i) => i ? [' › ', a] : [a]));
const facts = list => element('dl', {class: 'figures'}, list.filter(Boolean).map(([name, value, note]) => element('div', {}, element('dt', {}, name), element('dd', {}, value, note ? element('small', {}, note) : null))));
const section = (title, ...children) => element('section', {}, element('h2', {}, title), ...children);

/** A file of rows to keep, made on the spot. */
function save(name, head, rows) {
  const cell = value => /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const text = [head, ...rows].map(row => row.map(value => cell(String(value ?? ''))).join(',')).join('\r\n') + '\r\n';
  const address = URL.createObjectURL(new Blob([text], {type: 'text/csv'}));
  element('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
