// Charts in plain HTML: they keep their letters' size on a phone, and their numbers stand in tables.

const DAY = 864e5;
const dayAt = time => new Date(time).toISOString().slice(0, 10);

/** Periods without gaps over some days: days, weeks, months or years as in the table theme_timeline, so that there are a few dozen. */
function periodsOf(days) {
  const known = days.filter(Boolean).sort();
  if (!known.length) return {unit: 'day', names: [], of: () => null};
  const first = Date.parse(known[0]), last = Date.parse(known.at(-1)), long = (last - first) / DAY;
  const unit = long <= 45 ? 'day' : long <= 400 ? 'week' : long <= 3700 ? 'month' : 'year';
  // The first day of 1970 was a Thursday; weeks begin on Mondays.
  const of = day => unit === 'day' ? day : unit === 'month' ? day.slice(0, 7) : unit === 'year' ? day.slice(0, 4) : dayAt(Math.floor((Date.parse(day) / DAY + 3) / 7) * 7 * DAY - 3 * DAY);
  const names = [];
  for (let time = first; ; time += DAY) {
    const name = of(dayAt(Math.min(time, last)));
    if (names.at(-1) !== name) names.push(name);
    if (time >= last) break;
  }
  return {unit, names, of};
}
const allPeriods = periodsOf(articles.map(a => a.day));

/** Counts over time: items are [day, group]; groups are [key, name, colour], stacked in their order. */
function history(items, groups, {what = 'statements', periods = allPeriods, height = 7} = {}) {
  const dated = items.filter(([day]) => day);
  if (!dated.length) return element('p', {class: 'soft'}, 'No article says in a form that can be read when it was published.');
  const counts = new Map(periods.names.map(name => [name, new Map()]));
  for (const [day, group] of dated) { const of = counts.get(periods.of(day)); of.set(group, (of.get(group) || 0) + 1); }
  const total = name => [...counts.get(name).values()].reduce((sum, n) => sum + n, 0);
  const most = Math.max(...periods.names.map(total));
  const words = name => groups.filter(([key]) => counts.get(name).has(key)).map(([key, label]) => groups.length > 1 ? `${label} ${counts.get(name).get(key)}` : counts.get(name).get(key)).join(', ') || 'none';
  const chart = element('div', {class: 'history', style: `height:${height}rem`, role: 'img', 'aria-label': `${what} a ${periods.unit}, ${periods.names[0]} to ${periods.names.at(-1)}; at most ${most}`},
    periods.names.map(name => element('div', {class: 'period', title: `${name}: ${words(name)}`}, groups.filter(([key]) => counts.get(name).has(key)).map(([key, , colour]) =>
      element('i', {style: `height:${counts.get(name).get(key) / most * 100}%;background:var(${colour})`})).reverse())));
  return element('figure', {style: `max-width:${periods.names.length * 5}rem`}, element('div', {class: 'most soft small'}, `${number(most)} ${what} a ${periods.unit}`), chart,
    element('div', {class: 'ends soft small'}, element('span', {}, periods.names[0]), periods.names.length > 1 ? element('span', {}, periods.names.at(-1)) : null),
    groups.length > 1 ? element('ul', {class: 'key'}, groups.map(([, label, colour]) => element('li', {}, swatch(colour), own(label)))) : null,
    dated.length < items.length ? element('p', {class: 'soft small'}, `${number(items.length - dated.length)} of ${number(items.length)} without a date.`) : null,
    numbers({caption: `${what} a ${periods.unit}`, head: [periods.unit, ...(groups.length > 1 ? groups.map(([, label]) => own(label)) : [what])], numeric: groups.map((_, i) => i + 1),
      rows: periods.names.map(name => [name, ...groups.map(([key]) => number(counts.get(name).get(key) || 0))])}));
}

/** A small curve without words, for a line of a list. */
function spark(days, colour) {
  const known = days.filter(Boolean);
  if (allPeriods.names.length < 2 || !known.length) return null;
  const counts = new Map(tally(known, allPeriods.of)), most = Math.max(...counts.values());
  return element('span', {class: 'spark', 'aria-hidden': 'true'}, allPeriods.names.map(name => element('i', {style: `height:${(counts.get(name) || 0) / most * 100}%;background:var(${colour})`})));
}

/** Labelled bars: rows are [label, count, colour, note]. */
function bars(caption, rows, {count = 'statements', note} = {}) {
  const most = Math.max(1, ...rows.map(row => row[1]));
  return element('table', {class: 'bars'}, element('caption', {class: 'unseen'}, caption),
    element('thead', {class: 'unseen'}, element('tr', {}, element('th', {scope: 'col'}, 'name'), element('th', {scope: 'col'}, count), element('td', {}), note ? element('th', {scope: 'col'}, note) : null)),
    element('tbody', {}, rows.map(([label, n, colour, more]) => element('tr', {}, element('th', {scope: 'row'}, label), element('td', {class: 'number'}, number(n)),
      element('td', {class: 'track', 'aria-hidden': 'true'}, element('i', {style: `width:${n / most * 100}%;background:var(${colour || '--bar'})`})),
      more === undefined ? null : element('td', {class: 'soft small number'}, more)))));
}

/** When each outlet told it, a lane for each outlet: items are {day, outlet, route, label, kind}, kind one of first, telling, copy. */
function lanes(items, caption) {
  const dated = items.filter(item => item.day), undated = items.length - dated.length;
  if (!dated.length) return element('p', {class: 'soft'}, 'None of these articles has a date that can be read.');
  const times = dated.map(item => Date.parse(item.day)), low = Math.min(...times), high = Math.max(...times);
  const names = [...new Set(dated.sort((a, b) => a.day < b.day ? -1 : a.day > b.day ? 1 : 0).map(item => item.outlet))];
  const place = day => high > low ? 3 + (Date.parse(day) - low) / (high - low) * 94 : 50;
  const lane = name => {
    const here = new Map();
    return element('li', {class: 'lane'}, element('span', {class: 'name'}, own(name)), element('span', {class: 'track'}, dated.filter(item => item.outlet === name).map(item => {
      const before = here.get(item.day) || 0;
      here.set(item.day, before + 1);
      return element('a', {href: '#/' + item.route, class: 'dot ' + item.kind, style: `left:${place(item.day)}%;margin-left:${before * .55}rem`, 'aria-label': `${item.day}, ${name}: ${item.label}`, title: `${item.day}: ${item.label}`});
    })));
  };
  return element('figure', {class: 'lanes'}, element('ul', {'aria-label': caption}, names.map(lane)),
    element('div', {class: 'ends soft small'}, element('span', {}, dayAt(low)), high > low ? element('span', {}, dayAt(high)) : null),
    undated ? element('p', {class: 'soft small'}, `${number(undated)} without a date.`) : null);
}
