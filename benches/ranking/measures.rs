//! The usual measures of a ranking.

use std::fmt;

/// A judged answer: the path of a note, and how good it is (1 and more).
pub(crate) type Answer = (String, f64);

/// What one query, or the mean of several, reaches. All from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    /// Normalised discounted cumulative gain of the first ten.
    pub(crate) ndcg: f64,
    /// One over the rank of the first answer within the first ten.
    pub(crate) mrr: f64,
    /// The share of the answers among all that were found.
    pub(crate) recall: f64,
    /// The first note found is an answer.
    pub(crate) first: f64,
    /// Nothing was found.
    pub(crate) nothing: f64,
}

/// Sums over queries.
#[derive(Debug, Default)]
pub(crate) struct Means {
    queries: usize,
    sum: Figures,
}

impl Means {
    /// Counts a query by what it found, the best first.
    pub(crate) fn count(&mut self, found: &[String], answers: &[Answer]) -> Figures {
        let gain = |path: &String| answers.iter().find(|(answer, _)| answer == path).map_or(0.0, |(_, gain)| *gain);
        let mut best: Vec<f64> = answers.iter().map(|(_, gain)| *gain).collect();
        best.sort_by(|one, other| other.total_cmp(one));
        let ideal = discounted(best.into_iter().take(10));
        let hits = found.iter().filter(|path| gain(path) > 0.0).count();
        let rank = found.iter().take(10).position(|path| gain(path) > 0.0);
        let figures = Figures {
            ndcg: if ideal > 0.0 { discounted(found.iter().take(10).map(gain)) / ideal } else { 0.0 },
            mrr: rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)),
            recall: hits as f64 / answers.len().max(1) as f64,
            first: f64::from(u8::from(rank == Some(0))),
            nothing: f64::from(u8::from(found.is_empty())),
        };
        self.queries += 1;
        self.sum.ndcg += figures.ndcg;
        self.sum.mrr += figures.mrr;
        self.sum.recall += figures.recall;
        self.sum.first += figures.first;
        self.sum.nothing += figures.nothing;
        figures
    }
}

impl fmt::Display for Means {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mean = |sum: f64| sum / self.queries.max(1) as f64;
        let Figures { ndcg, mrr, recall, first, nothing } = self.sum;
        write!(f, "{:>8}{:>10.4}{:>9.4}{:>12.4}", self.queries, mean(ndcg), mean(mrr), mean(recall))?;
        write!(f, "{:>8.3}{:>11.3}", mean(first), mean(nothing))
    }
}

/// Gains, each divided by the logarithm of its rank plus one.
fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    (2_u32..).zip(gains).map(|(rank, gain)| gain / f64::from(rank).log2()).sum()
}
