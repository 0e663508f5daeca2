//! Every instruction set against plain sums, on shapes that leave rows and panels over.
//!
//! Under Miri the plain one alone is here, and the shapes are small: it takes a thousand times as long.

use super::*;

/// Rows, inputs, output channels.
const SHAPES: &[(usize, usize, usize)] = if cfg!(miri) {
    &[(1, 64, 16), (3, 32, 48)]
} else {
    &[(1, 64, 16), (3, 96, 48), (16, 128, 32), (17, 384, 80), (37, 64, 48), (70, 192, 16)]
};

const FINISHES: [Finish; 6] =
    [Finish::None, Finish::Gelu, Finish::GeluFast, Finish::GeluTanh, Finish::Relu, Finish::Add];

/// Numbers that look random, from -2 to 2.
fn numbers(len: usize, seed: u64) -> Vec<f32> {
    let mut state = seed;
    (0..len)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 40) as f32 / (1_u64 << 24) as f32 - 0.5) * 4.0
        })
        .collect()
}

fn bf16(x: f32) -> f32 {
    half::bf16::from_f32(x).to_f32()
}

/// Outputs as `sum` gives them of a row and a channel's weights, bias added.
fn expected(a: &[f32], w: &[f32], bias: &[f32], k: usize, sum: impl Fn(&[f32], &[f32]) -> f32) -> Vec<f32> {
    let row = |a: &[f32]| w.chunks_exact(k).zip(bias).map(|(w, bias)| sum(a, w) + bias).collect::<Vec<_>>();
    a.chunks_exact(k).flat_map(row).collect()
}

/// The order of AVX-512 BF16: the second of each pair first.
fn pairs(a: &[f32], w: &[f32]) -> f32 {
    a.chunks_exact(2)
        .zip(w.chunks_exact(2))
        .fold(0.0, |sum, (a, w)| a[0].mul_add(w[0], a[1].mul_add(w[1], sum)))
}

/// The order of AMX: even and odd places apart, 32 values at a time.
#[cfg(target_arch = "x86_64")]
fn tiles(a: &[f32], w: &[f32]) -> f32 {
    a.chunks(32).zip(w.chunks(32)).fold(0.0, |sum, (a, w)| {
        let every_other =
            |from: usize| (from..a.len()).step_by(2).fold(0.0_f32, |sum, i| a[i].mul_add(w[i], sum));
        sum + (every_other(0) + every_other(1))
    })
}

#[test]
fn products_in_f32_and_bf16_are_the_plain_sums() {
    for &(rows, k, n) in SHAPES {
        let (a, w, bias) = (numbers(rows * k, 1), numbers(n * k, 2), numbers(n, 3));
        let (narrow_a, narrow_w): (Vec<f32>, Vec<f32>) =
            (a.iter().map(|&x| bf16(x)).collect(), w.iter().map(|&x| bf16(x)).collect());
        let chain = |a: &[f32], w: &[f32]| a.iter().zip(w).fold(0.0_f32, |sum, (a, w)| a.mul_add(*w, sum));
        let wide = expected(&a, &w, &bias, k, chain);
        let narrow = expected(&narrow_a, &narrow_w, &bias, k, pairs);
        let packed = (PackedF32::new(&w, bias.clone(), k), PackedBf16::new(&w, bias.clone(), k));
        for isa in Isa::available() {
            let kernels = Kernels::of(isa).unwrap();
            let mut out = vec![f32::NAN; rows * n];
            kernels.linear_f32(&a, &packed.0, &mut out, Finish::None);
            assert_eq!(out, wide, "f32 on {} {rows} x {k} x {n}", isa.name());
            kernels.linear_bf16(&a, &packed.1, &mut out, Finish::None, &mut NarrowRows::default());
            #[cfg(target_arch = "x86_64")]
            if isa == Isa::Amx && k.is_multiple_of(32) {
                assert_eq!(out, expected(&narrow_a, &narrow_w, &bias, k, tiles), "bf16 {rows} x {k} x {n}");
                continue;
            }
            assert_eq!(out, narrow, "bf16 on {} {rows} x {k} x {n}", isa.name());
        }
    }
}

#[test]
fn products_in_int8_are_exact_and_scaled_alike() {
    for &(rows, k, n) in SHAPES {
        let bytes: Vec<i8> = numbers(n * k, 4).iter().map(|x| (x * 63.5) as i8).collect();
        let (a, bias) = (numbers(rows * k, 5), numbers(n, 6));
        let scale: Vec<f32> = numbers(n, 7).iter().map(|x| x.abs() / 100.0 + 0.001).collect();
        let (gain, shift) = (numbers(k, 8), numbers(k, 9));
        let packed = PackedInt8::new(&bytes, scale.clone(), bias.clone(), gain.clone(), shift.clone());
        let mut expected = Vec::new();
        for a in a.chunks_exact(k) {
            let x: Vec<f32> = a.iter().zip(&gain).zip(&shift).map(|((a, g), s)| a.mul_add(*g, *s)).collect();
            let low = x.iter().copied().fold(f32::MAX, f32::min);
            let range = x.iter().copied().fold(f32::MIN, f32::max) - low;
            let steps: Vec<i32> =
                x.iter().map(|x| ((x - low) * (255.0 / range)).round_ties_even() as i32).collect();
            for (c, w) in bytes.chunks_exact(k).enumerate() {
                let sum: i32 = steps.iter().zip(w).map(|(a, w)| a * i32::from(*w)).sum();
                let weights: i32 = w.iter().map(|&w| i32::from(w)).sum();
                let offset = low.mul_add(weights as f32 * scale[c], bias[c]);
                expected.push((sum as f32 * scale[c]).mul_add(range / 255.0, offset));
            }
        }
        for isa in Isa::available() {
            let mut out = vec![f32::NAN; rows * n];
            let kernels = Kernels::of(isa).unwrap();
            kernels.linear_int8(&a, &packed, &mut out, Finish::None, &mut NarrowRows::default());
            assert_eq!(out, expected, "{} {rows} x {k} x {n}", isa.name());
        }
    }
}

