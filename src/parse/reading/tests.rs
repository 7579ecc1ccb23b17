//! Items of small notes, and what has become of them.
//!
//! Over 400 lines because they are tables with one notion of a small note.

use proptest::prelude::*;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::reading::ReadingPrecision;
use crate::parse;

fn note(path: &str, text: &str) -> Note {
    parse::parse(&NotePath::from(path), text, &parse::Options::default()).note
}

fn states(text: &str) -> Vec<(usize, ReadingState)> {
    note("n.md", text).reading.iter().map(|reading| (reading.line, reading.state)).collect()
}

/// The states of the links of a list, with one more link that makes a reading list of the note.
#[track_caller]
fn case(list: &str, want: &[(usize, ReadingState)]) {
    let mut found = states(&format!("{list}\n\n## Last\n\n- [ ] https://last.org/\n"));
    let last = found.pop();
    assert_eq!(last.map(|(_, state)| state), Some(ReadingState::ToRead), "{list}");
    assert_eq!(found, want, "{list}");
}

const DAY: &str = "# Log\n\n## 2026-11-02\n\n";

#[test]
fn a_box_says_it_first() {
    use ReadingState::*;
    case(
        "- [ ] https://a.org\n- [/] https://b.org\n- [x] https://c.org\n- [-] https://d.org",
        &[(1, ToRead), (2, Reading), (3, Read), (4, Dropped)],
    );
    case("# To read\n\n- [x] https://a.org", &[(3, Read)]);
    case("- [ ] the paper ->\n  https://a.org/a.pdf", &[(1, ToRead)]);
    case("- [ ] fix the build https://a.org", &[(1, Reference)]);
    case("- [ ] review https://github.com/ida/loom/pull/3", &[(1, Reference)]);
    case("- [ ] take a look at https://a.org\n- [x] take a look at https://b.org", &[(1, ToLookAt), (2, Read)]);
    // too deep for Markdown
    case("- a\n\n      - [ ] https://a.org", &[(3, ToRead)]);
}

#[test]
fn words_headings_and_groups() {
    use ReadingState::*;
    case(
        "- watched https://a.org\n- to read: https://b.org\n- https://c.org READ",
        &[(1, Read), (2, ToRead), (3, Read)],
    );
    case(&format!("{DAY}- read https://a.org\n- read more at https://b.org"), &[(5, Read), (6, Reference)]);
    case("# To read\n\n- https://a.org\n- read https://b.org", &[(3, ToRead), (4, ToRead)]);
    case("- should look at\n  - looms\n    - https://a.org\n  - https://b.org", &[(3, ToLookAt), (4, ToLookAt)]);
    case(
        "# Reading list\n\n- https://a.org\n- read recently\n  - https://b.org\n\n## Done\n\n- https://c.org",
        &[(3, Unsorted), (5, Read), (9, Read)],
    );
    case(
        "# Project\n\n## Done\n\n- https://github.com/ida/loom\n\n## Further reading\n\n- https://a.org",
        &[(5, Reference), (9, Reference)],
    );
    case("# Looms\n\n- should finish my loom https://a.org", &[(3, Reference)]);
}

#[test]
fn remarks_say_that_it_was_read() {
    use ReadingState::*;
    let remark = "- https://a.org\n  - a good one";
    case(&format!("{DAY}{remark}"), &[(5, Read)]);
    case(&format!("# Reading list\n\n{remark}"), &[(3, Read)]);
    // nobody said that this is for reading
    case(&format!("# Frameworks\n\n{remark}"), &[(3, Reference)]);
    case(&format!("{DAY}- https://a.org\n  - https://b.org"), &[(5, Reference), (6, Reference)]);
    case(&format!("{DAY}- my loom https://github.com/ida/loom\n  - mended the shuttle"), &[(5, Reference)]);
    let note = note("n.md", &format!("{DAY}- https://a.org\n  - a good one\n  - and short\n"));
    let [reading] = note.reading.as_slice() else { panic!("{:?}", note.reading) };
    assert_eq!(reading.remarks, ["a good one", "and short"]);
    assert_eq!(reading.finished, Some(("2026-11-02".parse().unwrap(), ReadingPrecision::Day)));
}

