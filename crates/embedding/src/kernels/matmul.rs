//! Matrix products: rows of activations by packed weights.
//!
//! Weights lie in panels of sixteen output channels: `[n / 16][k / g][16][g]`, where `g` values of one
//! channel stand together (1 for f32, 2 for bf16, 4 for int8). Panels are the outer loop and rows the
//! inner one, so a panel group stays in the first-level cache while the rows stream past it. Each output
//! is summed over `k` in order in one accumulator: tile sizes change the speed, never the result.

use std::marker::PhantomData;

use super::math;
use super::pairs::Pairs;
use super::quads::Quads;
use super::simd::{LANES, Simd, fetch_now, fetch_soon};

/// Rows at a time where fewer are left than a tile has.
const FEW: usize = 3;

/// What is done to each output once its sum is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// Nothing.
    None,
    /// GELU by the error function.
    Gelu,
    /// GELU to the precision of narrow arithmetic.
    GeluFast,
    /// GELU by tanh.
    GeluTanh,
    /// Rectified linear unit.
    Relu,
    /// Adds the output's former content: the residual connection.
    Add,
}

impl Finish {
    /// The same to no more precision than narrow arithmetic behind it can tell.
    pub fn narrow(self) -> Self {
        if self == Self::Gelu { Self::GeluFast } else { self }
    }
}

/// One product: `out[r][c] = finish(Σ a[r][i] · w[c][i] + bias[c])`.
#[derive(Clone, Copy)]
pub struct Product {
    /// Rows of activations.
    pub rows: usize,
    /// Length of a row of activations.
    pub k: usize,
    /// Output channels, a multiple of sixteen.
    pub n: usize,
    /// One value a channel.
    pub bias: *const f32,
    /// `rows` × `n`.
    pub out: *mut f32,
    /// What follows the sum.
    pub finish: Finish,
}

/// The activation of a completed sum.
#[inline(always)]
unsafe fn activated<S: Simd>(finish: Finish, sum: S::F) -> S::F {
    unsafe {
        match finish {
            Finish::None | Finish::Add => sum,
            Finish::Gelu => math::gelu::<S>(sum),
            Finish::GeluFast => math::gelu_fast::<S>(sum),
            Finish::GeluTanh => math::gelu_tanh::<S>(sum),
            Finish::Relu => math::relu::<S>(sum),
        }
    }
}

/// Stores a completed sum.
///
/// # Safety
///
/// As for [`Simd`]; `out` has room for sixteen values.
#[inline(always)]
pub unsafe fn finish<S: Simd>(finish: Finish, sum: S::F, out: *mut f32) {
    unsafe { put::<S>(finish, activated::<S>(finish, sum), out) }
}

/// Stores a value, with the former content added where that is asked.
#[inline(always)]
unsafe fn put<S: Simd>(finish: Finish, value: S::F, out: *mut f32) {
    unsafe {
        let value = if finish == Finish::Add { S::add(S::load(out), value) } else { value };
        S::store(out, value);
    }
}

/// One arithmetic's way to sum `R` rows by `P` panels of outputs and store them.
///
/// # Safety
///
/// As for [`Simd`]; the implementor's pointers must span the matrices that the [`Product`] describes.
pub unsafe trait Tiles {
    /// Bytes of a weight.
    const SIZE: usize;
    /// Packed weights.
    fn weights(&self) -> *const u8;
    /// Rows from `row` on by panels from `panel` on.
    unsafe fn tile<const R: usize, const P: usize>(
        &self,
        to: &Product,
        panel: usize,
        row: usize,
        ahead: Ahead,
    );
}

/// Bytes of a panel that one step takes, whatever the arithmetic: sixteen channels of four bytes.
const STEP: usize = 4 * LANES;

/// Steps of a panel that are fetched into the nearest cache before their use.
const NEAR: usize = 8;

/// Weights of the next panels, fetched into the second-level cache while these are in use, a little at each
/// step: each is then read from memory once for all rows, and nobody waits for it.
#[derive(Clone, Copy)]
pub struct Ahead {
    at: *const u8,
    /// Bytes a step.
    pace: usize,
}