#[test]
fn what_follows_a_product_is_the_same_on_every_instruction_set() {
    let (rows, k, n) = if cfg!(miri) { (3, 32, 16) } else { (21, 64, 48) };
    let (a, w, before) = (numbers(rows * k, 10), numbers(n * k, 11), numbers(rows * n, 12));
    let packed = PackedF32::new(&w, numbers(n, 13), k);
    let plain = Kernels::of(Isa::Portable).unwrap();
    let of = |kernels: &Kernels, finish| {
        let mut out = before.clone();
        kernels.linear_f32(&a, &packed, &mut out, finish);
        out
    };
    let sums = of(&plain, Finish::None);
    for finish in FINISHES {
        let expected = of(&plain, finish);
        for (i, (&made, &sum)) in expected.iter().zip(&sums).enumerate() {
            let x = f64::from(sum);
            let exact = match finish {
                Finish::None => x,
                Finish::Relu => x.max(0.0),
                Finish::Add => x + f64::from(before[i]),
                Finish::Gelu | Finish::GeluFast => x * normal(x),
                Finish::GeluTanh => {
                    let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x * x * x);
                    x / 2.0 * (1.0 + inner.tanh())
                }
            };
            let near = if finish == Finish::GeluFast { 2e-4 * (1.0 + x.abs()) } else { 1e-5 };
            assert!((f64::from(made) - exact).abs() < near, "{finish:?} of {x}: {made}, not {exact}");
        }
        for isa in Isa::available() {
            assert_eq!(of(&Kernels::of(isa).unwrap(), finish), expected, "{finish:?} on {}", isa.name());
        }
    }
}

/// Distribution function of the normal distribution, by its series.
fn normal(x: f64) -> f64 {
    if x.abs() > 8.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum) = (x, x);
    for i in 1..200 {
        term *= x * x / (2.0 * f64::from(i) + 1.0);
        sum += term;
    }
    0.5 + sum * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

#[test]
fn attention_is_softmax_over_keys_and_the_same_on_every_instruction_set() {
    let (width, head) = (96, 32);
    let lengths: &[usize] = if cfg!(miri) { &[1, 9, 17] } else { &[1, 2, 9, 16, 33, 70] };
    for &tokens in lengths {
        let qkv = numbers(tokens * 3 * width, 14);
        let of = |isa| {
            let mut out = vec![0.0; tokens * width];
            let mut scratch = vec![0.0; attention_scratch(tokens, head)];
            Kernels::of(isa).unwrap().attention(&qkv, width, head, &mut out, &mut scratch);
            out
        };
        let plain = of(Isa::Portable);
        for isa in Isa::available() {
            assert_eq!(of(isa), plain, "{} tokens on {}", tokens, isa.name());
        }
        let part =
            |token: usize, part: usize, at: usize| f64::from(qkv[token * 3 * width + part * width + at]);
        for token in 0..tokens {
            for first in (0..width).step_by(head) {
                let scores: Vec<f64> = (0..tokens)
                    .map(|other| {
                        let product = (first..first + head).map(|d| part(token, 0, d) * part(other, 1, d));
                        (product.sum::<f64>() / (head as f64).sqrt()).exp()
                    })
                    .collect();
                let total: f64 = scores.iter().sum();
                for d in first..first + head {
                    let mixed: f64 = scores.iter().enumerate().map(|(o, s)| s / total * part(o, 2, d)).sum();
                    assert!((f64::from(plain[token * width + d]) - mixed).abs() < 1e-5);
                }
            }
        }
    }
}

#[test]
fn layer_norm_and_mean_are_what_they_say_and_the_same_on_every_instruction_set() {
    let (rows, width) = (7, 384);
    let (x, gain, shift) = (numbers(rows * width, 15), numbers(width, 16), numbers(width, 17));
    let of = |isa| {
        let kernels = Kernels::of(isa).unwrap();
        let (mut normed, mut mean) = (x.clone(), vec![0.0; width]);
        kernels.layer_norm(&mut normed, &gain, &shift, 1e-12);
        kernels.mean_unit(&x, &mut mean);
        (normed, mean)
    };
    let plain = of(Isa::Portable);
    for isa in Isa::available() {
        assert_eq!(of(isa), plain, "{}", isa.name());
    }
    let wide: Vec<f64> = x[..width].iter().map(|&x| f64::from(x)).collect();
    let mean = wide.iter().sum::<f64>() / width as f64;
    let variance = wide.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / width as f64;
    for i in 0..width {
        let exact = (wide[i] - mean) / variance.sqrt() * f64::from(gain[i]) + f64::from(shift[i]);
        assert!((f64::from(plain.0[i]) - exact).abs() < 1e-5);
    }
    assert!((plain.1.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-5);
}