#[test]
fn paragraphs_and_quotes_in_an_item_are_remarks() {
    use ReadingState::*;
    let talks = "# Talks\n\n";
    table(
        talks,
        &[
            ("- [Looms](https://a.org)\n  - argues that looms are slow", Read),
            ("- [Looms](https://a.org), Weave 2019\n- great fun, with a real loom", Read),
            ("- [Looms](https://a.org)\n  - Weave 2019", Reference),
            ("- [Looms](https://a.org)\n\n    I laughed all the way through.", Read),
            ("- [Looms](https://a.org)\n\n    > weave what you can sell", Read),
            ("- [Looms](https://a.org)\n\n  slides are on the site", Reference),
            ("- [the loom](https://github.com/ida/loom)\n  - great for small cloths", Reference),
        ],
    );
    for heading in ["Some links of interest", "Around the web", "Links I liked this week", "Fundstücke", "Trouvailles"]
    {
        let above = format!("# Notes\n\n## {heading}\n\n");
        let quoted = "- [Looms](https://a.org)\n\n  > weave what you can sell";
        table(&above, &[(quoted, Read), ("- [Looms](https://a.org)", Reference)]);
    }
    table(
        DAY,
        &[
            ("- [Looms](https://a.org)\n\n  It made me laugh.", Read),
            ("- [Looms](https://a.org)\n\n  I think that this is true.", Read),
            ("- [Looms](https://a.org)\n\n  > the best loom for your money", Reference),
            ("- [Looms](https://a.org)\n\n  ```\n  weave\n  ```\n\n  great", Reference),
            ("- [Looms](https://a.org)\n\n**great**", Reference),
            ("- [Looms](https://a.org)\n\n> good", Reference),
        ],
    );
    let note =
        note("talks.md", "# Talks\n\n- [Looms](https://a.org)\n\n  A good one\n  and short.\n\n  > weave\n  > well\n");
    assert_eq!(
        note.reading.first().map(|it| it.remarks.clone()),
        Some(vec!["A good one and short.".to_owned(), "weave well".to_owned()])
    );
}

#[test]
fn authors_sources_and_reviews_of_a_thing_are_references() {
    let told = |item: &str| -> String {
        let note = note("n.md", &format!("# Read\n\n{item}\n"));
        let mark = |it: &Reading| if it.state == ReadingState::Reference { '-' } else { '+' };
        note.reading.iter().map(mark).collect()
    };
    let (a, b, c) = ("[Looms](https://a.org)", "[Ida](https://b.org)", "[Wim](https://c.org)");
    for (item, want) in [
        (format!("- {a} by {b} and {c}"), "+--"),
        (format!("- {a} de {b} y {c} (relectura)"), "+--"),
        (format!("- {a} ([review](https://b.org)) by {c}"), "+--"),
        (format!("- {a} (see {b})"), "+-"),
        (format!("- {a} – a classic. Found via {b}'s letter."), "+-"),
        (format!("- {a}. There is more about this in {b}."), "+-"),
        (format!("- {a} is about what went wrong with {b}"), "+-"),
        (format!("- {a} and {b}"), "++"),
        (format!("- {a}, {b}, {c}"), "+++"),
        (format!("- {a} by {b}, {c} by [Yan](https://d.org)"), "+-+-"),
        (format!("- {a} ([part 2](https://b.org))"), "++"),
        (format!("- {a}: dry. {b}: better."), "++"),
        (format!("- {a}. Then watched {b}."), "++"),
        (
            format!(
                "- **Looms for all**: the idea that all cloth was once woven by hand is wrong, as far as anybody can tell from finds: {b}\n- {a}"
            ),
            "-+",
        ),
        (
            format!("- {a}\n  - I did not care for looms before I found this and the {b}, and now I weave. Loved it."),
            "+-",
        ),
    ] {
        assert_eq!(told(&item), want, "{item}");
    }
}

#[test]
fn a_verb_with_its_subject_beats_a_label_and_brackets_count_in_a_title() {
    use ReadingState::*;
    table(
        "# Week 3\n\n",
        &[
            ("- **Watching**: this week I watched [Looms](https://a.org) and [Yarn](https://b.org).", Read),
            ("- **Watching**: [Looms](https://a.org)", Reading),
            ("- Reading: I finished the book [Looms](https://a.org).", Read),
            ("- [Looms (already read, but see its sources)](https://a.org)", Read),
            ("- [Looms (not read yet)](https://a.org)", ToRead),
            ("- [[to read] Looms](https://a.org)", ToRead),
            ("- [Looms (gelesen)](https://a.org)", Read),
            ("- [Looms (finished goods)](https://a.org)", Reference),
            ("No idea what this loom is for (haven't read it yet) but it has wings: https://a.org", ToRead),
        ],
    );
    table(
        "# Reading list\n\n",
        &[("- [Looms](https://a.org)\n  - I gave up on it in May. I picked it up again, and like it.", Reading)],
    );
}

