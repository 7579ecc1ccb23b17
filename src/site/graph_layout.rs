//! Where the notes of a picture of links stand. Pure: who is beside whom in, points out, the same on every machine.
//!
//! The best linked notes are moved by forces: links draw them together, everything else drives them apart. Each of the others
//! stands around the best linked note that it is nearest to; what no link joins with those stands in rows below. So the work
//! grows with the links, not with the square of the notes, and a picture of thousands still shows what it is made of.
//! Only sums, products and roots are taken, of which every machine makes the same.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;

use crate::site::graph_forces::Point;
use crate::site::graph_forces::ROOM;
use crate::site::graph_forces::number;
use crate::site::graph_forces::spread;
use crate::site::graph_forces::turned;

/// Notes that forces move.
pub(crate) const MOVED: usize = 150;
/// With so many other groups a group is drawn together for links of notes around it.
const BUNDLES: usize = 3;
/// How far the notes around one stand from it, and from each other.
const AROUND: f64 = 4.5;
const NEXT: f64 = 2.9;
/// From a unit to pixels.
const SCALE: f64 = 3.0;
/// The picture is made smaller to be no wider, in pixels.
const WIDE: f64 = 820.0;

/// A picture of links, without its words.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// Where each note stands, in pixels from the left and the top; `None` for one without links.
    pub(crate) places: Vec<Option<Point>>,
    /// Notes with links, the best linked first.
    pub(crate) ranked: Vec<usize>,
    /// The lines between [`Self::moved`] notes, and from each other note to one that it has a link with. A line between moved notes may also
    /// stand for links of the notes around them.
    pub(crate) lines: Vec<[usize; 2]>,
    /// Pixels.
    pub(crate) size: Point,
}

impl Layout {
    /// The notes that forces moved: those that a picture can name.
    pub(crate) fn moved(&self) -> &[usize] {
        self.ranked.get(..MOVED).unwrap_or(&self.ranked)
    }
}

/// Lays out notes. `beside`: of each note the notes one link away, sorted; both of a pair name each other.
pub(crate) fn layout(beside: &[Vec<usize>]) -> Layout {
    let degree = |note: usize| beside.get(note).map_or(0, Vec::len);
    let mut ranked: Vec<usize> = (0..beside.len()).filter(|&note| degree(note) > 0).collect();
    ranked.sort_by_key(|&note| (std::cmp::Reverse(degree(note)), note));
    let mut layout = Layout { places: vec![None; beside.len()], ranked, ..Layout::default() };
    let groups = Groups::new(beside, &layout);
    let radii: Vec<f64> = groups.of_moved.iter().map(|group| radius(group.len())).collect();
    let mut centres = spread(&radii, &groups.links);
    let low = centres.iter().zip(&groups.of_moved).map(|(at, around)| at[1] + radius(around.len()));
    let left = centres.iter().zip(&groups.of_moved).map(|(at, around)| at[0] - radius(around.len()));
    let (low, left) = (low.fold(0.0, f64::max), left.fold(0.0, f64::min));
    centres.extend(in_rows(&groups.islands, -left, low));
    for (centre, group) in centres.iter().zip(groups.of_moved.iter().chain(&groups.islands)) {
        for (note, at) in group.iter().zip(around(*centre)) {
            if let Some(place) = layout.places.get_mut(*note) {
                *place = Some(at);
            }
        }
    }
    layout.lines = groups.lines;
    fit(&mut layout);
    layout
}

/// Which notes stand together.
#[derive(Default)]
struct Groups {
    /// Of each moved note: itself, and those that stand around it, the nearest first.
    of_moved: Vec<Vec<usize>>,
    /// Likewise of the best linked one of those that no link joins with a moved note; the largest first.
    islands: Vec<Vec<usize>>,
    /// Links between moved notes, by their places among them; also the most frequent ones of those around them.
    links: Vec<[usize; 2]>,
    lines: Vec<[usize; 2]>,
}

