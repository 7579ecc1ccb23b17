//! Files that name each other: each of them can only be understood with all the others.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::SOURCES;
use crate::source::Sources;

/// The circles that are left, to be dissolved: by a file for what they have in common, or by being one file.
/// `name::*` stands for all below a module.
const LEFT: &[&str] = &["cli::commands cli::commands::help cli::commands::man cli::overview cli::program"];

type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn files_of_a_floor_do_not_name_each_other_in_a_circle() {
    let circles = circles(&graph(&SOURCES));
    let new: Vec<&String> = circles.iter().filter(|circle| !LEFT.iter().any(|left| within(circle, left))).collect();
    assert!(new.is_empty(), "new circles of files: {new:#?}");
    let gone: Vec<&&str> = LEFT.iter().filter(|left| !circles.iter().any(|circle| within(circle, left))).collect();
    assert!(gone.is_empty(), "dissolved, so take them out of LEFT: {gone:#?}");
}

/// True when each module of the circle is one of these.
fn within(circle: &str, left: &str) -> bool {
    circle.split(' ').all(|module| {
        left.split(' ').any(|name| match name.strip_suffix('*') {
            Some(above) => module.starts_with(above),
            None => module == name,
        })
    })
}

#[test]
fn circles_are_found() {
    let graph = |arrows: &[(&str, &str)]| {
        let mut graph = Graph::new();
        for (from, to) in arrows {
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        graph
    };
    assert!(circles(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    assert_eq!(circles(&graph(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")])), ["b c"]);
    assert_eq!(circles(&graph(&[("a", "b"), ("b", "a"), ("c", "d"), ("d", "e"), ("e", "c")])), ["a b", "c d e"]);
}

/// Which module names which others of its floor; `pub use` shows something and counts for nothing.
fn graph(sources: &Sources) -> Graph {
    let mut graph = Graph::new();
    for source in &sources.files {
        let used = source.named.iter().filter(|named| !named.shown).filter_map(|named| sources.absolute(named));
        let homes = used.map(|path| sources.home(&path));
        let others = homes.filter(|home| home.first() == source.module.first() && *home != source.module);
        graph.insert(source.module.join("::"), others.map(|home| home.join("::")).collect());
    }
    graph
}

/// Each set of modules from which all the others of the set can be reached, as one line.
fn circles(graph: &Graph) -> Vec<String> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = graph.keys().map(|from| (from, reach(graph, from))).collect();
    let circles: BTreeSet<String> = reached
        .iter()
        .filter(|(from, to)| to.contains(*from))
        .map(|(from, to)| {
            let both = to.iter().filter(|other| reached.get(*other).is_some_and(|back| back.contains(*from)));
            both.map(|name| name.as_str()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    circles.into_iter().collect()
}

/// All that can be reached by at least one arrow.
fn reach<'a>(graph: &'a Graph, from: &str) -> BTreeSet<&'a String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&String> = graph.get(from).into_iter().flatten().collect();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(graph.get(next).into_iter().flatten());
        }
    }
    found
}