#[test]
fn what_a_note_says_of_its_links_in_a_sentence() {
    let told =
        |path: &str, text: &str| -> Vec<&str> { note(path, text).reading.iter().map(|it| it.state.name()).collect() };
    for (path, text, want) in [
        (
            "a.md",
            "# Talks on looms\n\nA list of talks that I've watched.\n\n## May\n\n- [Looms](https://a.org)\n\n## To watch\n\n- [Yarn](https://b.org)\n",
            &["read", "to_look_at"][..],
        ),
        ("a.md", "# Reading list\n\nBooks which changed how I weave.\n\n- [Looms](https://a.org)\n", &["read"]),
        (
            "a.md",
            "# Weaving\n\n## Books\n\nSome books I want to read.\n\n- [Looms](https://a.org)\n\n## Tools\n\n- [Shuttle](https://b.org)\n",
            &["to_read", "reference"],
        ),
        ("2026-11-02.md", "The books I read there were good.\n\n- met Ida https://a.org\n", &[]),
        ("media log.md", "# Media log\n\n- [Looms](https://a.org), S1 (TV)\n", &["read"]),
        ("libros.md", "- [Looms](https://a.org)\n", &["unsorted"]),
        ("阅读.md", "- [Looms](https://a.org)\n", &["unsorted"]),
        ("books/looms.md", "- [Looms](https://a.org)\n", &[]),
        (
            "a.md",
            "# Week 4\n\n- Read and summed up two papers.\n  - [Looms](https://a.org)\n  - [Yarn](https://b.org)\n",
            &["read", "read"],
        ),
        ("a.md", "# Week 4\n\n- Read more papers\n  - [Looms](https://a.org)\n", &[]),
        (
            "a.md",
            "# Ida\n\n## Reading\n\n- **Finished**:\n  - [Looms](https://a.org)\n- **Started**\n  - [Yarn](https://b.org)\n",
            &["read", "reading"],
        ),
        ("a.md", "# Ida\n\n- **Finished**:\n  - [Looms](https://a.org)\n", &[]),
        ("now.md", "# Now\n\n## Reading\n\n- [Looms](https://a.org)\n", &["reading"]),
        ("a.md", "# 周报\n\n最近在学习的清单：\n\n- [Looms](https://a.org)\n", &["reading"]),
        (
            "a.md",
            "# Weben\n\nDas habe ich 2011 gelesen (nach Jahren):\n\n**Stoffe**\n\n- [Looms](https://a.org)\n\n**Garne**\n\n- [Yarn](https://b.org)\n",
            &["read", "read"],
        ),
        ("reading-list.md", "## Bookmarked\n\n- [Looms](https://a.org)\n", &["unsorted"]),
        (
            "a.md",
            "# What I've Been Reading\n\n- Ida Berg, “On Looms and What Was Woven: a History of the Shuttle and Its Many Uses,” _Weaving_, https://a.org/9\n",
            &["read"],
        ),
        ("a.md", "# Looms\n\n- Read through the comments on https://github.com/ida/loom/pull/3\n", &[]),
        (
            "a.md",
            "# Talks\n\n## Looms\n\n### About\n\n- URL: https://a.org\n\n**My score: 7/10**\n\n## Yarn\n\n- URL: https://b.org\n\n**My score:**\n",
            &["read", "reference"],
        ),
    ] {
        assert_eq!(told(path, text), want, "{text}");
    }
}

#[test]
fn signs_that_a_note_explains() {
    let told = |text: &str| -> Vec<&str> { note("n.md", text).reading.iter().map(|it| it.state.name()).collect() };
    let list = "## Looms\n\n- 🌑 [A](https://a.org)\n- 🌕 [B](https://b.org)\n- [🌗 C](https://c.org)\n- [D](https://d.org) 🌟\n- 🚀 [E](https://e.org)\n";
    let want = ["to_read", "read", "reading", "read", "reference"];
    assert_eq!(
        told(&format!("# Legend\n\n- 🌑 not read yet\n- 🌘 🌗 reading\n- 🌕 finished\n- 🌟 **loved it**\n\n{list}")),
        want
    );
    assert_eq!(told(&format!("🌑 to read, 🌗 reading, 🌕 read | 🌟 loved it\n\n{list}")), want);
    assert_eq!(told(list), ["reference", "reference", "reference", "read", "reference"]);
}

#[test]
fn rows_of_a_table_with_a_column_of_states() {
    let told = |text: &str| -> Vec<String> {
        note("n.md", text).reading.iter().map(|it| format!("{} {}", it.state.name(), it.title)).collect()
    };
    let table = "| Title | Author | Status |\n|---|:-:|---|\n| [Ash](https://a.org) | [Ida](https://i.org) | Done! |\n| [Bow](https://b.org) | Wim | In progress |\n| [Cog](https://c.org) | | - |\n| Yarn https://d.org | | to read |\n";
    assert_eq!(
        told(&format!("# Reading list\n\n{table}")),
        ["read Ash", "reading Bow", "unsorted Cog", "to_read Yarn"]
    );
    // a cell that only reading has makes it one; work has states too
    assert_eq!(told(&format!("# Looms\n\n{table}")), ["read Ash", "reading Bow", "to_read Cog", "to_read Yarn"]);
    let work = table.replace("to read", "next").replace("Title", "Loom");
    assert_eq!(told(&format!("# Looms\n\n{work}")), [""; 0]);
    assert_eq!(told(&format!("# Reading group\n\n{work}")), ["read Ash", "reading Bow", "to_read Cog", "to_read Yarn"]);
    // a name for the column is enough where most of its cells are states
    let lent = table.replace("Done!", "with Ida");
    assert_eq!(
        told(&format!("# Reading list\n\n{lent}")),
        ["unsorted Ash", "reading Bow", "unsorted Cog", "to_read Yarn"]
    );
    let told_well = table.replace("Done!", "done 3 May 2026, dry").replace("In progress", "p. 40");
    assert_eq!(
        told(&format!("# Reading list\n\n{told_well}")),
        ["read Ash", "reading Bow", "unsorted Cog", "to_read Yarn"]
    );
    let asked = "Title | Read?\n--|--\n[Ash](https://a.org) | yes\n[Bow](https://b.org) | no\n[Cog](https://c.org) | 2026-05-03\n[Dye](https://d.org) | [ ]\n";
    assert_eq!(told(&format!("# Books to read\n\n{asked}")), ["read Ash", "to_read Bow", "read Cog", "to_read Dye"]);
}

