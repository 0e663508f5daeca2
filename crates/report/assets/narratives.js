views.narratives = {
  name: 'Narratives',
  show(at) {
    if (at !== undefined && data.narratives[at]) return this.one(data.narratives[at]);
    return [element('h1', {}, 'Narratives'), element('p', {class: 'soft'}, 'Claims that at least two articles make, widest spread first.'),
      element('ul', {class: 'rows', id: 'narratives'}, data.narratives.map((n, i) => element('li', {}, link('narratives/' + i, n.label),
        element('div', {class: 'small soft'}, plural(n.members.length, 'statement'), ' in ', plural(n.articles, 'article'), n.sources.length ? ' · ' + n.sources.join(', ') : null,
          n.first ? ` · ${n.first.slice(0, 10)}${n.last && n.last.slice(0, 10) !== n.first.slice(0, 10) ? ' – ' + n.last.slice(0, 10) : ''}` : null,
          n.differing ? ` · ${plural(n.differing, 'difference')}` : null))))];
  },
  one(n) {
    const copies = n.members.filter(m => m[1] === 'identical' || m[1] === 'near_copy').length;
    const label = n.members.find(m => textOf(data.statements[m[0]]) === n.label) || n.members[0];
    const base = textOf(data.statements[label[0]]);
    const values = i => n.differences.flatMap(d => d.a === i ? [d.a_value] : d.b === i ? [d.b_value] : []).filter(Boolean);
    const card = ([i, relation, score]) => {
      const other = i === label[0] ? textOf(data.statements[(n.members.find(m => m[0] !== i) || label)[0]]) : base;
      return element('li', {}, statement(i, marked(textOf(data.statements[i]), other, values(i))),
        element('div', {class: 'small soft'}, i === label[0] ? 'stands for the narrative' : `${relation.replace('_', ' ')}, ${score.toFixed(2)}`));
    };
    const said = tally(n.members.map(m => speakerOf(data.statements[m[0]])).filter(Boolean), s => s);
    const words = i => data.articles[data.statements[i].article];
    return [element('p', {}, link('narratives', '← Narratives')), element('h1', {}, n.label),
      element('p', {class: 'soft'}, `${plural(n.members.length, 'statement')} in ${plural(n.articles, 'article')}; ${plural(n.members.length - Math.max(0, copies - 1), 'independent telling')}, ${plural(Math.max(0, copies - 1), 'copy', 'copies')}; least score of any pair ${n.cohesion.toFixed(2)}`),
      element('h2', {}, 'When and where'), timeline(n.members.map(([i]) => [dayOf(words(i)), outletOf(words(i)), `articles/${data.statements[i].article}/${i}`, textOf(data.statements[i])])),
      said.length ? [element('h2', {}, 'Who says it'), bars(said)] : null,
      element('h2', {}, 'Side by side'), element('p', {class: 'small'}, element('mark', {class: 'same'}, 'shared with the statement that stands for it'), ' ', element('mark', {class: 'differs'}, 'differs')),
      element('ul', {class: 'rows columns'}, n.members.map(card)),
      n.differences.length ? [element('h2', {}, 'Where they disagree'), n.differing > n.differences.length ? element('p', {class: 'soft'}, `The first ${n.differences.length} of ${n.differing}; the table narratives has all.`) : null, element('table', {},
        element('thead', {}, element('tr', {}, ['what', 'one says', 'in', 'the other says', 'in'].map(h => element('th', {scope: 'col'}, h)))),
        element('tbody', {}, n.differences.map(d => element('tr', {}, element('td', {}, d.kind), element('td', {}, d.a_value || '–'), element('td', {}, link(`articles/${data.statements[d.a].article}/${d.a}`, outletOf(words(d.a)))),
          element('td', {}, d.b_value || '–'), element('td', {}, link(`articles/${data.statements[d.b].article}/${d.b}`, outletOf(words(d.b))))))))] : null];
  },
};
