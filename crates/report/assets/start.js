views.search = {
  show(query) {
    const words = decodeURIComponent(query || '').toLowerCase();
    const hits = data.statements.map((s, i) => textOf(s).toLowerCase().includes(words) ? i : -1).filter(i => i >= 0);
    return [element('h1', {}, `“${words}”`), element('p', {class: 'soft', id: 'hits'}, plural(hits.length, 'statement')),
      element('ul', {class: 'rows'}, hits.slice(0, 200).map(i => element('li', {}, statement(i))))];
  },
};

function show() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, '').split('/').filter(part => part !== '');
  if (location.hash === '#main') return;
  const view = views[name] || views.overview;
  tip.hidden = true;
  main.replaceChildren(...[view.show(...rest)].flat(Infinity).filter(Boolean));
  for (const a of document.querySelectorAll('nav a')) {
    if (a.dataset.view === name || (view === views.overview && a.dataset.view === 'overview')) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }
  const here = document.getElementById('here');
  if (here) here.scrollIntoView({block: 'center'});
  else scrollTo(0, 0);
}

document.getElementById('nav').replaceChildren(...Object.entries(views).filter(([, view]) => view.name).map(([name, view]) => {
  const a = link(name, view.name);
  a.dataset.view = name;
  return a;
}));
document.getElementById('search-form').addEventListener('submit', e => {
  e.preventDefault();
  location.hash = '#/search/' + encodeURIComponent(document.getElementById('search').value);
});
addEventListener('hashchange', () => { show(); main.focus({preventScroll: true}); });
show();
