//! Scaled dot-product attention within one sentence (Vaswani et al., 2017).

use super::math;
use super::simd::{LANES, Simd};

/// One sentence's queries, keys and values, and where its context goes.
#[derive(Clone, Copy)]
pub struct Attention {
    /// `tokens` × 3 · `width`: queries, keys, values side by side.
    pub qkv: *const f32,
    /// `tokens` × `width`.
    pub out: *mut f32,
    /// Tokens of the sentence, at least 1.
    pub tokens: usize,
    /// Heads times dimensions of a head.
    pub width: usize,
    /// Dimensions of a head, a multiple of sixteen.
    pub head: usize,
    /// Scratch: [`scratch_len`] values.
    pub scratch: *mut f32,
}

/// Queries that share each load of keys and values, at most.
const QUERIES: usize = 8;

/// Values of scratch for a sentence of `tokens`: one head's keys, transposed, and the scores of a few queries.
pub fn scratch_len(tokens: usize, head: usize) -> usize {
    tokens.next_multiple_of(LANES) * (head + QUERIES)
}

/// Attention over all heads of one sentence, `Q` queries (at most eight) by `V` vectors at a time.
///
/// # Safety
///
/// As for [`Simd`]; the pointers must span what [`Attention`] describes.
#[inline(always)]
pub unsafe fn attention<S: Simd, const Q: usize, const V: usize>(at: &Attention) {
    unsafe {
        for offset in (0..at.width).step_by(at.head) {
            transpose_keys::<S>(at, offset);
            let mut query = 0;
            while query + Q <= at.tokens {
                queries::<S, Q, V>(at, offset, query);
                query += Q;
            }
            while query < at.tokens {
                queries::<S, 1, V>(at, offset, query);
                query += 1;
            }
        }
    }
}

/// One head's keys as columns, so that sixteen keys lie side by side. Keys past the end are zero: they
/// are masked later and only have to be finite.
#[inline(always)]
unsafe fn transpose_keys<S: Simd>(at: &Attention, offset: usize) {
    unsafe {
        let padded = at.tokens.next_multiple_of(LANES);
        let stride = 3 * at.width;
        let whole = at.tokens - at.tokens % LANES;
        for d in (0..at.head).step_by(LANES) {
            let from = at.qkv.add(at.width + offset + d);
            let to = at.scratch.add(d * padded);
            for token in (0..whole).step_by(LANES) {
                S::transpose(from.add(token * stride), stride, to.add(token), padded);
            }
            if whole < padded {
                let mut rest = [[0.0_f32; LANES]; LANES];
                for (token, row) in (whole..at.tokens).zip(&mut rest) {
                    S::store(row.as_mut_ptr(), S::load(from.add(token * stride)));
                }
                S::transpose(rest.as_ptr().cast(), LANES, to.add(whole), padded);
            }
        }
    }
}

/// Context vectors of `Q` queries of one head.
#[inline(always)]
unsafe fn queries<S: Simd, const Q: usize, const V: usize>(at: &Attention, offset: usize, query: usize) {
    unsafe {
        let padded = at.tokens.next_multiple_of(LANES);
        let scores = at.scratch.add(padded * at.head);
        let mut token = 0;
        while token + V * LANES <= padded {
            score::<S, Q, V>(at, offset, query, token);
            token += V * LANES;
        }
        while token < padded {
            score::<S, Q, 1>(at, offset, query, token);
            token += LANES;
        }
        let mut share = [0.0_f32; Q];
        for (i, share) in share.iter_mut().enumerate() {
            *share = 1.0 / softmax::<S>(scores.add(i * padded), at.tokens);
        }
        let mut d = 0;
        while d + V * LANES <= at.head {
            mix::<S, Q, V>(at, offset, query, d, &share);
            d += V * LANES;
        }
        while d < at.head {
            mix::<S, Q, 1>(at, offset, query, d, &share);
            d += LANES;
        }
    }
}

/// Scores of `Q` queries with `V` vectors of keys.
#[inline(always)]
unsafe fn score<S: Simd, const Q: usize, const V: usize>(
    at: &Attention,
    offset: usize,
    query: usize,
    token: usize,
) {
    unsafe {
        let padded = at.tokens.next_multiple_of(LANES);
        let stride = 3 * at.width;
        let q = at.qkv.add(query * stride + offset);
        let keys = at.scratch.add(token);
        let mut sums = [[S::splat(0.0); V]; Q];
        for d in 0..at.head {
            let mut key = [S::splat(0.0); V];
            for (v, key) in key.iter_mut().enumerate() {
                *key = S::load(keys.add(d * padded + v * LANES));
            }
            for (i, sums) in sums.iter_mut().enumerate() {
                let x = S::splat(*q.add(i * stride + d));
                for (sum, key) in sums.iter_mut().zip(key) {
                    *sum = S::fma(x, key, *sum);
                }
            }
        }
        // Scores in powers of two: exp(x) = 2^(x log2 e).
        let scale = S::splat(std::f32::consts::LOG2_E / (at.head as f32).sqrt());
        let scores = at.scratch.add(padded * at.head + token);
        for (i, sums) in sums.iter().enumerate() {
            for (v, &sum) in sums.iter().enumerate() {
                S::store(scores.add(i * padded + v * LANES), S::mul(sum, scale));
            }
        }
    }
}

/// Turns a row of scores into weights, not yet divided by their sum, which it gives.
#[inline(always)]
unsafe fn softmax<S: Simd>(scores: *mut f32, tokens: usize) -> f32 {
    unsafe {
        let masked = S::splat(f32::MIN);
        let mut highest = masked;
        for token in (0..tokens).step_by(LANES) {
            let real = (tokens - token).min(LANES);
            highest = S::max(highest, S::first(real, S::load(scores.add(token)), masked));
        }
        let top = S::splat(S::highest(highest));
        let mut total = S::splat(0.0);
        for token in (0..tokens).step_by(LANES) {
            let real = (tokens - token).min(LANES);
            let weight = math::exp2::<S>(S::sub(S::load(scores.add(token)), top));
            let weight = S::first(real, weight, S::splat(0.0));
            total = S::add(total, weight);
            S::store(scores.add(token), weight);
        }
        S::sum(total)
    }
}

/// Values mixed by the weights of `Q` queries, `V` vectors of the head from dimension `d` on.
#[inline(always)]
unsafe fn mix<S: Simd, const Q: usize, const V: usize>(
    at: &Attention,
    offset: usize,
    query: usize,
    d: usize,
    share: &[f32; Q],
) {
    unsafe {
        let padded = at.tokens.next_multiple_of(LANES);
        let stride = 3 * at.width;
        let weights = at.scratch.add(padded * at.head);
        let values = at.qkv.add(2 * at.width + offset + d);
        let mut sums = [[S::splat(0.0); V]; Q];
        for token in 0..at.tokens {
            let mut value = [S::splat(0.0); V];
            for (v, value) in value.iter_mut().enumerate() {
                *value = S::load(values.add(token * stride + v * LANES));
            }
            for (i, sums) in sums.iter_mut().enumerate() {
                let weight = S::splat(*weights.add(i * padded + token));
                for (sum, value) in sums.iter_mut().zip(value) {
                    *sum = S::fma(weight, value, *sum);
                }
            }
        }
        for (i, sums) in sums.iter().enumerate() {
            let out = at.out.add((query + i) * at.width + offset + d);
            for (v, &sum) in sums.iter().enumerate() {
                S::store(out.add(v * LANES), S::mul(sum, S::splat(share[i])));
            }
        }
    }
}
