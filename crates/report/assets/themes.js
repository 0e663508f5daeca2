/** Places of the statements in theme `at` or below it. */
function statementsOf(at) {
  const below = new Set([at]);
  for (let grew = true; grew;) {
    grew = false;
    data.themes.forEach((theme, i) => { if (theme.parent !== null && below.has(theme.parent) && !below.has(i)) { below.add(i); grew = true; } });
  }
  return data.statements.map((s, i) => s.theme !== null && below.has(s.theme) ? i : -1).filter(i => i >= 0);
}

/** Statements a day, as a row of bars. */
function curve(places) {
  const days = tally(places.map(i => dayOf(data.articles[data.statements[i].article])).filter(Boolean), d => d).sort((a, b) => a[0].localeCompare(b[0]));
  if (!days.length) return element('p', {class: 'soft'}, 'No article says when it was published.');
  const first = Date.parse(days[0][0]) / 864e5, last = Date.parse(days.at(-1)[0]) / 864e5, most = Math.max(...days.map(d => d[1]));
  const wide = 600 / (last - first + 1);
  return drawing('svg', {viewBox: '0 0 600 120', width: '100%', role: 'img', 'aria-label': 'Statements a day'},
    days.map(([day, n]) => drawing('rect', {x: (Date.parse(day) / 864e5 - first) * wide, y: 100 - 95 * n / most, width: Math.max(1, wide - 1), height: 95 * n / most, fill: 'var(--bar)'},
      drawing('title', {}, `${day}: ${n}`))),
    drawing('text', {x: 0, y: 116}, days[0][0]), drawing('text', {x: 600, y: 116, 'text-anchor': 'end'}, days.at(-1)[0]));
}

views.themes = {
  name: 'Themes',
  show(at) {
    if (at !== undefined && data.themes[at]) return this.one(Number(at));
    const branch = parent => {
      const below = data.themes.map((theme, i) => [theme, i]).filter(([theme]) => theme.parent === parent).sort((a, b) => b[0].size - a[0].size);
      return below.length ? element('ul', {}, below.map(([theme, i]) => element('li', {}, link('themes/' + i, theme.label),
        element('span', {class: 'small soft'}, ` ${number(theme.size)} · ${theme.terms.slice(1, 5).join(', ')}`), branch(i)))) : null;
    };
    const unplaced = data.statements.filter(s => s.theme === null).length;
    return [element('h1', {}, 'Themes'), element('div', {class: 'tree'}, branch(null)),
      unplaced ? element('p', {class: 'soft'}, plural(unplaced, 'statement') + ' fit no theme; statement_themes names the nearest one and the reason.') : null];
  },
  one(at) {
    const theme = data.themes[at], places = statementsOf(at);
    const share = tally(places.map(i => outletOf(data.articles[data.statements[i].article])), o => o);
    const children = data.themes.map((t, i) => [t, i]).filter(([t]) => t.parent === at);
    return [element('p', {}, link('themes', '← Themes'), theme.parent !== null ? [' · ', link('themes/' + theme.parent, data.themes[theme.parent].label)] : null),
      element('h1', {}, theme.label),
      element('p', {class: 'soft'}, plural(theme.size, 'statement'), ` · cohesion ${theme.cohesion.toFixed(2)}`,
        theme.stability !== null ? ` · stability ${theme.stability.toFixed(2)}${theme.stability < 0.6 ? ' (doubtful: other samples of these statements give another theme)' : ''}` : null),
      element('p', {}, theme.terms.join(' · ')),
      children.length ? [element('h2', {}, 'Within it'), bars(children.map(([t, i]) => [t.label, t.size, link('themes/' + i, t.label)]))] : null,
      element('div', {class: 'columns'},
        element('section', {}, element('h2', {}, 'Over time'), curve(places)),
        element('section', {}, element('h2', {}, 'By outlet'), bars(share.slice(0, 12)))),
      element('h2', {}, 'Statements that stand for it'),
      element('ul', {class: 'rows'}, theme.representatives.map(i => element('li', {}, statement(i)))),
      element('details', {}, element('summary', {}, `All ${plural(places.length, 'statement')}`),
        element('ul', {class: 'rows'}, places.slice(0, 500).map(i => element('li', {}, statement(i)))))];
  },
};
