// The map of all statements. What one looks at outlasts a change of view.
const mapState = {by: 'theme', x: 0, y: 0, zoom: 1, query: '', mode: 'move', picked: [], why: '', only: null, at: null};

/** What a route may light up on the map: map/theme/3, map/narrative/0, map/article/2, map/story/1. */
const lightable = {
  theme: at => themes[at] && [themes[at].statements, ['the theme “', own(themes[at].label), '”']],
  narrative: at => narratives[at] && [narratives[at].members.map(m => m.at), ['the narrative “', own(narratives[at].label), '”']],
  article: at => articles[at] && [articles[at].statements, ['“', own(titleOf(articles[at])), '”']],
  story: at => stories[at] && [stories[at].articles.flatMap(a => articles[a].statements), ['the story “', own(titleOf(articles[stories[at].articles[0]])), '”']],
};

views.map = {
  name: 'Map',
  show(what, which) {
    if (!statements.length) return [element('h1', {}, 'Map of all statements'), element('p', {}, 'There is no statement to draw.')];
    const lightened = lightable[what] && lightable[what](which);
    if (lightened) Object.assign(mapState, {picked: lightened[0], why: lightened[1], query: '', only: null, at: null});
    const canvas = element('canvas', {id: 'map', tabindex: '0', role: 'application', 'aria-roledescription': 'map', 'aria-label': `Map of ${number(statements.length)} statements`, 'aria-describedby': 'map-help'});
    const over = element('canvas', {id: 'map-over', 'aria-hidden': 'true'});
    const key = element('ul', {class: 'legend', id: 'legend', 'aria-label': 'Colours'});
    const panel = element('div', {id: 'found'});
    const count = element('p', {id: 'map-count', role: 'status'});
    let places = null, colouring = colouringBy(mapState.by), waiting = false, shape = null, hovered = null;

    const lit = () => mapState.query.trim() ? found(mapState.query) : mapState.picked.length ? mapState.picked : mapState.only !== null ? statements.flatMap(s => colouring.of(s) === mapState.only ? [s.at] : []) : null;
    function redraw() { if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; draw(); }); } }
    function draw() {
      if (!canvas.clientWidth) return;
      places = project(mapState, canvas.clientWidth, canvas.clientHeight);
      const list = lit();
      canvas.dataset.drawn = paint(penOn(canvas), places, colouring, {lit: list && new Set(list), zoom: mapState.zoom, labels: mapState.by === 'theme'});
      drawOver();
    }
    function drawOver() {
      const pen = penOn(over);
      pen.strokeStyle = style('--accent');
      pen.lineWidth = 2;
      if (shape && shape.length > 1) {
        pen.beginPath();
        shape.forEach(([x, y], i) => i ? pen.lineTo(x, y) : pen.moveTo(x, y));
        pen.closePath();
        pen.setLineDash([5, 4]);
        pen.stroke();
        pen.setLineDash([]);
      }
      for (const at of new Set([hovered, mapState.at])) {
        if (at === null) continue;
        pen.beginPath();
        pen.arc(places.xs[at], places.ys[at], 8, 0, 6.2832);
        pen.stroke();
      }
    }
    /** The list beside the map: the statement looked at, and what was found or chosen. */
    function tell() {
      const list = lit(), asked = mapState.query.trim();
      count.replaceChildren(...fill(element('span'), {}, [list === null ? `${plural(statements.length, 'statement')} on the map.` : asked ? `${plural(list.length, 'statement')} found with “${asked}”.`
        : mapState.picked.length ? [`${plural(list.length, 'statement')} of `, mapState.why, '.'] : `${plural(list.length, 'statement')} of this colour.`]).childNodes);
      panel.replaceChildren(...[
        mapState.at === null ? null : element('div', {class: 'now'}, described(mapState.at)),
        list === null && mapState.at === null ? element('p', {class: 'soft hint'}, 'Point at a statement to read it, press to keep it here. Select some by dragging with Shift, by a colour of the legend, or by their words.') : null,
        list === null ? null : element('div', {class: 'tools'}, element('button', {type: 'button', onclick: () => saveStatements('statements.csv', list), disabled: !list.length}, 'Save as CSV'), element('button', {type: 'button', onclick: clear}, 'Clear')),
        list === null ? null : paged(list, at => described(at), {size: 20, label: 'Statements'}),
      ].flat().filter(Boolean));
    }
    function clear() { Object.assign(mapState, {query: '', picked: [], only: null, at: null}); search.querySelector('input').value = ''; update(); canvas.focus(); }
    function update() { legend(); tell(); redraw(); }
    function choose(list, why) { Object.assign(mapState, {picked: list, why, query: '', only: null}); search.querySelector('input').value = ''; update(); say(`${plural(list.length, 'statement')} selected`); }
    function look(at) {
      mapState.at = at;
      tell();
      if (places) drawOver();
      if (at !== null) say([textOf(at), speakerOf(at), outletOf(articleOf(at)), titleOf(articleOf(at))].filter(Boolean).join('. '));
    }
    function legend() {
      const counts = new Map(tally(statements, s => colouring.of(s) ?? null)), groups = colouring.groups, named = mapState.by === 'time' ? groups : groups.filter(([, , colour]) => colour !== '--c-none');
      const others = statements.length - named.reduce((sum, [group]) => sum + (counts.get(group) || 0), 0);
      key.replaceChildren(...named.map(([group, name, colour]) => element('li', {}, element('button', {type: 'button', class: 'chip', 'aria-pressed': String(mapState.only === group), onclick: () => {
        Object.assign(mapState, {only: mapState.only === group ? null : group, picked: [], query: '', at: null});
        search.querySelector('input').value = '';
        update();
      }}, swatch(colour), own(name), soft(' ', number(counts.get(group) || 0))))),
      ...(others ? [element('li', {class: 'chip'}, swatch('--c-none'), mapState.by === 'theme' ? 'other themes or none' : mapState.by === 'outlet' ? 'other outlets or none' : 'no date', soft(' ', number(others)))] : []));
    }
    const zoomTo = (by, x, y) => {
      const before = mapState.zoom, unit = Math.min(canvas.clientWidth, canvas.clientHeight) / 2.1;
      mapState.zoom = Math.max(0.7, Math.min(80, before * by));
      if (x !== undefined) {
        const dx = (x - canvas.clientWidth / 2) / unit, dy = (y - canvas.clientHeight / 2) / unit;
        mapState.x += dx / before - dx / mapState.zoom;
        mapState.y -= dy / before - dy / mapState.zoom;
      }
      redraw();
    };
    const whole = () => { Object.assign(mapState, {x: 0, y: 0, zoom: 1}); redraw(); };
    const pan = (dx, dy) => { mapState.x -= dx / places.scale; mapState.y += dy / places.scale; redraw(); };
    const hover = (event, at) => {
      hovered = at;
      drawOver();
      tip.hidden = at === null;
      if (at === null) return;
      tip.replaceChildren(statement(at));
      tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)) + 'px';
      tip.style.top = Math.max(4, event.clientY + tip.offsetHeight + 20 < innerHeight ? event.clientY + 14 : event.clientY - tip.offsetHeight - 10) + 'px';
    };

    const search = field('Show statements with', mapState.query, value => { Object.assign(mapState, {query: value, picked: [], only: null, at: null}); update(); }, 'map-search');
    const button = (name, title, click) => element('button', {type: 'button', 'aria-label': title, title, onclick: click}, name);
    follow(canvas, {places: () => places, zoomTo, pan, hover, look, choose, shape: points => { shape = points; drawOver(); }});
    canvas.addEventListener('keydown', event => {
      const direction = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
      if (direction && event.shiftKey) pan(-60 * direction[0], -60 * direction[1]);
      else if (direction) {
        const {xs, ys, width, height} = places;
        const next = mapState.at === null ? nearestTo(places, width / 2, height / 2, Infinity) : nextTowards(places, mapState.at, direction);
        if (xs[next] < 0 || ys[next] < 0 || xs[next] > width || ys[next] > height) Object.assign(mapState, {x: statements[next].x, y: statements[next].y});
        look(next);
        redraw();
      } else if (event.key === '+' || event.key === '=') zoomTo(1.4);
      else if (event.key === '-') zoomTo(1 / 1.4);
      else if (event.key === '0') whole();
      else if (event.key === 'Enter' && mapState.at !== null) location.hash = '#/' + routeOf(mapState.at);
      else if (event.key === 'Escape') clear();
      else return;
      event.preventDefault();
    });
    new ResizeObserver(redraw).observe(canvas);
    repaint = redraw;
    legend();
    tell();
    return [element('h1', {}, 'Map of all statements'),
      element('div', {class: 'tools'},
        choice('Colour by', Object.keys(colourings).map(by => [by, by]), mapState.by, by => { Object.assign(mapState, {by, only: null}); colouring = colouringBy(by); update(); }),
        choice('Dragging', [['move', 'moves the map'], ['rectangle', 'selects a rectangle'], ['lasso', 'selects with a lasso']], mapState.mode, mode => { mapState.mode = mode; }),
        search, element('button', {type: 'button', onclick: () => choose(inView(places), 'the part in view')}, 'Select what is in view')),
      element('div', {class: 'mapped'},
        element('div', {}, element('div', {class: 'frame'}, canvas, over, element('div', {class: 'zoom'}, button('+', 'Zoom in', () => zoomTo(1.5)), button('−', 'Zoom out', () => zoomTo(1 / 1.5)), button('⤢', 'Whole map', whole))), key,
          element('p', {class: 'small soft', id: 'map-help'}, 'Statements alike lie close; nothing was decided from this picture. Wheel or pinch zooms, Shift and dragging selects. With the keyboard: arrows go from statement to statement, Shift and arrows move the map, + and − zoom, 0 shows all, Enter opens the article, Escape clears.')),
        element('section', {class: 'beside', 'aria-label': 'Statements'}, count, panel))];
  },
};

