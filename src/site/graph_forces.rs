//! Forces that move discs: links draw them together, everything else drives them apart. Only sums, products and roots are
//! taken, of which every machine makes the same.

/// Rounds of the forces.
const ROUNDS: usize = 240;
/// How long a link would like to be. All lengths are in its unit until the end.
const LINK: f64 = 30.0;
/// How strongly notes drive each other apart.
const CHARGE: f64 = -45.0;
/// What draws all of it to the middle; more from above and below, since screens are wide.
const PULL: [f64; 2] = [0.05, 0.09];
/// Farther than this nothing is driven apart.
const REACH: f64 = 300.0;
/// Rounds in which what overlaps is pushed apart.
const PUSHES: usize = 40;
/// Room between two notes with all that stands around them.
pub(super) const ROOM: f64 = 9.0;
/// The golden angle as a turn: points that each stand one further lie evenly.
const TURN: [f64; 2] = [-0.737_368_878_078_320_1, 0.675_490_294_261_523_5];

/// From the left and the top.
pub(super) type Point = [f64; 2];

/// Moves the centres of groups until the forces rest.
pub(super) fn spread(radii: &[f64], links: &[[usize; 2]]) -> Vec<Point> {
    let mut degrees = vec![0_usize; radii.len()];
    for end in links.iter().flatten() {
        if let Some(degree) = degrees.get_mut(*end) {
            *degree += 1;
        }
    }
    let mut way = [1.0, 0.0];
    let mut points: Vec<Point> = Vec::new();
    let mut covered = 0.0;
    for radius in radii {
        covered += (10.0 + radius) * (10.0 + radius);
        way = turned(way);
        points.push([way[0] * f64::sqrt(covered), way[1] * f64::sqrt(covered)]);
    }
    let charges: Vec<f64> = radii.iter().map(|radius| CHARGE * (1.0 + radius / 15.0) * (1.0 + radius / 15.0)).collect();
    let of = |list: &[f64], at: usize| list.get(at).copied().unwrap_or(0.0);
    let springs: Vec<(usize, usize, f64, f64, f64)> = links
        .iter()
        .map(|&[one, other]| {
            let degree = |at: usize| number(degrees.get(at).copied().unwrap_or(1));
            let strength = 1.0 / degree(one).min(degree(other));
            let bias = degree(one) / (degree(one) + degree(other));
            (one, other, LINK + of(radii, one) + of(radii, other), strength, bias)
        })
        .collect();
    let mut speeds = vec![[0.0, 0.0]; points.len()];
    let mut heat = 1.0;
    for _ in 0..ROUNDS {
        heat *= 0.975;
        for &(one, other, length, strength, bias) in &springs {
            let (Some(a), Some(b)) = (points.get(one), points.get(other)) else { continue };
            let (Some(va), Some(vb)) = (speeds.get(one), speeds.get(other)) else { continue };
            let way = [b[0] + vb[0] - a[0] - va[0], b[1] + vb[1] - a[1] - va[1]];
            let far = (way[0] * way[0] + way[1] * way[1]).sqrt().max(0.01);
            let force = (far - length) / far * heat * strength;
            for (end, part) in [(other, -bias), (one, 1.0 - bias)] {
                if let Some(speed) = speeds.get_mut(end) {
                    *speed = [speed[0] + way[0] * force * part, speed[1] + way[1] * force * part];
                }
            }
        }
        for (point, speed) in points.iter().zip(&mut speeds) {
            let mut force = [0.0, 0.0];
            for (other, charge) in points.iter().zip(&charges) {
                let way = [other[0] - point[0], other[1] - point[1]];
                let far = (way[0] * way[0] + way[1] * way[1]).max(1.0);
                if far > REACH * REACH {
                    continue;
                }
                let push = charge / far;
                force = [force[0] + way[0] * push, force[1] + way[1] * push];
            }
            for axis in [0, 1] {
                if let (Some(speed), Some(force), Some(at), Some(pull)) =
                    (speed.get_mut(axis), force.get(axis), point.get(axis), PULL.get(axis))
                {
                    *speed = (*speed + heat * (force - at * pull)) * 0.6;
                }
            }
        }
        for (point, speed) in points.iter_mut().zip(&speeds) {
            *point = [point[0] + speed[0], point[1] + speed[1]];
        }
    }
    push_apart(&mut points, radii);
    points
}

/// Moves what overlaps apart.
fn push_apart(points: &mut [Point], radii: &[f64]) {
    for _ in 0..PUSHES {
        let before = points.to_vec();
        let mut rests = true;
        for (nth, (point, radius)) in points.iter_mut().zip(radii).enumerate() {
            for (other, (at, reach)) in before.iter().zip(radii).enumerate().filter(|(other, _)| *other != nth) {
                let least = radius + reach + ROOM;
                // two at one place part to either side
                let mut way = [point[0] - at[0], point[1] - at[1]];
                if way == [0.0, 0.0] {
                    way = if nth < other { [-0.01, 0.0] } else { [0.01, 0.0] };
                }
                let far = (way[0] * way[0] + way[1] * way[1]).sqrt();
                if far < least {
                    let step = (least - far) / far * 0.5;
                    *point = [point[0] + way[0] * step, point[1] + way[1] * step];
                    rests = false;
                }
            }
        }
        if rests {
            break;
        }
    }
}

/// The next way of many that lie evenly.
pub(super) fn turned(way: Point) -> Point {
    [way[0] * TURN[0] - way[1] * TURN[1], way[0] * TURN[1] + way[1] * TURN[0]]
}

pub(super) fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