#[test]
fn simple_pasts() {
    use ReadingState::*;
    for above in [
        "Estos son los libros que leí en 2011:",
        "Lo que leímos este mes:",
        "Os livros que li em 2011:",
        "O que lemos este mês:",
        "Les livres que j'ai lus en 2011 :",
        "Ce que nous avons lu :",
        "Ich las im Urlaub:",
        "Bücher, die ich gelesen habe:",
    ] {
        table(&format!("# Lista\n\n{above}\n\n"), &[("- [Looms](https://a.org)", Read)]);
    }
}

#[test]
fn a_short_judgement_counts_where_reading_is_kept() {
    use ReadingState::*;
    let remark = "- https://a.org\n  - boring";
    case(&format!("# Looms\n\n## Background reading\n\n{remark}"), &[(5, Read)]);
    case(&format!("# Links\n\n{remark}\n- https://b.org"), &[(3, Read), (5, Reference)]);
    let long = "- https://a.org\n  - a good overview of all that has been tried with looms since 1801";
    case(&format!("# Looms\n\n## Background reading\n\n{long}"), &[(5, Reference)]);
}

#[test]
fn lines_in_bold_part_a_log() {
    use ReadingState::*;
    let log = "# Weeknotes 47\n\n**Reading**\n\n- https://a.org\n\n**On the pile for next week**\n\n- https://b.org\n";
    case(&format!("{log}\n**Cooking**\n\n- https://c.org"), &[(5, Read), (9, ToRead), (13, Reference)]);
}

#[test]
fn ways_about_a_site_footnotes_and_shops_are_no_reading() {
    use ReadingState::*;
    let list = "# Reading list\n\n[Home](https://a.org/1) | [Up](https://a.org/2)\n\n- https://b.org[^1]\n\n[^1]: https://c.org";
    case(list, &[(5, Unsorted)]);
    case("# Week\n\n## Shopping\n\n- [ ] a loom https://www.shop.org/dp/1", &[(5, Reference)]);
}

#[test]
fn months_of_a_reading_list_are_of_its_year() {
    for title in ["Reading 2025", "What I read in 2025", "Mes lectures 2025", "Books 2025"] {
        let note = note("n.md", &format!("# {title}\n\n## October\n\n- [x] https://a.org\n"));
        let finished = note.reading.first().and_then(|reading| reading.finished);
        assert_eq!(finished, Some(("2025-10-01".parse().unwrap(), ReadingPrecision::Month)), "{title}");
    }
}

/// The states of the links under a day, under a reading list, and in a note about anything.
#[track_caller]
fn table(above: &str, rows: &[(&str, ReadingState)]) {
    for (item, want) in rows {
        let text = format!("{above}{item}\n\n# Last\n\n## To read\n\n- https://last.org/\n");
        let found = states(&text);
        let first = found.first().map(|(_, state)| *state).filter(|_| found.len() > 1);
        assert_eq!(first, Some(*want), "{above}{item}: {found:?}");
    }
}

#[test]
fn what_stands_below_a_link_is_a_verdict_only_on_the_link() {
    use ReadingState::*;
    table(
        "# Reading list\n\n",
        &[
            ("- https://a.org\n  - 45 min", Unsorted),
            ("- https://a.org\n  - recommended by Ida", Unsorted),
            ("- https://a.org\n  - from the newsletter", Unsorted),
            ("- https://a.org\n  - for the workshop in May", Unsorted),
            ("- https://a.org\n  - want to read on the train", ToRead),
            ("- https://a.org\n  - not read yet", ToRead),
            ("- https://a.org\n  - half way", Reading),
            ("- https://a.org\n  - read 2026-11-04", Read),
            ("- https://a.org\n  - 4/5", Read),
            ("- https://a.org\n  - 45 min\n  - says that looms are slow", Read),
            ("- https://a.org\n  - gave up after chapter 3", Dropped),
            ("- https://a.org\n  - empfohlen von Ida", Unsorted),
            ("- https://a.org\n  - noch nicht gelesen", ToRead),
        ],
    );
    table(
        DAY,
        &[
            ("- https://a.org\n  - says that looms are slow", Read),
            ("- [Looms](https://a.org) by Ida Berg\n  - a shuttle costs ten", Read),
            ("- Looms explained https://a.org\n  - dry, but complete", Read),
            ("- Looms explained https://youtu.be/abc\n  - a shuttle costs ten", Read),
            ("- the board of the loom team https://a.org\n  - the red cards go first", Reference),
            ("- https://a.org\n  - Ida will mend it", Reference),
            ("- https://a.org\n  - restarted the pump\n  - root cause unknown", Reference),
            ("- https://a.org is down again\n  - the disk was full", Reference),
            ("- finished the migration, see https://a.org\n  - took four hours", Reference),
            ("- https://a.org\n  - from the newsletter", Reference),
        ],
    );
    table(
        "# Meeting 2026-11-02\n\nAttendees: Ida, Wim\n\n",
        &[
            ("- https://a.org\n  - the red cards go first", Reference),
            ("- https://a.org\n  - a good one, worth an hour", Read),
        ],
    );
}

