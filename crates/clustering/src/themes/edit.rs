//! What a reader changes of the themes that were found: names, joins, divisions, themes of their own.

use ndarray::{Array2, ArrayView2};

use super::centroids::{add, all, dot, group_centroids, normalise, row};
use super::level::{Level, children, describe};
use super::membership::{fits, nearness};
use super::types::{RowTheme, ThemeInput, Themes};

/// A theme that a reader describes by what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchored {
    /// Its name.
    pub label: String,
    /// Unit vectors of texts that belong to it, texts × dimensions; one at least.
    pub anchors: Array2<f32>,
}

/// A change of the themes that were found. Themes are top-level nodes of them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Edit {
    /// Another name.
    Rename {
        /// The theme.
        theme: u32,
        /// Its name.
        label: String,
    },
    /// Several themes become one, and stand below it.
    Merge {
        /// The themes.
        themes: Vec<u32>,
        /// Its name; none: as its texts give it.
        label: Option<String>,
    },
    /// One theme becomes several: each of its rows goes to the part that it is nearest to. Without parts, its
    /// finer themes take its place.
    Split {
        /// The theme.
        theme: u32,
        /// The parts.
        parts: Vec<Anchored>,
    },
    /// A theme that must be there: the one that its anchors lie in the middle of, or else a new one of the
    /// rows that are nearer to it than to the theme they have.
    Pin(Anchored),
}

/// Themes after the changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The themes, described anew.
    pub themes: Themes,
    /// Nodes that were given a name, with the name.
    pub named: Vec<(u32, String)>,
    /// For each change, whether there was anything to change.
    pub applied: Vec<bool>,
}

/// The place of every row while changes are made.
struct Places {
    /// Theme that each row has, or is nearest to.
    theme: Vec<u32>,
    /// Finer theme.
    fine: Vec<Option<u32>>,
    /// Rows that were moved by their own vectors.
    moved: Vec<bool>,
    /// Number of the next new theme.
    next: u32,
}

impl Places {
    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    fn rows_of(&self, theme: u32) -> Vec<u32> {
        (0..self.theme.len() as u32).filter(|&row| self.theme[row as usize] == theme).collect()
    }
}

/// Makes `edits`, in their order, of `found`, which [`themes`](super::themes) gave for `input`.
pub fn edit(input: &ThemeInput, found: Themes, edits: &[Edit]) -> Edited {
    let vectors = input.vectors.to_owned();
    let mut places = Places {
        theme: found.rows.iter().map(|row| row.nearest.unwrap_or(0)).collect(),
        fine: found.rows.iter().map(|row| row.path.get(1).copied()).collect(),
        moved: vec![false; found.rows.len()],
        next: found.nodes.len() as u32,
    };
    let mut names: Vec<(u32, String)> = Vec::new();
    let mut applied = Vec::with_capacity(edits.len());
    for edit in edits {
        applied.push(match edit {
            Edit::Rename { theme, label } => {
                names.push((*theme, label.clone()));
                places.theme.contains(theme)
            }
            Edit::Merge { themes, label } => merge(&mut places, &mut names, themes, label.as_ref()),
            Edit::Split { theme, parts } if parts.is_empty() => divide(&mut places, &vectors, *theme),
            Edit::Split { theme, parts } => split(&mut places, &mut names, &vectors, *theme, parts),
            Edit::Pin(pin) => pin_down(&mut places, &mut names, &vectors, pin),
        });
    }
    let (themes, named) = rebuild(input, found, &vectors, &places, &names);
    Edited { themes, named, applied }
}

fn merge(
    places: &mut Places,
    names: &mut Vec<(u32, String)>,
    themes: &[u32],
    label: Option<&String>,
) -> bool {
    let present = themes.iter().filter(|theme| places.theme.contains(theme)).count();
    if present < 2 {
        return false;
    }
    let new = places.fresh();
    for (theme, fine) in places.theme.iter_mut().zip(&mut places.fine) {
        if themes.contains(theme) {
            *fine = Some(*theme);
            *theme = new;
        }
    }
    names.extend(label.map(|label| (new, label.clone())));
    true
}

