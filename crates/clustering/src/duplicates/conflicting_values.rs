//! Figures and dates of two texts: which agree, and which conflict.
//!
//! A value conflicts where each side has values that the other lacks: what one side merely leaves out says nothing
//! against the other.

use throughline_schema::TextFeatures;

use crate::weights::difference::ROUNDING;

/// How many figures and dates of two texts agree and conflict.
pub(super) struct Values {
    /// Values that the other side lacks, counted on the side that has fewer of them.
    pub conflicts: usize,
    /// Values that both have.
    pub agreed: usize,
}

impl Values {
    /// Compares those of two texts.
    pub fn of(f: &TextFeatures, g: &TextFeatures) -> Self {
        // Different values of one side, and those of them that the other lacks.
        let counted = |x: &TextFeatures, y: &TextFeatures| {
            let mut figures: Vec<f64> = x.figures.iter().map(|figure| figure.value).collect();
            figures.sort_unstable_by(f64::total_cmp);
            figures.dedup();
            let mut dates: Vec<&String> = x.dates.iter().collect();
            dates.sort_unstable();
            dates.dedup();
            let figure_lacks = |a: &&f64| !y.figures.iter().any(|b| same_value(**a, b.value));
            let lacking = figures.iter().filter(figure_lacks).count()
                + dates.iter().filter(|date| !y.dates.contains(date)).count();
            (figures.len() + dates.len(), lacking)
        };
        let ((all_f, lacking_f), (all_g, lacking_g)) = (counted(f, g), counted(g, f));
        Self { conflicts: lacking_f.min(lacking_g), agreed: (all_f - lacking_f).max(all_g - lacking_g) }
    }

    /// Share of the values that conflict, 0 to 1, as if one more agreed: a single value proves little. A notice of
    /// another day has other values throughout.
    pub fn disagreement(&self) -> f32 {
        self.conflicts as f32 / (self.conflicts + self.agreed + 1) as f32
    }
}

/// Whether two figures agree to within rounding.
pub(crate) fn same_value(x: f64, y: f64) -> bool {
    (x - y).abs() <= ROUNDING * x.abs().max(y.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_leaves_out_conflicts_with_nothing() {
        let text = |dates: &[&str]| TextFeatures {
            dates: dates.iter().map(|date| (*date).to_owned()).collect(),
            ..TextFeatures::default()
        };
        let compared = |a: &[&str], b: &[&str]| {
            let (a, b) = (text(a), text(b));
            let there = Values::of(&a, &b);
            assert_eq!(there.disagreement(), Values::of(&b, &a).disagreement());
            (there.conflicts, there.agreed)
        };
        assert_eq!(compared(&["2024", "2024", "friday"], &["2024"]), (0, 1));
        assert_eq!(compared(&["2024", "friday"], &["2024", "monday", "2023"]), (1, 1));
        assert_eq!(Values::of(&text(&["2024"]), &text(&["2023"])).disagreement(), 0.5);
        assert_eq!(Values::of(&text(&[]), &text(&["2023"])).disagreement(), 0.0);
    }
}