#[test]
fn words_beside_a_link() {
    use ReadingState::*;
    table(
        "# Notes\n\n",
        &[
            ("- https://a.org - to read", ToRead),
            ("- https://a.org - unread", ToRead),
            ("- https://a.org - must read", ToRead),
            ("- must read: https://a.org", ToRead),
            ("- https://a.org - gave up", Dropped),
            ("- gave up on https://a.org", Dropped),
            ("- https://a.org - half way", Reading),
            ("- https://a.org - haven't finished", Reading),
            ("- haven't read https://a.org", ToRead),
            ("- https://a.org - already read twice", Read),
            ("- https://a.org (read 2026-11-04)", Read),
            ("- https://a.org ★★★★☆", Read),
            ("- [Looms](https://a.org) (4/5)", Read),
            ("- https://a.org #read", Read),
            ("- https://a.org #toread", ToRead),
            ("- https://a.org #to-read", ToRead),
            ("- https://a.org #reading", Reading),
            ("- https://a.org [status:: reading]", Reading),
            ("- https://a.org ✅ 2026-11-04", Read),
            ("- ~~https://a.org~~", Dropped),
            ("- ~~[Looms](https://a.org) by Ida~~ too long", Dropped),
            ("- [ ] ~~https://a.org~~", Dropped),
            ("- [x] ~~https://a.org~~", Read),
            ("- gelesen: https://a.org", Read),
            ("- https://a.org (à lire)", ToRead),
            ("- https://a.org - leído dos veces", Read),
            ("- https://a.org - não lido", ToRead),
            ("- read half of https://a.org", Reading),
            ("- finished the migration, see https://a.org", Reference),
            ("- watched the build https://a.org fail", Reference),
            ("- https://a.org - recommended by Ida", Reference),
        ],
    );
    let finished = |text: &str| note("n.md", text).reading.first().and_then(|reading| reading.finished);
    let day = Some(("2026-11-04".parse().unwrap(), ReadingPrecision::Day));
    for text in [
        "- https://a.org (read 2026-11-04)\n",
        "- https://a.org ✅ 2026-11-04\n",
        "- https://a.org\n  - read 2026-11-04\n",
    ] {
        assert_eq!(finished(text), day, "{text}");
    }
}

#[test]
fn a_to_do_is_for_reading_where_its_words_are_the_link() {
    use ReadingState::*;
    table(
        "# Week\n\n",
        &[
            ("- [ ] https://a.org", ToRead),
            ("- [ ] [Looms](https://a.org)", ToRead),
            ("- [ ] Looms for all -> https://a.org", ToRead),
            ("- [ ] read https://a.org", ToRead),
            ("- [ ] book Looms for all https://a.org", ToRead),
            ("- [ ] change data capture https://a.org", ToRead),
            ("- [ ] port the loom to https://a.org", Reference),
            ("- [ ] port X to https://a.org", Reference),
            ("- [ ] update https://a.org", Reference),
            ("- [ ] cancel https://a.org", Reference),
            ("- [ ] book a room https://a.org", Reference),
            ("- [ ] reply to https://a.org", Reference),
            ("- [ ] Wim: send the slides https://a.org", Reference),
            ("- [ ] Raum buchen https://a.org", Reference),
            ("- [x] cancel the hotel https://a.org", Reference),
            ("- [T] https://a.org", Reference),
        ],
    );
    table(
        "# To read\n\n",
        &[("- [ ] connect an app to the loom https://a.org", ToRead), ("- [T] https://a.org", ToRead)],
    );
    table(
        "# To read\n\n",
        &[("- [ ] book a room https://a.org", ToRead), ("- [ ] fix the loom https://a.org", Reference)],
    );
}

#[test]
fn headings_in_five_languages_and_operations() {
    use ReadingState::*;
    let first = |text: &str| states(text).first().map(|(_, state)| *state);
    for (text, want) in [
        ("# Leseliste\n\n- https://a.org\n", Unsorted),
        ("# Leseliste\n\n## Gelesen\n\n- https://a.org\n", Read),
        ("# Leseliste\n\n## Noch zu lesen\n\n- https://a.org\n", ToRead),
        ("# Lectures\n\n## À lire\n\n- https://a.org\n", ToRead),
        ("# Lectures de novembre\n\n## Lus\n\n- https://a.org\n", Read),
        ("# Lista de lectura\n\n## Pendientes\n\n- https://a.org\n", ToRead),
        ("# Lista de lectura\n\n## Leídos\n\n- https://a.org\n", Read),
        ("# Leituras\n\n## Lidos\n\n- https://a.org\n", Read),
        ("# Reading list\n\n## Not finished\n\n- https://a.org\n", Reading),
        ("# Reading list\n\n## Did not read\n\n- https://a.org\n", ToRead),
        ("# Reading list\n\n## Abandoned\n\n- https://a.org\n", Dropped),
        ("# November\n\n## Read\n\n- https://a.org\n\n## To read\n", Read),
    ] {
        assert_eq!(first(text), Some(want), "{text}");
    }
    for text in [
        "# Records\n\n## Create\n\n## Read\n\n- https://a.org\n\n## Update\n",
        "# Permissions\n\n## Read / Write\n\n- https://a.org\n",
        "# Permissions\n\n- Read\n  - https://a.org\n- Write\n  - https://b.org\n",
        "# Lectures\n\n- https://a.org\n",
    ] {
        assert_eq!(first(text), None, "{text}");
    }
}

