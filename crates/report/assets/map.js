const hues = Array.from({length: 12}, (_, i) => `hsl(${(i * 137.5) % 360} 62% 52%)`);
const mapState = {by: 'theme', x: 0, y: 0, zoom: 1, query: ''};

/** How the map may be coloured: from a statement to a group's name, or null. */
const colourings = {
  theme: s => s.theme === null ? null : data.themes[topTheme(s.theme)].label,
  outlet: s => data.articles[s.article].source,
  time: s => dayOf(data.articles[s.article]),
};

views.map = {
  name: 'Map',
  show() {
    const canvas = element('canvas', {id: 'map', tabindex: '0', role: 'img', 'aria-label': `Map of ${data.statements.length} statements: those alike lie close. Arrow keys move, plus and minus zoom.`});
    const key = element('ul', {class: 'key'});
    const found = element('ul', {class: 'rows', id: 'found'});
    const count = element('span', {class: 'soft', id: 'map-count', role: 'status'});
    const pick = element('select', {'aria-label': 'Colour by', onchange: e => { mapState.by = e.target.value; redraw(); }},
      Object.keys(colourings).map(by => element('option', {value: by, selected: by === mapState.by}, 'colour by ' + by)));
    const search = element('input', {type: 'search', id: 'map-search', placeholder: 'Show statements with …', 'aria-label': 'Show statements with', value: mapState.query,
      oninput: e => { mapState.query = e.target.value; redraw(); }});
    const reset = element('button', {type: 'button', onclick: () => { Object.assign(mapState, {x: 0, y: 0, zoom: 1}); redraw(); }}, 'Whole map');
    const texts = data.statements.map(s => textOf(s).toLowerCase());
    let hits = [], spots = [];

    function redraw() {
      const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
      if (!width) return;
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      const pen = canvas.getContext('2d'), scale = Math.min(width, height) / 2.15 * mapState.zoom;
      pen.scale(ratio, ratio);
      const of = colourings[mapState.by], groups = tally(data.statements.map(of).filter(g => g !== null), g => g);
      if (mapState.by === 'time') groups.sort((a, b) => a[0].localeCompare(b[0]));
      const colour = new Map(groups.map(([group], i) => [group, mapState.by === 'time' ? `hsl(${220 - 200 * i / Math.max(1, groups.length - 1)} 70% 50%)` : i < hues.length ? hues[i] : null]));
      const query = mapState.query.trim().toLowerCase();
      hits = query ? texts.map((text, i) => text.includes(query) ? i : -1).filter(i => i >= 0) : [];
      const hit = new Set(hits), radius = Math.max(2, Math.min(7, 90 / Math.sqrt(data.statements.length))) * Math.min(2, Math.sqrt(mapState.zoom));
      spots = data.statements.map(s => [width / 2 + (s.x - mapState.x) * scale, height / 2 - (s.y - mapState.y) * scale]);
      const paint = (i, grey) => {
        pen.globalAlpha = grey ? 0.15 : 0.8;
        pen.fillStyle = colour.get(of(data.statements[i])) || '#8a8a8a';
        pen.beginPath();
        pen.arc(spots[i][0], spots[i][1], grey ? radius : radius + (query ? 1.5 : 0), 0, 7);
        pen.fill();
      };
      spots.forEach((_, i) => { if (!hit.has(i)) paint(i, query !== ''); });
      hits.forEach(i => paint(i, false));
      canvas.dataset.drawn = String(spots.length);
      count.textContent = query ? plural(hits.length, 'statement') + ' found' : plural(spots.length, 'statement');
      key.replaceChildren(...groups.slice(0, 12).map(([group, n]) => element('li', {}, element('i', {style: 'background:' + (colour.get(group) || '#8a8a8a')}), `${group} (${n})`)));
      found.replaceChildren(...hits.slice(0, 50).map(i => element('li', {}, statement(i))));
    }

    function nearest(event) {
      const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
      let best = -1, least = 14 * 14;
      spots.forEach(([a, b], i) => {
        const distance = (a - x) ** 2 + (b - y) ** 2;
        if (distance < least) { least = distance; best = i; }
      });
      return best;
    }
    function zoom(by) { mapState.zoom = Math.max(0.7, Math.min(60, mapState.zoom * by)); redraw(); }
    const unit = () => Math.min(canvas.clientWidth, canvas.clientHeight) / 2.15 * mapState.zoom;

    let drag = null, moved = 0;
    canvas.addEventListener('pointerdown', e => { drag = [e.clientX, e.clientY]; moved = 0; canvas.setPointerCapture(e.pointerId); });
    canvas.addEventListener('pointermove', e => {
      if (drag) {
        moved += Math.abs(e.clientX - drag[0]) + Math.abs(e.clientY - drag[1]);
        mapState.x -= (e.clientX - drag[0]) / unit();
        mapState.y += (e.clientY - drag[1]) / unit();
        drag = [e.clientX, e.clientY];
        redraw();
      }
      const at = nearest(e);
      tip.hidden = at < 0;
      if (at >= 0) {
        tip.replaceChildren(statement(at));
        tip.style.left = Math.max(4, Math.min(e.clientX + 14, innerWidth - tip.offsetWidth - 8)) + 'px';
        tip.style.top = Math.max(4, Math.min(e.clientY + 14, innerHeight - tip.offsetHeight - 8)) + 'px';
      }
    });
    canvas.addEventListener('pointerup', e => {
      const at = moved < 5 ? nearest(e) : -1;
      drag = null;
      if (at >= 0) location.hash = `#/articles/${data.statements[at].article}/${at}`;
    });
    canvas.addEventListener('pointerleave', () => { tip.hidden = true; });
    canvas.addEventListener('wheel', e => { e.preventDefault(); zoom(e.deltaY < 0 ? 1.2 : 1 / 1.2); }, {passive: false});
    canvas.addEventListener('keydown', e => {
      const step = 0.15 / mapState.zoom, move = {ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step]}[e.key];
      if (move) { mapState.x += move[0]; mapState.y += move[1]; redraw(); }
      else if (e.key === '+' || e.key === '=') zoom(1.3);
      else if (e.key === '-') zoom(1 / 1.3);
      else return;
      e.preventDefault();
    });
    new ResizeObserver(redraw).observe(canvas);
    return [element('h1', {}, 'Map of all statements'),
      element('div', {class: 'tools'}, pick, search, reset, count), canvas, key,
      element('p', {class: 'small soft'}, 'Statements alike lie close. The map is a picture: no theme and no narrative was decided from it.'), found];
  },
};