impl Ahead {
    /// For a tile of `R` rows from `row` on, where `next` are the next `P` panels.
    #[inline(always)]
    fn new<const R: usize, const P: usize>(next: *const u8, to: &Product, row: usize, steps: usize) -> Self {
        let pace = (P * STEP * R).div_ceil(to.rows);
        Self { at: next.wrapping_add(P * STEP * steps * row / to.rows), pace }
    }

    /// Fetches the share of one step.
    #[inline(always)]
    fn fetch<const P: usize>(&mut self) {
        for part in 0..P {
            fetch_soon(self.at.wrapping_add(self.pace / P * part));
        }
        self.at = self.at.wrapping_add(self.pace);
    }
}

/// A whole product, `R` rows by `P` panels at a time.
///
/// # Safety
///
/// As for [`Tiles`].
#[inline(always)]
pub unsafe fn product<T: Tiles, const R: usize, const P: usize>(tiles: &T, to: &Product) {
    unsafe {
        let panels = to.n / LANES;
        let mut panel = 0;
        while panel + P <= panels {
            rows::<T, R, P>(tiles, to, panel);
            panel += P;
        }
        while panel < panels {
            rows::<T, R, 1>(tiles, to, panel);
            panel += 1;
        }
    }
}

#[inline(always)]
unsafe fn rows<T: Tiles, const R: usize, const P: usize>(tiles: &T, to: &Product, panel: usize) {
    unsafe {
        let bytes = T::SIZE * LANES * to.k;
        let next = tiles.weights().wrapping_add((panel + P) * bytes);
        let steps = bytes / STEP;
        let mut row = 0;
        while row + R <= to.rows {
            tiles.tile::<R, P>(to, panel, row, Ahead::new::<R, P>(next, to, row, steps));
            row += R;
        }
        while row + FEW <= to.rows {
            tiles.tile::<FEW, P>(to, panel, row, Ahead::new::<FEW, P>(next, to, row, steps));
            row += FEW;
        }
        while row < to.rows {
            tiles.tile::<1, P>(to, panel, row, Ahead::new::<1, P>(next, to, row, steps));
            row += 1;
        }
    }
}

/// Stores the completed sums of a tile. Activations follow in a loop of their own: the sums then leave their
/// registers in a straight line.
#[inline(always)]
unsafe fn store<S: Simd, const R: usize, const P: usize>(
    sums: &[[S::F; P]; R],
    to: &Product,
    panel: usize,
    row: usize,
) {
    unsafe {
        let out = to.out.add(row * to.n + panel * LANES);
        for (r, sums) in sums.iter().enumerate() {
            for (p, &sum) in sums.iter().enumerate() {
                put::<S>(to.finish, sum, out.add(r * to.n + p * LANES));
            }
        }
        // A row at a time, so that neighbours are computed side by side.
        macro_rules! activate {
            ($by:path) => {
                for r in 0..R {
                    let mut values = [S::splat(0.0); P];
                    for (p, value) in values.iter_mut().enumerate() {
                        *value = $by(S::load(out.add(r * to.n + p * LANES)));
                    }
                    for (p, value) in values.into_iter().enumerate() {
                        S::store(out.add(r * to.n + p * LANES), value);
                    }
                }
            };
        }
        match to.finish {
            Finish::None | Finish::Add => {}
            Finish::Gelu => activate!(math::gelu::<S>),
            Finish::GeluFast => activate!(math::gelu_fast::<S>),
            Finish::GeluTanh => activate!(math::gelu_tanh::<S>),
            Finish::Relu => activate!(math::relu::<S>),
        }
    }
}

/// Adds its bias to each sum of a tile.
#[inline(always)]
unsafe fn add_bias<S: Simd, const R: usize, const P: usize>(
    sums: &mut [[S::F; P]; R],
    to: &Product,
    panel: usize,
) {
    unsafe {
        for p in 0..P {
            let bias = S::load(to.bias.add((panel + p) * LANES));
            for sums in sums.iter_mut() {
                sums[p] = S::add(sums[p], bias);
            }
        }
    }
}

/// Both sides in f32: `a` is `rows` × `k`, `w` packed with `g` = 1.
#[derive(Clone, Copy)]
pub struct F32<S> {
    a: *const f32,
    w: *const f32,
    simd: PhantomData<S>,
}