#[test]
fn what_is_named_in_passing_is_a_reference() {
    use ReadingState::*;
    case(
        "# Reading list\n\n- jobs stop for many reasons, a library ([jobs](https://a.org)) or code can help",
        &[(3, Reference)],
    );
    case(
        "# Reading list\n\n- https://a.org\n  - a good one\n  - says that [b](https://b.org) is slow and old\n",
        &[(3, Read), (5, Reference)],
    );
}

#[test]
fn what_is_no_list_has_none() {
    for text in [
        "See [a](https://a.org) and https://b.org for more.\n",
        "# Tools\n\n- [a](https://a.org) weaves\n- https://b.org\n",
        "# Reading list\n\n| a | b |\n|--|--|\n| https://a.org | - [ ] https://b.org |\n",
        "# Reading list\n\n```\n- [ ] https://a.org\n```\n\n`- [ ] https://b.org`\n",
        "# Reading list\n\n![picture](https://a.org/a.png)\n\n- ![picture](https://a.org/a.png)\n",
        "# Reading list\n\n<!-- - [ ] https://a.org -->\n",
        "# Reading list\n\n- [[note]]\n- [a](a.md)\n- ida@example.org\n",
        "# Reading list\n\nI keep this list since somebody showed me [one](https://a.org) on a train.\n",
        "# Further reading\n\n- https://a.org\n  - a manual\n",
    ] {
        assert_eq!(states(text), [], "{text}");
    }
}

#[test]
fn prose_counts_where_it_says_so() {
    use ReadingState::*;
    assert_eq!(states(&format!("{DAY}Today I read [a](https://a.org), which is fine.\n")), [(5, Read)]);
    assert_eq!(states("# Reading list\n\n[a](https://a.org) - about looms\n"), [(3, Unsorted)]);
    assert_eq!(states("# To read\n\n### [a](https://a.org)\n"), [(3, ToRead)]);
}

#[test]
fn several_links_of_one_item() {
    let read = |text: &str| -> Vec<(String, Vec<String>)> {
        let others = |reading: &Reading| reading.others.iter().map(|(_, url)| url.clone()).collect();
        note("n.md", text).reading.iter().map(|reading| (reading.url.clone(), others(reading))).collect()
    };
    let url = |name: &str| format!("https://{name}.org");
    assert_eq!(read("- [ ] loom - https://a.org - https://b.org\n"), [(url("a"), vec![url("b")])]);
    assert_eq!(read("- [ ] [loom](https://a.org) ([pdf](https://b.org))\n"), [(url("a"), vec![url("b")])]);
    assert_eq!(read("- [ ] https://a.org and https://b.org\n"), [(url("a"), vec![]), (url("b"), vec![])]);
    assert_eq!(read("- [ ] the paper https://a.org and code https://b.org\n"), [(url("a"), vec![url("b")])]);
    assert_eq!(read("- [ ] [one](https://a.org), [two](https://b.org)\n"), [(url("a"), vec![]), (url("b"), vec![])]);
}

#[test]
fn a_day_at_the_front_dates_the_item_and_is_no_title() {
    let told = |item: &str| {
        let note = note("n.md", &format!("# Reading list\n\n## 2026\n\n{item}\n"));
        let found = note.reading.first();
        let day = |day: Option<(chrono::NaiveDate, ReadingPrecision)>| {
            day.map(|(day, _)| day.to_string()).unwrap_or_default()
        };
        found.map(|it| (it.state.name(), it.title.clone(), day(it.added), day(it.finished)))
    };
    let day = "2026-05-03";
    for (item, state, title, added, finished) in [
        ("- 2026-05-03: read [Looms](https://a.org)", "read", "Looms", day, day),
        ("- 2026-05-03 [Looms](https://a.org)", "unsorted", "Looms", day, ""),
        ("- 2026-05-03 - Looms for all https://a.org", "unsorted", "Looms for all", day, ""),
        ("- [x] 2026-05-03 https://a.org/looms", "read", "looms", day, day),
        ("- **2026-05-03**: [Looms](https://a.org) - read", "read", "Looms", day, day),
        ("- (3 May 2026) read [Looms](https://a.org)", "read", "Looms", day, day),
        ("- [x] (published: 2025-01-02, read: 2026-05-03) [Looms](https://a.org)", "read", "Looms", "", day),
        ("- read [Looms](https://a.org) (3 May 2026)", "read", "Looms", "", day),
        ("- [x] [Looms](https://a.org) by Ida Berg (May 03, 2026)", "read", "Looms", "", day),
        ("- 2026 in looms https://a.org", "unsorted", "2026 in looms", "", ""),
        ("- 2026-05-03: \n  - read https://a.org/looms", "read", "looms", day, day),
    ] {
        let want = (state, title.to_owned(), added.to_owned(), finished.to_owned());
        assert_eq!(told(item), Some(want), "{item}");
    }
}

