// The way from an address to a view.
let repaint = null;

function show() {
  if (location.hash === '#main') { main.focus(); return; }
  let parts;
  try { parts = decodeURIComponent(location.hash).replace(/^#\/?/, '').split('/'); } catch { parts = []; }
  const [name, ...rest] = parts;
  const key = Object.hasOwn(views, name) ? name : 'overview', view = views[key];
  tip.hidden = true;
  repaint = null;
  main.replaceChildren(...[view.show(...(key === 'search' ? [rest.join('/')] : rest))].flat(Infinity).filter(Boolean));
  for (const a of document.querySelectorAll('#nav a')) {
    if (a.dataset.view === key) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }
  document.title = (view.name || 'Search') + ' · Throughline report';
  const here = document.getElementById('here');
  if (here) here.scrollIntoView({block: 'center'});
  else scrollTo(0, 0);
}

document.getElementById('nav').replaceChildren(...Object.entries(views).filter(([, view]) => view.name).map(([name, view]) => {
  const a = link(name, view.name);
  a.dataset.view = name;
  return a;
}));
document.getElementById('footer').replaceChildren(...dotted(meta.program, `model ${meta.model} (${meta.kernels})`, `seed ${meta.seed}`, plural(meta.files, 'input file'), 'all numbers from the run’s tables').map(part => document.createTextNode(part)));
document.getElementById('search-form').addEventListener('submit', event => {
  event.preventDefault();
  location.hash = '#/search/' + encodeURIComponent(document.getElementById('search').value);
});
addEventListener('hashchange', () => { show(); main.focus({preventScroll: true}); });
addEventListener('keydown', event => {
  if (event.key === 'Escape') tip.hidden = true;
  if (event.key === '/' && !event.target.closest('input, select, textarea')) { event.preventDefault(); document.getElementById('search').focus(); }
});
// Canvases have no style sheet: they are painted again when the colours change, for the dark and for paper.
for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', () => { if (repaint) repaint(); });
// What is folded away on the screen is read on paper.
let opened = [];
addEventListener('beforeprint', () => { opened = [...main.querySelectorAll('details:not([open])')]; for (const one of opened) one.open = true; });
addEventListener('afterprint', () => { for (const one of opened) one.open = false; });
show();