impl<S> F32<S> {
    /// The two matrices.
    pub fn new(a: *const f32, w: *const f32) -> Self {
        Self { a, w, simd: PhantomData }
    }
}

// SAFETY: reads rows and panels of the tile alone.
unsafe impl<S: Simd> Tiles for F32<S> {
    const SIZE: usize = 4;

    fn weights(&self) -> *const u8 {
        self.w.cast()
    }

    #[inline(always)]
    unsafe fn tile<const R: usize, const P: usize>(
        &self,
        to: &Product,
        panel: usize,
        row: usize,
        mut ahead: Ahead,
    ) {
        unsafe {
            let w = self.w.add(panel * LANES * to.k);
            let a = self.a.add(row * to.k);
            let mut sums = [[S::splat(0.0); P]; R];
            for i in 0..to.k {
                let mut column = [S::splat(0.0); P];
                for (p, c) in column.iter_mut().enumerate() {
                    let at = w.add((p * to.k + i) * LANES);
                    fetch_now(at.cast::<u8>().wrapping_add(NEAR * STEP));
                    *c = S::load(at);
                }
                ahead.fetch::<P>();
                for (r, sums) in sums.iter_mut().enumerate() {
                    let x = S::splat(*a.add(r * to.k + i));
                    for (sum, c) in sums.iter_mut().zip(column) {
                        *sum = S::fma(x, c, *sum);
                    }
                }
            }
            add_bias::<S, R, P>(&mut sums, to, panel);
            store::<S, R, P>(&sums, to, panel, row);
        }
    }
}

/// Both sides in bf16: `a` is `rows` × `k`, `w` packed with `g` = 2. `k` is even.
///
/// A sum takes the second of each pair before the first, each product added with one rounding: the order
/// of the processors' own instruction, so that all who follow it give the same bytes.
#[derive(Clone, Copy)]
pub struct Bf16<S: Simd, D: Pairs<S>> {
    a: *const D::Kept,
    w: *const u16,
}

impl<S: Simd, D: Pairs<S>> Bf16<S, D> {
    /// The two matrices.
    pub fn new(a: *const D::Kept, w: *const u16) -> Self {
        Self { a, w }
    }
}

// SAFETY: reads rows and panels of the tile alone.
unsafe impl<S: Simd, D: Pairs<S>> Tiles for Bf16<S, D> {
    const SIZE: usize = 2;

    fn weights(&self) -> *const u8 {
        self.w.cast()
    }

    #[inline(always)]
    unsafe fn tile<const R: usize, const P: usize>(
        &self,
        to: &Product,
        panel: usize,
        row: usize,
        mut ahead: Ahead,
    ) {
        unsafe {
            let w = self.w.add(panel * LANES * to.k);
            let a = self.a.add(row * to.k);
            let mut sums = [[S::splat(0.0); P]; R];
            for i in (0..to.k).step_by(2) {
                let mut column = [D::weights(w.add(i * LANES)); P];
                for (p, c) in column.iter_mut().enumerate() {
                    let at = w.add((p * to.k + i) * LANES);
                    fetch_now(at.cast::<u8>().wrapping_add(NEAR * STEP));
                    *c = D::weights(at);
                }
                ahead.fetch::<P>();
                for (r, sums) in sums.iter_mut().enumerate() {
                    let x = D::activations(a.add(r * to.k + i));
                    for (sum, c) in sums.iter_mut().zip(column) {
                        *sum = D::dot(*sum, x, c);
                    }
                }
            }
            add_bias::<S, R, P>(&mut sums, to, panel);
            store::<S, R, P>(&sums, to, panel, row);
        }
    }
}

/// Activations as unsigned bytes: value = `scale[row]` · byte + `low[row]`.
#[derive(Clone, Copy)]
pub struct Bytes {
    /// `rows` × `k`.
    pub values: *const u8,
    /// One a row.
    pub scale: *const f32,
    /// One a row.
    pub low: *const f32,
    /// Scratch for kernels that widen bytes (`wide`).
    pub wide: *mut i16,
}

