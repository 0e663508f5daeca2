// Outlets, and who follows whom.
const counted = (raw.outletCounts || []).map(([outlet, articles, statements, reprints, first, alone, later, undecided]) => ({outlet: some(outlet), articles, statements, reprints, first, alone, later, undecided}));
const flows = (raw.flows || []).map(([from, to, narratives, reprints, delay]) => ({from: some(from), to: some(to), narratives, reprints, delay}));

/** Hours in words. */
const delayOf = hours => hours === null ? 'too few cases' : hours < 48 ? `${number(Math.round(hours))} h` : `${number(Math.round(hours / 24))} days`;

views.outlets = {
  name: counted.some(o => o.outlet !== null) ? 'Outlets' : null,
  show() {
    const name = at => at === null ? 'outlet not given' : own(outlets[at]);
    return [element('h1', {}, 'Who follows whom'),
      element('p', {class: 'lead'}, 'What one outlet had first and another later. Only dated, independent tellings count; a day without an hour is before no other hour of that day.'),
      section('Outlets', table({caption: 'Outlets', unseen: true, numeric: [1, 2, 3, 4, 5, 6, 7],
        head: ['outlet', 'articles', 'statements', 'reprints', 'narratives told first', 'alone', 'later', 'order not known'],
        rows: counted.map(o => [[swatch(outletColour(o.outlet)), name(o.outlet)], ...[o.articles, o.statements, o.reprints, o.first, o.alone, o.later, o.undecided].map(number)])})),
      section('From one outlet to another', flows.length
        ? paged(flows, f => [element('b', {}, name(f.from), ' → ', name(f.to)), element('p', {class: 'small soft'}, dotted(f.narratives ? plural(f.narratives, 'narrative') : null, f.reprints ? plural(f.reprints, 'reprint') : null, f.delay === null ? 'too few cases to tell who follows whom' : `median delay ${delayOf(f.delay)}`))], {size: 20, label: 'Flows'})
        : element('p', {class: 'soft'}, 'No two dated tellings of different outlets stand in order.'))];
  },
};
