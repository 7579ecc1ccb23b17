//! The frame speaks the language of the notebook, each note its own.

use std::fs;

use crate::desk::BOOK;
use crate::desk::Desk;

const GERMAN: &str = "Der Teig ruht über Nacht und wird am Morgen noch einmal gefaltet, damit das Brot nicht auseinander läuft. \
    Danach kommt er in den Ofen, und wir warten, bis die Kruste dunkel ist.\n";
const FRENCH: &str = "La pâte repose toute la nuit dans la cave, puis nous la plions encore une fois avant de la mettre au four. \
    Il faut attendre que la croûte soit bien foncée.\n";
const ENGLISH: &str = "The dough rests over night in the cellar, and we fold it once more before it goes into the oven. \
    Then we wait until the crust is dark.\n";

#[track_caller]
fn has(desk: &Desk, page: &str, words: &[&str]) {
    let text = fs::read_to_string(desk.site().join(page)).unwrap();
    for word in words {
        assert!(text.contains(word), "{page}: {word}: {text}");
    }
}

#[test]
fn most_published_notes_say_the_language_of_the_frame() {
    let task =
        format!("---\ndate: 2026-11-03\n---\n{GERMAN}\n- [/] Mehl 📅 2026-11-30\n\n> [!tip]\n> mehr\n\n[[nirgends]]\n");
    let private = format!("---\nprivate: true\n---\n{FRENCH}");
    let desk = Desk::new(
        BOOK,
        &[
            ("a.md", task.as_str()),
            ("b.md", GERMAN),
            ("c.md", ENGLISH),
            ("d.md", &private),
            ("e.md", &private),
            ("f.md", &private),
        ],
    );
    desk.build();
    has(
        &desk,
        "index.html",
        &["<html lang=\"de\"", "Zum Inhalt", ">Zu tun</a>", "<div lang=\"en\">", ">03.11.2026</time>"],
    );
    let words = ["in Arbeit", "fällig 30.11.2026", "Tipp", "title=\"Diese Notiz gibt es nicht\"", ">03.11.2026</time>"];
    has(&desk, "a.html", &words);
    has(&desk, "c.html", &["<html lang=\"en\"", "<header class=\"top\" lang=\"de\">", "Zurück"]);
    has(&desk, "all/titles.html", &["3 Notizen"]);
    has(&desk, "all/open.html", &["<div lang=\"en\">", "Dasselbe als JSON"]);
    has(&desk, "404.html", &["Nicht gefunden"]);
    has(&desk, "assets/script.js", &["var hornbook_words={", "\"search\":\"Suchen\""]);
    // a setting says it, whatever the notes are
    desk.put("../book.toml", BOOK.replace("src", "language = \"ja\"\nsrc"));
    desk.build();
    has(&desk, "a.html", &["<html lang=\"de\"", "<header class=\"top\" lang=\"ja\">", "本文へ移動", "2026年11月3日"]);
    // a language that the frame does not speak is the page's all the same, with English words
    desk.put("../book.toml", BOOK.replace("src", "language = \"sv\"\nsrc"));
    desk.build();
    has(
        &desk,
        "a.html",
        &["<html lang=\"de\"", "<header class=\"top\" lang=\"en\">", "Skip to the content", "2026-11-03<"],
    );
}