/// The finer themes of `theme` take its place.
fn divide(places: &mut Places, vectors: &Array2<f32>, theme: u32) -> bool {
    let rows = places.rows_of(theme);
    let mut parts: Vec<u32> = rows.iter().filter_map(|&row| places.fine[row as usize]).collect();
    parts.sort_unstable();
    parts.dedup();
    if parts.len() < 2 {
        return false;
    }
    let mut centroids = Array2::zeros((parts.len(), vectors.ncols()));
    for &row in &rows {
        if let Some(at) = places.fine[row as usize].and_then(|fine| parts.binary_search(&fine).ok()) {
            add_row(&mut centroids, at, vectors, row);
        }
    }
    unit(&mut centroids);
    for row in rows {
        let at = row as usize;
        places.theme[at] = places.fine[at].unwrap_or_else(|| parts[nearest(vectors, row, &centroids)]);
        places.fine[at] = None;
    }
    true
}

fn split(
    places: &mut Places,
    names: &mut Vec<(u32, String)>,
    vectors: &Array2<f32>,
    theme: u32,
    parts: &[Anchored],
) -> bool {
    let rows = places.rows_of(theme);
    if rows.is_empty() {
        return false;
    }
    let mut centroids = Array2::zeros((parts.len(), vectors.ncols()));
    for (at, part) in parts.iter().enumerate() {
        centroids.row_mut(at).assign(&ndarray::ArrayView1::from(&middle(part.anchors.view())));
    }
    // Once more around what came to each part, since a few anchors seldom lie in its middle.
    let mut again = centroids.clone();
    for &row in &rows {
        add_row(&mut again, nearest(vectors, row, &centroids), vectors, row);
    }
    unit(&mut again);
    let keys: Vec<u32> = parts.iter().map(|_| places.fresh()).collect();
    for row in rows {
        let at = row as usize;
        places.theme[at] = keys[nearest(vectors, row, &again)];
        places.fine[at] = None;
        places.moved[at] = true;
    }
    names.extend(keys.into_iter().zip(parts).map(|(key, part)| (key, part.label.clone())));
    true
}

fn pin_down(
    places: &mut Places,
    names: &mut Vec<(u32, String)>,
    vectors: &Array2<f32>,
    pin: &Anchored,
) -> bool {
    let mut keys = places.theme.clone();
    keys.sort_unstable();
    keys.dedup();
    let of_row: Vec<u32> =
        places.theme.iter().map(|theme| keys.partition_point(|key| key < theme) as u32).collect();
    let rows = all(of_row.len());
    let centroids = group_centroids(vectors, &vec![1.0; of_row.len()], &rows, &of_row, keys.len());
    let own: Vec<f32> = of_row
        .iter()
        .enumerate()
        .map(|(i, &head)| dot(row(vectors, i), row(&centroids, head as usize)))
        .collect();
    let mut cohesion = vec![(0f32, 0f32); keys.len()];
    for (&head, &cosine) in of_row.iter().zip(&own) {
        cohesion[head as usize].0 += cosine;
        cohesion[head as usize].1 += 1.0;
    }
    let cohesion: Vec<f32> = cohesion.into_iter().map(|(sum, count)| sum / count.max(1.0)).collect();
    let centre = middle(pin.anchors.view());
    let at_home = (0..keys.len())
        .map(|head| (dot(&centre, row(&centroids, head)), head))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let taken = |key: u32| names.iter().any(|(named, _)| *named == key);
    if let Some((cosine, head)) = at_home
        && cosine >= cohesion[head]
        && !taken(keys[head])
    {
        names.push((keys[head], pin.label.clone()));
        return true;
    }
    // Once more around the rows that lie as near to the anchors as rows of their themes lie to theirs.
    let mut around = centre.clone();
    for (i, &head) in of_row.iter().enumerate() {
        if dot(&centre, row(vectors, i)) >= cohesion[head as usize] {
            add(&mut around, 1.0, row(vectors, i));
        }
    }
    normalise(&mut around);
    let nearer: Vec<usize> = (0..of_row.len()).filter(|&i| dot(&around, row(vectors, i)) > own[i]).collect();
    if nearer.is_empty() {
        return false;
    }
    let new = places.fresh();
    for i in nearer {
        places.theme[i] = new;
        places.fine[i] = None;
        places.moved[i] = true;
    }
    names.push((new, pin.label.clone()));
    true
}

