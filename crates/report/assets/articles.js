views.stories = {
  name: 'Stories',
  show(a, b) {
    if (b !== undefined && data.articles[a] && data.articles[b]) return this.pair(Number(a), Number(b));
    const stories = tally(data.articles.map(x => x.story).filter(Boolean), s => s).filter(s => s[1] > 1);
    return [element('h1', {}, 'Stories'), stories.length ? element('p', {class: 'soft'}, 'Articles on one event, and how they are related.') : element('p', {}, 'No two articles tell the same story.'),
      element('ul', {class: 'rows'}, stories.map(([story]) => {
        const members = data.articles.map((x, i) => x.story === story ? i : -1).filter(i => i >= 0);
        const pairs = data.pairs.filter(p => data.articles[p.a].story === story && data.articles[p.b].story === story);
        return element('li', {}, element('ul', {}, members.map(i => element('li', {}, link('articles/' + i, titleOf(data.articles[i])), element('span', {class: 'small soft'}, ` ${outletOf(data.articles[i])}${dayOf(data.articles[i]) ? ' · ' + dayOf(data.articles[i]) : ''}${data.articles[i].wire ? ' · wire: ' + data.articles[i].wire : ''}`)))),
          pairs.length ? element('details', {}, element('summary', {}, plural(pairs.length, 'pair')), this.table(pairs)) : null);
      })),
      element('h2', {}, 'Pairs across stories'), this.table(data.pairs.filter(p => data.articles[p.a].story !== data.articles[p.b].story).slice(0, 200))];
  },
  table(pairs) {
    if (!pairs.length) return element('p', {class: 'soft'}, 'None.');
    return element('table', {}, element('tbody', {}, pairs.map(p => element('tr', {}, element('td', {}, p.relation.replace('_', ' ')),
      element('td', {}, titleOf(data.articles[p.a])), element('td', {}, titleOf(data.articles[p.b])), element('td', {class: 'small soft'}, `${percent(p.a_in_b)} | ${percent(p.b_in_a)} shared`),
      element('td', {}, link(`stories/${p.a}/${p.b}`, 'side by side'))))));
  },
  /** Statements of both articles in the order of the first, joined where a narrative or a near-duplicate joins them. */
  pair(a, b) {
    const of = article => data.statements.map((s, i) => s.article === article ? i : -1).filter(i => i >= 0);
    const joined = new Map();
    const join = (i, j, score) => {
      const [x, y] = data.statements[i].article === a ? [i, j] : [j, i];
      if (data.statements[x].article === a && data.statements[y].article === b && (!joined.has(x) || joined.get(x)[1] < score)) joined.set(x, [y, score]);
    };
    for (const [i, j, score] of data.duplicates) join(i, j, score + 1);
    for (const n of data.narratives) for (const [i] of n.members) for (const [j, , score] of n.members) if (i !== j) join(i, j, score);
    const used = new Set([...joined.values()].map(v => v[0]));
    const cell = (i, j) => i === undefined ? element('td', {}) : element('td', {}, j === undefined ? textOf(data.statements[i]) : marked(textOf(data.statements[i]), textOf(data.statements[j]), []),
      ' ', link(`articles/${data.statements[i].article}/${i}`, '¶'));
    const head = i => element('th', {scope: 'col', style: 'width:50%'}, link('articles/' + i, titleOf(data.articles[i])), element('div', {class: 'small soft'}, outletOf(data.articles[i]), ' ', dayOf(data.articles[i])));
    return [element('p', {}, link('stories', '← Stories')), element('h1', {}, 'Two articles side by side'),
      element('table', {}, element('thead', {}, element('tr', {}, head(a), head(b))), element('tbody', {},
        of(a).map(i => { const j = (joined.get(i) || [])[0]; return element('tr', {}, cell(i, j), cell(j, i)); }),
        of(b).filter(j => !used.has(j)).map(j => element('tr', {}, cell(undefined), cell(j)))))];
  },
};

views.quotes = {
  name: 'Quotes',
  show(at) {
    const rows = at === undefined ? data.quotes : data.quotes.filter(q => q.speaker === Number(at));
    const speakers = tally(data.quotes.filter(q => q.speaker !== null).map(q => q.speaker), s => s);
    return [element('h1', {}, at === undefined ? 'Who says what' : data.speakers[at] || 'Nobody'), at === undefined ? null : element('p', {}, link('quotes', '← All speakers')),
      at === undefined ? bars(speakers.slice(0, 30).map(([s, n]) => [data.speakers[s], n, link('quotes/' + s, data.speakers[s])])) : null,
      element('ul', {class: 'rows'}, rows.slice(0, 300).map(q => element('li', {}, element('blockquote', {}, q.spans.map(([start, end]) => data.articles[q.article].text.slice(start, end)).join(' … ')), element('div', {class: 'small soft'}, q.kind, ' · ', q.speaker === null ? 'speaker not named' : data.speakers[q.speaker], ' · ',
        link(`articles/${q.article}${q.statements.length ? '/' + q.statements[0] : ''}`, titleOf(data.articles[q.article]))))))];
  },
};

views.articles = {
  name: 'Articles',
  show(at, here) {
    if (at !== undefined && data.articles[at]) return this.one(Number(at), Number(here));
    return [element('h1', {}, 'Articles'), element('table', {}, element('thead', {}, element('tr', {}, ['title', 'outlet', 'published', 'language', 'wire'].map(h => element('th', {scope: 'col'}, h)))),
      element('tbody', {}, data.articles.map((a, i) => element('tr', {}, element('td', {}, link('articles/' + i, titleOf(a)), a.reason ? element('div', {class: 'small soft'}, a.reason) : null),
        element('td', {}, a.source), element('td', {}, dayOf(a) || a.published), element('td', {}, a.lang), element('td', {}, a.wire)))))];
  },
  one(at, here) {
    const a = data.articles[at], pieces = [];
    let from = 0;
    data.statements.forEach((s, i) => {
      if (s.article !== at) return;
      pieces.push(a.text.slice(from, s.start), element('span', {class: i === here ? 'here' : 'said', id: i === here ? 'here' : null}, a.text.slice(s.start, s.end)));
      from = s.end;
    });
    pieces.push(a.text.slice(from));
    const related = data.pairs.filter(p => p.a === at || p.b === at);
    return [element('p', {}, link('articles', '← Articles')), element('h1', {}, titleOf(a)),
      element('p', {class: 'soft'}, [outletOf(a), dayOf(a), a.lang, a.wire ? 'wire: ' + a.wire : null, a.url].filter(Boolean).join(' · ')),
      related.length ? element('details', {}, element('summary', {}, plural(related.length, 'related article')), views.stories.table(related)) : null,
      element('div', {class: 'article panel'}, pieces)];
  },
};
