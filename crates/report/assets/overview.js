views.overview = {
  name: 'Overview',
  show() {
    const days = articles.map(a => a.day), dated = days.filter(Boolean);
    return [element('h1', {}, `What ${plural(articles.length, 'article')}${outlets.length ? ` from ${plural(outlets.length, 'outlet')}` : ''} say`),
      facts([['articles', number(articles.length)], ['outlets', outlets.length ? number(outlets.length) : 'not given'], ['statements', number(statements.length)], ['quotations', number(quotes.length), speakers.length ? `by ${plural(speakers.length, 'named speaker')}` : null],
        ['stories', number(stories.length), 'told by several articles'], ['narratives', number(claims.length), forms.length ? plural(forms.length, 'form') + ' apart' : null], ['themes', number(topThemes.length), themes.length > topThemes.length ? `with ${number(themes.length - topThemes.length)} below them` : null],
        ['time', dated.length ? dated.sort()[0] : 'not given', dated.length ? 'to ' + dated.at(-1) : null]]),
      this.mind(),
      element('div', {class: 'columns'},
        section('Narratives by spread',
          claims.length ? element('ol', {class: 'rows plain'}, claims.slice(0, 7).map(n => element('li', {}, narrativeLine(n)))) : element('p', {class: 'soft'}, 'No two articles make the same claim.'),
          claims.length > 7 ? element('p', {}, link('narratives', `All ${number(claims.length)} narratives`)) : null),
        element('div', {},
          section('Themes by size', bars('Themes by size', topThemes.slice(0, 10).map(theme => [themeLink(theme.at), theme.size, themeColour(theme.at), spark(theme.statements.map(i => articleOf(i).day), themeColour(theme.at)) || undefined]), {note: 'over time'}),
            topThemes.length > 10 ? element('p', {}, link('themes', `All ${number(topThemes.length)} themes`)) : null),
          statements.length ? section('Map of all statements', this.preview()) : null)),
      element('div', {class: 'columns'},
        section('Articles by outlet', this.outlets()),
        section('Articles over time', history(articles.map(a => [a.day, outletRank.has(a.outlet) ? a.outlet : null]), this.groups(), {what: 'articles'})))];
  },
  /** Outlets with a colour of their own, then all others. */
  groups() {
    const own = [...outletRank.keys()].map(at => [at, outlets[at], outletColour(at)]);
    return articles.some(a => !outletRank.has(a.outlet)) ? [...own, [null, own.length ? 'other or not given' : 'articles', '--c-none']] : own;
  },
  outlets() {
    const told = new Map(tally(narratives.flatMap(n => [...new Set(n.members.map(m => outletKey(m.at)))])));
    const said = new Map(tally(statements, s => articles[s.article].outlet));
    return table({caption: 'Articles by outlet', unseen: true, head: ['outlet', 'articles', 'statements', 'narratives it tells'], numeric: [1, 2, 3],
      rows: tally(articles, a => a.outlet).slice(0, 30).map(([at, n]) => [[swatch(outletColour(at)), at === null ? 'outlet not given' : own(outlets[at])], number(n), number(said.get(at) || 0), number(told.get(at) || 0)])});
  },
  mind() {
    const silent = articles.filter(a => a.reason).length, undated = articles.filter(a => !a.day).length;
    const notes = [...meta.warnings.map(warning => element('li', {}, warning)),
      silent ? element('li', {}, plural(silent, 'article'), ' without a statement: ', link('articles', 'Articles'), ' tells why.') : null,
      undated && undated < articles.length ? element('li', {}, `${plural(undated, 'article')} without a date: on no timeline.`) : undated ? element('li', {}, 'No article has a date that is known to the day, so nothing is shown over time.') : null,
      meta.unused ? element('li', {}, element('details', {}, element('summary', {}, `${plural(meta.unused, 'row')} of the input not used`), element('ul', {}, meta.unused_rows.map(row => element('li', {}, own(row.file), row.line ? `, line ${row.line}` : '', ': ', own(row.reason)))),
        meta.unused > meta.unused_rows.length ? element('p', {}, 'The manifest has all.') : null)) : null].filter(Boolean);
    return notes.length ? element('section', {class: 'mind', 'aria-labelledby': 'mind'}, element('h2', {id: 'mind'}, 'Take note'), element('ul', {}, notes)) : null;
  },
  /** The map in small, which opens the map. */
  preview() {
    const canvas = element('canvas', {class: 'preview', 'aria-hidden': 'true'});
    const draw = () => { if (canvas.clientWidth) paint(penOn(canvas), project({x: 0, y: 0, zoom: 1}, canvas.clientWidth, canvas.clientHeight), colouringBy('theme'), {labels: canvas.clientWidth > 420}); };
    new ResizeObserver(draw).observe(canvas);
    repaint = draw;
    return element('a', {href: '#/map', class: 'picture', 'aria-label': 'Open the map of all statements'}, canvas);
  },
};