/// Weights as signed bytes: value = `scale[channel]` · byte.
#[derive(Clone, Copy)]
pub struct Panels {
    /// Packed with `g` = 4.
    pub values: *const i8,
    /// One a channel.
    pub scale: *const f32,
    /// Sum of each channel's weights, scale included.
    pub sums: *const f32,
}

/// Both sides in int8: exact integer sums, then one scaling in f32. `k` is a multiple of four.
#[derive(Clone, Copy)]
struct Int8<'a, S, D> {
    a: &'a Bytes,
    w: &'a Panels,
    simd: PhantomData<(S, D)>,
}

impl<'a, S, D> Int8<'a, S, D> {
    /// The two matrices.
    fn new(a: &'a Bytes, w: &'a Panels) -> Self {
        Self { a, w, simd: PhantomData }
    }
}

// SAFETY: reads rows and panels of the tile alone.
unsafe impl<S: Simd, D: Quads<S>> Tiles for Int8<'_, S, D> {
    const SIZE: usize = 1;

    fn weights(&self) -> *const u8 {
        self.w.values.cast()
    }

    #[inline(always)]
    unsafe fn tile<const R: usize, const P: usize>(
        &self,
        to: &Product,
        panel: usize,
        row: usize,
        mut ahead: Ahead,
    ) {
        unsafe {
            let weights = self.w.values.add(panel * LANES * to.k);
            let bytes = self.a.values.add(row * to.k);
            let mut sums = [[S::zero_i(); P]; R];
            for i in (0..to.k).step_by(4) {
                let mut column = [D::weights(weights.add(i * LANES)); P];
                for (p, c) in column.iter_mut().enumerate() {
                    let at = weights.add((p * to.k + i) * LANES);
                    fetch_now(at.cast::<u8>().wrapping_add(NEAR * STEP));
                    *c = D::weights(at);
                }
                ahead.fetch::<P>();
                for (r, sums) in sums.iter_mut().enumerate() {
                    let x = D::activations(bytes.add(r * to.k + i).cast::<u32>().read_unaligned());
                    for (sum, c) in sums.iter_mut().zip(column) {
                        *sum = D::dot(*sum, x, c);
                    }
                }
            }
            let mut values = [[S::splat(0.0); P]; R];
            for p in 0..P {
                let scales = Scales::<S>::load(self.w, to, (panel + p) * LANES);
                for r in 0..R {
                    values[r][p] = scales.apply(self.a, row + r, sums[r][p]);
                }
            }
            store::<S, R, P>(&values, to, panel, row);
        }
    }
}

/// A whole product in int8, `R` rows by `P` panels at a time.
///
/// # Safety
///
/// As for [`Tiles`].
#[inline(always)]
pub unsafe fn int8<S: Simd, D: Quads<S>, const R: usize, const P: usize>(
    a: &Bytes,
    w: &Panels,
    to: &Product,
) {
    unsafe { product::<_, R, P>(&Int8::<S, D>::new(a, w), to) }
}

/// What turns sixteen channels' integer sums into values.
#[derive(Clone, Copy)]
pub struct Scales<S: Simd> {
    scale: S::F,
    sums: S::F,
    bias: S::F,
}

impl<S: Simd> Scales<S> {
    /// Those of the channels from `channel` on.
    ///
    /// # Safety
    ///
    /// As for [`Int8`].
    #[inline(always)]
    pub unsafe fn load(w: &Panels, to: &Product, channel: usize) -> Self {
        unsafe {
            Self {
                scale: S::load(w.scale.add(channel)),
                sums: S::load(w.sums.add(channel)),
                bias: S::load(to.bias.add(channel)),
            }
        }
    }

    /// The values of one row: Σ (scale_a · byte + low) · weight + bias.
    ///
    /// # Safety
    ///
    /// As for [`Int8`].
    #[inline(always)]
    pub unsafe fn apply(&self, a: &Bytes, row: usize, sum: S::I) -> S::F {
        unsafe {
            let offset = S::fma(S::splat(*a.low.add(row)), self.sums, self.bias);
            S::fma(S::mul(S::to_f32(sum), self.scale), S::splat(*a.scale.add(row)), offset)
        }
    }
}
