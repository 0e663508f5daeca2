// The picture of the map: which colour a statement has, where it lies on the canvas, and the painting.

const TIMES = 8;

/** How the map may be coloured: each way gives the groups [key, label, colour], and the group of a statement. */
const colourings = {
  theme: () => ({groups: topThemes.map(theme => [theme.at, theme.label, themeColour(theme.at)]), of: s => s.top}),
  outlet: () => ({groups: tally(statements.filter(s => articles[s.article].outlet !== null), s => articles[s.article].outlet).map(([at]) => [at, outlets[at], outletColour(at)]), of: s => articles[s.article].outlet}),
  time: () => {
    const {names, of} = allPeriods, size = Math.max(1, Math.ceil(names.length / TIMES)), place = new Map(names.map((name, i) => [name, Math.floor(i / size)]));
    const bins = Array.from({length: Math.ceil(names.length / size)}, (_, i) => names.slice(i * size, (i + 1) * size));
    const shade = i => '--t' + (bins.length > 1 ? Math.round(i / (bins.length - 1) * (TIMES - 1)) : 0);
    return {groups: bins.map((bin, i) => [i, bin.length > 1 ? `${bin[0]} to ${bin.at(-1)}` : bin[0], shade(i)]), of: s => articles[s.article].day ? place.get(of(articles[s.article].day)) : null};
  },
};

/** Places on a canvas of this size: `view` has the centre and the zoom. */
function project(view, width, height) {
  const scale = Math.min(width, height) / 2.1 * view.zoom;
  const xs = new Float32Array(statements.length), ys = new Float32Array(statements.length);
  statements.forEach((s, i) => { xs[i] = width / 2 + (s.x - view.x) * scale; ys[i] = height / 2 - (s.y - view.y) * scale; });
  return {xs, ys, scale, width, height, view};
}

/** A pen on a canvas as large as it is shown, at the screen's own resolution. */
function penOn(canvas) {
  const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

/** Paints all statements, those of `lit` last and large, the others faint where something is lit. Gives how many are in view. */
function paint(pen, places, colouring, {lit = null, zoom = 1, labels = true} = {}) {
  const {xs, ys, width, height} = places, grey = colouring.names.indexOf('--c-none');
  const radius = Math.max(1.6, Math.min(6, 80 / Math.sqrt(statements.length || 1))) * Math.min(2.4, Math.sqrt(zoom));
  const faint = colouring.names.map(() => []), bright = colouring.names.map(() => []);
  let seen = 0;
  for (let i = 0; i < xs.length; i++) {
    if (xs[i] < -9 || ys[i] < -9 || xs[i] > width + 9 || ys[i] > height + 9) continue;
    seen++;
    (lit && lit.has(i) ? bright : faint)[colouring.shade[i]].push(i);
  }
  const layer = (list, shade, size, alpha) => {
    if (!list.length) return;
    pen.globalAlpha = alpha;
    pen.fillStyle = style(colouring.names[shade]);
    pen.beginPath();
    for (const i of list) { pen.moveTo(xs[i] + size, ys[i]); pen.arc(xs[i], ys[i], size, 0, 6.2832); }
    pen.fill();
  };
  layer(faint[grey], grey, radius, lit ? 0.16 : 0.45);
  faint.forEach((list, shade) => { if (shade !== grey) layer(list, shade, radius, lit ? 0.16 : 0.75); });
  bright.forEach((list, shade) => layer(list, shade, radius + 1.5, 0.95));
  pen.globalAlpha = 1;
  if (labels) label(pen, places, zoom);
  return seen;
}

/** Where most of a theme's statements lie: the median along both axes. */
function middleOf(theme) {
  const middle = axis => theme.statements.map(i => statements[i][axis]).sort((a, b) => a - b)[theme.statements.length >> 1];
  theme.middle = theme.middle || [middle('x'), middle('y')];
  return theme.middle;
}

/** Labels of themes where their statements lie: the top ones, and their parts when one looks closer. */
function label(pen, {scale, width, height, view}, zoom) {
  const boxes = [];
  pen.font = '600 13px ' + style('--sans');
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 4;
  const [halo, ink] = [style('--panel'), style('--ink')];
  const below = zoom > 2 ? themes.filter(theme => theme.parent !== null).sort((a, b) => b.size - a.size) : [];
  for (const theme of [...topThemes, ...below]) {
    if (!theme.statements.length) continue;
    const [dx, dy] = middleOf(theme), wide = pen.measureText(theme.label).width / 2 + 4;
    let x = width / 2 + (dx - view.x) * scale, y = height / 2 - (dy - view.y) * scale;
    if (x < 0 || y < 0 || x > width || y > height) continue;
    x = Math.max(wide, Math.min(width - wide, x));
    y = Math.max(10, Math.min(height - 10, y));
    if (boxes.some(box => Math.abs(box.x - x) < box.wide + wide && Math.abs(box.y - y) < 18)) continue;
    boxes.push({x, y, wide});
    pen.strokeStyle = halo;
    pen.strokeText(theme.label, x, y);
    pen.fillStyle = ink;
    pen.fillText(theme.label, x, y);
  }
}

/** A colouring ready to paint with: the colours' names, and which of them each statement has. */
function colouringBy(by) {
  const made = colourings[by](), colours = new Map(made.groups.map(([key, , colour]) => [key, colour]));
  const names = [...new Set([...colours.values(), '--c-none'])], none = names.indexOf('--c-none');
  const place = new Map(made.groups.map(([key, , colour]) => [key, names.indexOf(colour)]));
  return {...made, names, shade: statements.map(s => { const key = made.of(s); return place.has(key) ? place.get(key) : none; })};
}