impl Groups {
    fn new(beside: &[Vec<usize>], layout: &Layout) -> Self {
        const NOBODY: usize = usize::MAX;
        let mut groups = Self::default();
        let mut place = vec![NOBODY; beside.len()];
        for (at, &note) in layout.moved().iter().enumerate() {
            if let Some(slot) = place.get_mut(note) {
                *slot = at;
            }
            groups.of_moved.push(vec![note]);
        }
        let next = |note: usize| beside.get(note).map_or(&[][..], Vec::as_slice);
        for (at, &note) in layout.moved().iter().enumerate() {
            for &other in next(note) {
                if let Some(&to) = place.get(other).filter(|to| **to != NOBODY && at < **to) {
                    groups.links.push([at, to]);
                    groups.lines.push([note, other]);
                }
            }
        }
        // one that links to everything says little of a note: the others come first
        let mut waiting: VecDeque<usize> = layout.moved().iter().rev().copied().collect();
        let mut rest = layout.ranked.iter().skip(MOVED);
        loop {
            while let Some(note) = waiting.pop_front() {
                let owner = place.get(note).copied().unwrap_or(NOBODY);
                for &other in next(note) {
                    let Some(slot) = place.get_mut(other).filter(|slot| **slot == NOBODY) else { continue };
                    *slot = owner;
                    groups.lines.push([note, other]);
                    waiting.push_back(other);
                    let moved = groups.of_moved.len();
                    let group = match owner.checked_sub(moved) {
                        Some(island) => groups.islands.get_mut(island),
                        None => groups.of_moved.get_mut(owner),
                    };
                    if let Some(group) = group {
                        group.push(other);
                    }
                }
            }
            let Some(&first) = rest.find(|note| place.get(**note) == Some(&NOBODY)) else { break };
            if let Some(slot) = place.get_mut(first) {
                *slot = groups.of_moved.len() + groups.islands.len();
            }
            groups.islands.push(vec![first]);
            waiting.push_back(first);
        }
        groups.bundle(beside, &place, layout.moved());
        groups.islands.sort_by_key(|group| std::cmp::Reverse(group.len()));
        groups
    }

    /// Adds lines between groups whose notes have links with each other.
    fn bundle(&mut self, beside: &[Vec<usize>], place: &[usize], moved: &[usize]) {
        let mut counts: BTreeMap<[usize; 2], usize> = BTreeMap::new();
        let of = |note: usize| place.get(note).copied().filter(|at| *at < moved.len());
        for (note, others) in beside.iter().enumerate() {
            let Some(own) = of(note) else { continue };
            for to in others.iter().filter_map(|&other| of(other)).filter(|to| own < *to) {
                *counts.entry([own, to]).or_default() += 1;
            }
        }
        let known: BTreeSet<[usize; 2]> = self.links.iter().copied().collect();
        counts.retain(|ends, _| !known.contains(ends));
        let mut most: Vec<([usize; 2], usize)> = counts.into_iter().collect();
        most.sort_by_key(|(ends, count)| (std::cmp::Reverse(*count), *ends));
        let mut added = vec![0_usize; moved.len()];
        for (ends, _) in most {
            let [Some(one), Some(other)] = ends.map(|end| added.get(end).copied()) else { continue };
            if one.min(other) < BUNDLES && one.max(other) < 4 * BUNDLES {
                self.links.push(ends);
                let [Some(&from), Some(&to)] = ends.map(|end| moved.get(end)) else { continue };
                self.lines.push([from, to]);
                for end in ends {
                    if let Some(count) = added.get_mut(end) {
                        *count += 1;
                    }
                }
            }
        }
    }
}

/// How far a note reaches with those around it.
fn radius(group: usize) -> f64 {
    if group < 2 { 0.0 } else { (AROUND * AROUND + NEXT * NEXT * number(group)).sqrt() }
}

/// Points around a centre, itself first.
fn around(centre: Point) -> impl Iterator<Item = Point> {
    let mut way = [1.0, 0.0];
    (0..).map(move |nth| {
        if nth == 0 {
            return centre;
        }
        way = turned(way);
        let far = (AROUND * AROUND + NEXT * NEXT * number(nth - 1)).sqrt();
        [centre[0] + way[0] * far, centre[1] + way[1] * far]
    })
}

/// Groups in rows below what is there, which reaches from `-half` to `half` and down to `low`.
fn in_rows(groups: &[Vec<usize>], half: f64, low: f64) -> Vec<Point> {
    let half = half.max(130.0);
    let (mut x, mut top, mut height) = (-half, low + ROOM, 0.0_f64);
    let place = |group: &Vec<usize>| {
        let reach = radius(group.len());
        if x + 2.0 * reach > half && x > -half {
            (x, top, height) = (-half, top + height + ROOM, 0.0);
        }
        let at = [x + reach, top + reach];
        x += 2.0 * reach + ROOM;
        height = height.max(2.0 * reach);
        at
    };
    groups.iter().map(place).collect()
}