/// The mean direction.
fn middle(anchors: ArrayView2<f32>) -> Vec<f32> {
    let mut sum = vec![0.0; anchors.ncols()];
    for anchor in anchors.rows() {
        super::centroids::add_scaled(&mut sum, 1.0, anchor);
    }
    normalise(&mut sum);
    sum
}

fn add_row(centroids: &mut Array2<f32>, at: usize, vectors: &Array2<f32>, from: u32) {
    if let Some(head) = centroids.row_mut(at).as_slice_mut() {
        add(head, 1.0, row(vectors, from as usize));
    }
}

fn unit(centroids: &mut Array2<f32>) {
    for mut head in centroids.rows_mut() {
        if let Some(head) = head.as_slice_mut() {
            normalise(head);
        }
    }
}

fn nearest(vectors: &Array2<f32>, of: u32, centroids: &Array2<f32>) -> usize {
    let cosines =
        (0..centroids.nrows()).map(|head| (dot(row(vectors, of as usize), row(centroids, head)), head));
    cosines.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map_or(0, |best| best.1)
}

fn rebuild(
    input: &ThemeInput,
    found: Themes,
    vectors: &Array2<f32>,
    places: &Places,
    names: &[(u32, String)],
) -> (Themes, Vec<(u32, String)>) {
    let rows = places.theme.len();
    let mut keys = places.theme.clone();
    keys.sort_unstable();
    keys.dedup();
    let mut size = vec![(0usize, usize::MAX); keys.len()];
    let of_row: Vec<u32> =
        places.theme.iter().map(|theme| keys.partition_point(|key| key < theme) as u32).collect();
    for (row, &at) in of_row.iter().enumerate() {
        let (count, first) = &mut size[at as usize];
        *count += 1;
        *first = (*first).min(row);
    }
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(size[at].0), size[at].1));
    let mut number = vec![0u32; keys.len()];
    for (new, &at) in order.iter().enumerate() {
        number[at] = new as u32;
    }
    let strength: Vec<f32> = if places.moved.contains(&true) {
        let centroids = group_centroids(vectors, &vec![1.0; rows], &all(rows), &of_row, keys.len());
        let near = nearness(vectors, &of_row, &centroids);
        let fits = fits(&near, &of_row, keys.len(), &vec![false; rows]);
        fits.into_iter().map(|fit| fit.strength).collect()
    } else {
        Vec::new()
    };
    let mut rebuilt: Vec<RowTheme> = Vec::with_capacity(rows);
    let mut members = vec![Vec::new(); keys.len()];
    for (row, old) in found.rows.into_iter().enumerate() {
        let nearest = number[of_row[row] as usize];
        // Where a reader says what belongs together, no bar keeps a row out.
        let placed = old.theme.is_some() || places.moved[row];
        if placed {
            members[nearest as usize].push(row as u32);
        }
        rebuilt.push(RowTheme {
            theme: placed.then_some(nearest),
            nearest: Some(nearest),
            strength: if places.moved[row] { strength[row] } else { old.strength },
            path: if placed { vec![nearest] } else { Vec::new() },
            reason: if placed { None } else { old.reason },
        });
    }
    let stability = |key: u32| found.nodes.get(key as usize).and_then(|node| node.stability);
    let top = Level {
        members,
        parent: vec![None; keys.len()],
        stability: order.iter().map(|&at| stability(keys[at])).collect(),
    };
    let mut levels = vec![top];
    let below = children(&levels, |row| places.fine[row as usize], stability, &mut rebuilt);
    levels.push(below);
    let nodes = describe(input, levels);
    let named = names.iter().filter_map(|(key, name)| {
        let at = keys.binary_search(key).ok()?;
        Some((number[at], name.clone()))
    });
    let named = named.collect();
    (Themes { nodes, rows: rebuilt, missing: found.missing }, named)
}