#[test]
fn logs_collections_and_what_stands_around() {
    let told = |path: &str, text: &str| -> Vec<String> {
        note(path, text).reading.iter().map(|it| format!("{} {}", it.state.name(), it.title)).collect()
    };
    for (path, text, want) in [
        ("week 5.md", "# Weeknotes 5\n\n## Reading\n\n[Looms](https://a.org)\n\n> fine\n", &["read Looms"][..]),
        ("log.md", "# Log\n\n## 2026-11-02\n\n### Reading\n\n- [Looms](https://a.org)\n", &["read Looms"]),
        (
            "links.md",
            "# Bookmarks\n\n## Reading\n\n- [Looms](https://a.org)\n\n## Later\n\n- [Dyes](https://b.org)\n",
            &["reference Looms", "to_look_at Dyes"],
        ),
        (
            "a.md",
            "# Reading list\n\n## Reading\n\n- [Looms](https://a.org)\n\n## Read\n\n- [Dyes](https://b.org)\n",
            &["reading Looms", "read Dyes"],
        ),
        (
            "a.md",
            "# Roundup\n\nThings I read this week:\n*[Looms](https://a.org)\n*[Dyes](https://b.org)\n",
            &["read Looms", "read Dyes"],
        ),
        (
            "a.md",
            "# To read\n\n## TODO [Looms](https://a.org)\n\n## DONE [Dyes](https://b.org)\n",
            &["to_read Looms", "read Dyes"],
        ),
        (
            "a.md",
            "# To read\n\n- [ ] [Looms](https://a.org)\n  - [praised here](https://b.org)\n",
            &["to_read Looms", "reference praised here"],
        ),
        (
            "a.md",
            "# Woche 3\n\nDiese Woche [Weben](https://a.org) gelesen. Gut.\n\n[Färben](https://b.org) noch nicht gelesen.\n",
            &["read Weben", "to_read Färben"],
        ),
        (
            "week-15.md",
            "# Week 15\n\n**Done**\n\n- wrote the handbook https://a.org/h\n\n**Worth reading**\n\n- [Looms](https://b.org)\n",
            &["reference wrote the handbook", "to_read Looms"],
        ),
        (
            "a.md",
            "# March 2026 — what I read\n\n- [Looms](https://a.org)\n\n## Started, not finished\n\n- [Yarn](https://b.org)\n\n## For April\n\n- [Dye](https://c.org)\n",
            &["read Looms", "reading Yarn", "to_read Dye"],
        ),
        (
            "2026-06-18.md",
            "# 18 June 2026\n\n## Reading\n\n- [Looms](https://a.org)\n\n## To read\n\n- [Yarn](https://b.org)\n",
            &["read Looms", "to_read Yarn"],
        ),
        ("now.md", "# What I do\n\n## Elsewhere\n\n- [Looms](https://a.org)\n", &[]),
        (
            "2026-06-10.md",
            "- TODO renew the pass https://a.org\n- DONE paid the bill https://b.org\n- TODO [Looms](https://c.org)\n- LATER [[reading]] https://d.org/yarn\n- NOW https://e.org/dye\n",
            &["reference renew the pass", "reference paid the bill", "to_read Looms", "to_read yarn", "reading dye"],
        ),
        (
            "2026-06-10.md",
            "- [x] rotate the keys, see https://a.org/keys\n- [ ] [Looms](https://c.org)\n- ticket https://b.org/browse/AB-1 done\n",
            &["reference rotate the keys, see", "to_read Looms", "reference ticket"],
        ),
        (
            "Books 2024.md",
            "# Books 2024\n\n1. [Looms](https://a.org)\n\n## Wishlist\n\n- [Yarn](https://b.org)\n",
            &["unsorted Looms", "to_look_at Yarn"],
        ),
        (
            "a.md",
            "read later https://a.org/looms\n\nhttps://b.org/yarn - loved it\n\nmanual https://c.org/dye\n",
            &["to_read looms", "read yarn"],
        ),
        (
            "a.md",
            "# Artículos leídos\n\n- Berg, I. 2019. On looms and on what was woven with them, and where, for whom and when: weaving 3. doi https://a.org/looms\n",
            &[
                "read Berg, I. 2019. On looms and on what was woven with them, and where, for whom and when: weaving 3. doi",
            ],
        ),
        ("a.md", "# 待读\n\n[√ Looms](https://a.org)\n\n[Dyes](https://b.org)\n", &["read √ Looms", "to_read Dyes"]),
        (
            "a.md",
            "# Looms\n\nI borrowed these, and want them back. I want to read first:\n\n- [A loom](https://a.org)\n",
            &["to_read A loom"],
        ),
        (
            "a.md",
            "# Reading list\n\n- [x] [Looms](https://a.org) by [Ida Berg](https://b.org)\n",
            &["read Looms", "reference Ida Berg"],
        ),
        (
            "a.md",
            "# Log\n\n## 2026-11-02\n\n- finish [Looms](https://b.org)\n- Read about dyes in [the book of dyes](https://a.org); fine\n",
            &["to_read Looms", "read the book of dyes"],
        ),
        (
            "a.md",
            "# Log\n\n## 2026-11-02\n\n- LATER Read [Looms](https://a.org)\n- LATER fix [it](https://b.org)\n",
            &["to_read Looms", "reference LATER fix it"],
        ),
    ] {
        assert_eq!(told(path, text), want, "{text}");
    }
}