/// Makes pixels of units.
fn fit(layout: &mut Layout) {
    let all = || layout.places.iter().flatten();
    let [left, top] = all().fold([f64::MAX; 2], |least, at| [least[0].min(at[0]), least[1].min(at[1])]);
    let [right, low] = all().fold([f64::MIN; 2], |most, at| [most[0].max(at[0]), most[1].max(at[1])]);
    if right < left {
        return;
    }
    let scale = SCALE.min(WIDE / (right - left).max(1.0));
    for place in layout.places.iter_mut().flatten() {
        *place = [(place[0] - left) * scale, (place[1] - top) * scale];
    }
    layout.size = [(right - left) * scale, (low - top) * scale];
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Links both ways.
    fn both(count: usize, links: impl IntoIterator<Item = [usize; 2]>) -> Vec<Vec<usize>> {
        let mut beside = vec![BTreeSet::new(); count];
        for [one, other] in links {
            beside[one].insert(other);
            beside[other].insert(one);
        }
        beside.into_iter().map(|set| set.into_iter().collect()).collect()
    }

    fn apart(one: Point, other: Point) -> f64 {
        ((one[0] - other[0]).powi(2) + (one[1] - other[1]).powi(2)).sqrt()
    }

    #[test]
    fn links_draw_together_and_nothing_overlaps() {
        // two rings of ten, joined by one link, and a note by itself
        let ring = |from: usize| (0..10).map(move |at| [from + at, from + (at + 1) % 10]);
        let made = layout(&both(21, ring(0).chain(ring(10)).chain([[0, 10]])));
        assert_eq!(made.places[20], None);
        let at = |note: usize| made.places[note].unwrap();
        for one in 0..20 {
            for other in 0..one {
                assert!(apart(at(one), at(other)) > 15.0, "{one} and {other}");
            }
        }
        let mean = |notes: std::ops::Range<usize>| notes.map(|note| apart(at(note), at(0))).sum::<f64>() / 10.0;
        assert!(mean(0..10) < mean(10..20));
        assert_eq!(made.lines.len(), 21);
        assert!(made.size[0] <= WIDE && made.places.iter().flatten().all(|at| at[0] >= 0.0 && at[0] <= made.size[0]));
    }

    #[test]
    fn many_notes_stand_around_the_best_linked() {
        // 200 hubs in a ring with 20 notes each, and 300 pairs that nothing joins with them
        let hubs = (0..200).map(|hub| [hub, (hub + 1) % 200]);
        let around = (0..200).flat_map(|hub| (0..20).map(move |nth| [hub, 200 + hub * 20 + nth]));
        let pairs = (0..300).map(|pair| [4_200 + 2 * pair, 4_201 + 2 * pair]);
        let beside = both(4_800, hubs.chain(around).chain(pairs));
        let made = layout(&beside);
        assert_eq!(made.moved().len(), MOVED);
        let at = |note: usize| made.places[note].unwrap();
        // a note is nearer to its own hub than to the others
        for note in (200..200 + 20 * MOVED).step_by(7) {
            let own = (note - 200) / 20;
            let nearest =
                (0..MOVED).min_by(|one, other| apart(at(*one), at(note)).total_cmp(&apart(at(*other), at(note))));
            assert_eq!(nearest, Some(own), "{note}");
        }
        let low = made.moved().iter().map(|note| at(*note)[1]).fold(0.0, f64::max);
        assert!((4_200..4_800).all(|note| at(note)[1] > low), "pairs stand below");
        assert!(made.size[0] <= WIDE + 0.001);
        assert_eq!(made, layout(&beside));
    }

    #[test]
    fn nothing_and_little() {
        assert_eq!(layout(&[]), Layout::default());
        assert_eq!(layout(&both(3, [])).places, [None, None, None]);
        let two = layout(&both(2, [[0, 1]]));
        let [Some(one), Some(other)] = two.places[..] else { panic!("{two:?}") };
        assert!((60.0..200.0).contains(&apart(one, other)), "{two:?}");
    }
}
