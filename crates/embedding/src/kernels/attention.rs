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

/// Values of scratch for a sentence of `tokens`: one head's keys, transposed, and the scores of a few queries.
pub fn scratch_len(tokens: usize, head: usize) -> usize {
    tokens.next_multiple_of(LANES) * (head + QUERIES)
}

/// Queries that share each load of keys and values.
const QUERIES: usize = 4;

/// Attention over all heads of one sentence.
///
/// # Safety
///
/// As for [`Simd`]; the pointers must span what [`Attention`] describes.
#[inline(always)]
pub unsafe fn attention<S: Simd>(at: &Attention) {
    unsafe {
        let padded = at.tokens.next_multiple_of(LANES);
        let stride = 3 * at.width;
        let keys = at.scratch;
        let scores = at.scratch.add(padded * at.head);
        for offset in (0..at.width).step_by(at.head) {
            for token in 0..padded {
                for d in 0..at.head {
                    // Keys past the end score 0 and are then masked: they only have to be finite.
                    let key = if token < at.tokens {
                        *at.qkv.add(token * stride + at.width + offset + d)
                    } else {
                        0.0
                    };
                    *keys.add(d * padded + token) = key;
                }
            }
            let mut query = 0;
            while query + QUERIES <= at.tokens {
                queries::<S, QUERIES>(at, offset, query, keys, scores);
                query += QUERIES;
            }
            while query < at.tokens {
                queries::<S, 1>(at, offset, query, keys, scores);
                query += 1;
            }
        }
    }
}

#[inline(always)]
unsafe fn queries<S: Simd, const Q: usize>(
    at: &Attention,
    offset: usize,
    query: usize,
    keys: *const f32,
    scores: *mut f32,
) {
    unsafe {
        let padded = at.tokens.next_multiple_of(LANES);
        let stride = 3 * at.width;
        let q = at.qkv.add(query * stride + offset);
        // Scores in powers of two: exp(x) = 2^(x log2 e).
        let scale = S::splat(std::f32::consts::LOG2_E / (at.head as f32).sqrt());
        let masked = S::splat(f32::MIN);
        let mut highest = [masked; Q];
        for token in (0..padded).step_by(LANES) {
            let mut sums = [S::splat(0.0); Q];
            for d in 0..at.head {
                let key = S::load(keys.add(d * padded + token));
                for (i, sum) in sums.iter_mut().enumerate() {
                    *sum = S::fma(S::splat(*q.add(i * stride + d)), key, *sum);
                }
            }
            let real = (at.tokens - token).min(LANES);
            for i in 0..Q {
                let score = S::first(real, S::mul(sums[i], scale), masked);
                highest[i] = S::max(highest[i], score);
                S::store(scores.add(i * padded + token), score);
            }
        }
        let mut share = [0.0_f32; Q];
        for i in 0..Q {
            let top = S::splat(S::highest(highest[i]));
            let mut total = S::splat(0.0);
            for token in (0..padded).step_by(LANES) {
                let at_score = scores.add(i * padded + token);
                let weight = math::exp2::<S>(S::sub(S::load(at_score), top));
                let real = (at.tokens - token).min(LANES);
                let weight = S::first(real, weight, S::splat(0.0));
                total = S::add(total, weight);
                S::store(at_score, weight);
            }
            share[i] = 1.0 / S::sum(total);
        }
        for d in (0..at.head).step_by(LANES) {
            let v = at.qkv.add(2 * at.width + offset + d);
            let mut sums = [S::splat(0.0); Q];
            for token in 0..at.tokens {
                let value = S::load(v.add(token * stride));
                for (i, sum) in sums.iter_mut().enumerate() {
                    *sum = S::fma(S::splat(*scores.add(i * padded + token)), value, *sum);
                }
            }
            for i in 0..Q {
                S::store(
                    at.out.add((query + i) * at.width + offset + d),
                    S::mul(sums[i], S::splat(share[i])),
                );
            }
        }
    }
}
