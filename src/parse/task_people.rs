//! Whom the mentions on tasks mean: names in the note's own front matter.

use std::collections::HashMap;

use crate::model::Note;
use crate::model::Task;
use crate::model::Value;
use crate::model::note::PEOPLE;
use crate::model::words::letters;

/// Sets the people of tasks: whom in the note's front matter a mention means, `@Ida` and `@ida.berg` are `Ida Berg`.
pub(super) fn add(note: &Note, tasks: &mut [Task]) {
    if tasks.iter().all(|task| task.mentions.is_empty()) {
        return;
    }
    let values = PEOPLE.iter().filter_map(|key| note.property(key)).flat_map(Value::texts);
    let mut names: HashMap<String, String> = HashMap::new();
    let mut first_names: HashMap<String, String> = HashMap::new();
    for value in values.flat_map(|value| value.split([',', ';'])) {
        let link = value.trim().trim_matches(['[', ']', '@', '"']);
        // a link has the name of its note, and maybe another one
        let written = || link.split('|').map(|name| name.rsplit('/').next().unwrap_or(name).trim());
        let Some(name) = written().max_by_key(|name| (name.contains(' '), name.len())) else { continue };
        for written in written() {
            names.entry(letters(written)).or_insert_with(|| name.to_owned());
            let first = letters(written.split_whitespace().next().unwrap_or(""));
            first_names.entry(first).or_insert_with(|| name.to_owned());
        }
    }
    for task in tasks {
        let meant = |mention: &String| {
            let letters = letters(mention);
            names.get(&letters).or_else(|| first_names.get(&letters)).cloned().unwrap_or_default()
        };
        task.people = task.mentions.iter().map(meant).collect();
        if task.people.iter().all(String::is_empty) {
            task.people.clear();
        }
    }
}
