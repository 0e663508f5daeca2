views.overview = {
  name: 'Overview',
  show() {
    const outlets = tally(data.articles, outletOf), days = data.articles.map(dayOf).filter(Boolean).sort();
    const top = data.themes.map((theme, at) => [theme, at]).filter(([theme]) => theme.parent === null).sort((a, b) => b[0].size - a[0].size);
    const figure = (name, value) => element('div', {}, element('dt', {}, name), element('dd', {}, value));
    const notes = [...data.meta.warnings];
    const silent = data.articles.filter(a => a.reason).length;
    if (silent) notes.push(plural(silent, 'article') + ' without a statement: see Articles');
    return [
      element('h1', {}, 'What these articles say'),
      element('dl', {class: 'figures'},
        figure('articles', number(data.articles.length)), figure('outlets', number(new Set(data.articles.map(a => a.source).filter(Boolean)).size)),
        figure('statements', number(data.statements.length)), figure('narratives', number(data.narratives.length)),
        figure('themes', number(top.length)), figure('time', days.length ? (days[0] === days.at(-1) ? days[0] : days[0] + ' – ' + days.at(-1)) : 'not given')),
      notes.length ? [element('h2', {}, 'Mind'), element('ul', {}, notes.map(note => element('li', {}, note)))] : null,
      element('div', {class: 'columns'},
        element('section', {}, element('h2', {}, 'Narratives by spread'),
          element('ul', {class: 'rows'}, data.narratives.slice(0, 8).map((n, at) => element('li', {}, link('narratives/' + at, n.label),
            element('div', {class: 'small soft'}, plural(n.articles, 'article'), n.sources.length ? ' · ' + n.sources.join(', ') : null)))),
          data.narratives.length > 8 ? link('narratives', `All ${data.narratives.length}`) : null,
          data.narratives.length ? null : element('p', {class: 'soft'}, 'No two articles make the same claim.')),
        element('section', {}, element('h2', {}, 'Themes by size'),
          bars(top.slice(0, 14).map(([theme, at]) => [theme.label, theme.size, link('themes/' + at, theme.label)])),
          element('h2', {}, 'Articles by outlet'), bars(outlets.slice(0, 12)))),
      element('p', {class: 'small soft'}, `${data.meta.program} · model ${data.meta.model} (${data.meta.kernels}) · seed ${data.meta.seed}`)];
  },
};
