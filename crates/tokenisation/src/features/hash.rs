//! The hash behind words, stems and character n-grams.
//!
//! It is our own so that a value written today means the same word in every later version and on
//! every machine: FNV-1a over 64 bits (Fowler, Noll and Vo, 1991) for the running state, then the
//! 64-bit finaliser of MurmurHash3 (Appleby, 2011), of which the low 32 bits are kept.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A running hash that can be read at any point.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    pub(super) const fn new() -> Self {
        Self(OFFSET)
    }

    pub(super) fn of(text: &str) -> Self {
        let mut hash = Self::new();
        hash.bytes(text.as_bytes());
        hash
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }

    /// One step for a whole character: character n-grams need no bytes.
    pub(super) fn char(self, c: char) -> Self {
        Self((self.0 ^ u64::from(c)).wrapping_mul(PRIME))
    }

    /// All 64 bits, spread.
    pub(super) fn wide(self) -> u64 {
        let mut h = self.0;
        h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    }

    /// The 32 bits that are published.
    pub(super) fn narrow(self) -> u32 {
        self.wide() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that are stored somewhere must never change.
    #[test]
    fn the_hash_stays_as_it_is() {
        assert_eq!(Hash::of("").narrow(), EMPTY);
        assert_eq!(Hash::of("narrative").narrow(), NARRATIVE);
        assert_eq!(Hash::of("баяндау").narrow(), BAYANDAU);
    }

    const EMPTY: u32 = 3130599718;
    const NARRATIVE: u32 = 1382659247;
    const BAYANDAU: u32 = 2467505937;
}