/** Pointers on the map: one moves it or draws a shape, two pinch, none hovers. */
function follow(canvas, to) {
  const down = new Map();
  let moved = 0, drawn = null, apart = 0;
  const at = event => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  const two = () => { const [a, b] = [...down.values()]; return [Math.hypot(a[0] - b[0], a[1] - b[1]), (a[0] + b[0]) / 2, (a[1] + b[1]) / 2]; };
  canvas.addEventListener('pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at(event));
    if (down.size === 1) { moved = 0; drawn = event.shiftKey || mapState.mode !== 'move' ? [at(event)] : null; }
    if (down.size === 2) { apart = two()[0]; drawn = null; to.shape(null); moved = 99; }
  });
  canvas.addEventListener('pointermove', event => {
    const before = down.get(event.pointerId), now = at(event);
    if (!before) return event.pointerType === 'touch' ? undefined : to.hover(event, nearestTo(to.places(), now[0], now[1]));
    down.set(event.pointerId, now);
    moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (down.size === 2) {
      const [distance, x, y] = two();
      to.zoomTo(distance / Math.max(1, apart), x, y);
      apart = distance;
    } else if (drawn) {
      if (mapState.mode === 'lasso') drawn.push(now);
      else drawn = [drawn[0], [now[0], drawn[0][1]], now, [drawn[0][0], now[1]]];
      to.shape(drawn);
    } else to.pan(now[0] - before[0], now[1] - before[1]);
    to.hover(event, null);
  });
  const up = event => {
    const now = at(event), was = down.delete(event.pointerId);
    if (!was || down.size) return;
    if (moved < 6) {
      const finger = event.pointerType === 'touch', hit = nearestTo(to.places(), now[0], now[1], finger ? 24 : 14);
      to.look(hit);
      if (finger) to.hover(event, hit);
    } else if (drawn && drawn.length > 2) to.choose(enclosed(to.places(), drawn), 'the part drawn around');
    drawn = null;
    to.shape(null);
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', event => { down.delete(event.pointerId); drawn = null; to.shape(null); });
  canvas.addEventListener('pointerleave', event => { if (event.pointerType !== 'touch') to.hover(event, null); });
  canvas.addEventListener('wheel', event => { event.preventDefault(); to.zoomTo(Math.exp(-event.deltaY / 400), ...at(event)); }, {passive: false});
}