#[test]
fn lines_of_links_in_paragraphs() {
    let titles = |text: &str| -> Vec<String> {
        note("n.md", text).reading.iter().map(|it| format!("{} {}", it.state.name(), it.title)).collect()
    };
    let list = |line: &str| titles(&format!("# Weaving\n\n## To read\n\n{line}\n"));
    for (line, want) in [
        ("[One](https://a.org) and [Two](https://b.org), for later.", &["to_read One", "to_read Two"][..]),
        ("Looms explained https://a.org", &["to_read Looms explained"]),
        ("Looms explained: https://a.org\nShuttles: https://b.org", &["to_read Looms explained", "to_read Shuttles"]),
        ("https://a.org Weaving on your own", &["to_read Weaving on your own"]),
        ("One: https://a.org, Two: https://b.org", &["to_read One", "to_read Two"]),
        ("See the notes of Wim at https://a.org for the rest of it.", &[]),
        ("This is kept with the help of https://a.org", &[]),
    ] {
        assert_eq!(list(line), want, "{line}");
    }
}

#[test]
fn notes_about_one_thing() {
    for (text, want) in [
        (
            "---\ntitle: Looms\ntype: book\nstatus: finished\nfinished: 2026-01-19\nsource: https://a.org/looms\n---\n",
            "Read Looms 2026-01-19",
        ),
        (
            "---\ntitle: Looms\ntags: [book, weaving]\nstatus: reading\nurl: https://a.org\n---\nA [link](https://b.org).\n",
            "Reading Looms",
        ),
        (
            "---\ntitle: Looms\nstatus: to read\nlink: https://a.org\nauthor: Ida Berg\n---\n",
            "ToRead Looms by Ida Berg",
        ),
        ("---\ntitle: Looms\ntype: book\nstatus: abandoned\nurl: https://a.org\n---\n", "Dropped Looms"),
        ("# Looms\n\nStatus: Finished\nType: Book\nLink: https://a.org\n", "Read Looms"),
        // a project, a page without a state, a state without a page
        ("---\ntitle: Looms\nstatus: finished\nurl: https://a.org\n---\n", ""),
        ("---\ntitle: Looms\ntype: book\nurl: https://a.org\n---\n", ""),
        ("---\ntitle: Looms\ntype: book\nstatus: reading\n---\n", ""),
        ("---\ntitle: Looms\ntype: book\nstatus: reading\nurl: looms.pdf\n---\n", ""),
    ] {
        let note = note("n.md", text);
        let shown = note.reading.iter().filter(|reading| reading.state != ReadingState::Reference).map(|reading| {
            let author = reading.author.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
            let finished = reading.finished.map(|(day, _)| format!(" {day}")).unwrap_or_default();
            assert_eq!(reading.span.of(text), reading.url, "{text}");
            format!("{:?} {}{author}{finished}", reading.state, reading.title)
        });
        assert_eq!(shown.collect::<Vec<_>>().join("; "), want, "{text}");
    }
}

#[test]
fn the_group_and_the_days() {
    let text = "# Log\n\n## Nov 2026\n\n### Looms\n\n- should look at\n  - hand looms\n    - https://a.org\n- read recently\n  - https://b.org\n";
    let note = note("n.md", text);
    let [a, b] = note.reading.as_slice() else { panic!("{:?}", note.reading) };
    assert_eq!(a.group, ["Looms", "should look at", "hand looms"]);
    assert_eq!((a.added, a.finished), (Some(("2026-11-01".parse().unwrap(), ReadingPrecision::Month)), None));
    assert_eq!(b.finished, Some(("2026-11-01".parse().unwrap(), ReadingPrecision::Month)));
}

proptest! {
    /// Whatever a note says, its reading list is in it, in the order of the text, and nothing panics.
    #[test]
    fn lists_lie_in_the_text(text in "(- |  - |\\[ \\] |\\[x\\] |# |to read|read recently|https://a\\.org|\\[a\\]\\(https://b\\.org\\)|\n|\n\n| |\\(|é|```|> |\\| |x ){0,40}") {
        let note = note("reading list.md", &text);
        let mut last = 0;
        for reading in &note.reading {
            prop_assert!(reading.span.of(&text).contains("://"));
            prop_assert!(reading.span.start >= last);
            last = reading.span.start;
            prop_assert!(!reading.title.is_empty());
            prop_assert!(reading.text_start.is_none_or(|at| text.is_char_boundary(at)));
            if let Some(task) = reading.task {
                prop_assert!(note.tasks.get(task).is_some());
            }
        }
        prop_assert!(note.reading.is_empty() || note.reading.iter().any(|reading| reading.state != ReadingState::Reference));
    }
}
