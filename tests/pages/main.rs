//! The site in a real headless Chromium: what it says and asks for, keys, colours, widths, print, no script, axe-core.
//!
//! The tests of one process share their browsers, because starting one costs more than a test; each gets a profile of its own.
//! Where there is no Chromium they are ignored; where `CI` is set that is a failure.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]
#![expect(clippy::disallowed_methods, reason = "a test's own files and environment")]

mod access;
mod browser;
#[expect(dead_code, reason = "what other tests of the site need")]
#[path = "../site/desk.rs"]
mod desk;
#[path = "../runner/folder.rs"]
mod folder;
mod hostile;
mod keys;
mod links;
mod media;
#[path = "../site/hostile.rs"]
mod payloads;
mod previews;
mod quiet;
mod script;
mod search;
mod site;
mod tree;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::OnceLock;

use libtest_mimic::Arguments;
use libtest_mimic::Trial;

use crate::browser::Browser;
use crate::site::Site;

type Test = fn(&mut Browser, &Site);

/// Functions of modules with their names.
macro_rules! tests {
    ($($module:ident: $($name:ident),+;)+) => {
        &[$($((concat!(stringify!($module), "::", stringify!($name)), $module::$name)),+),+]
    };
}

const TESTS: &[(&str, Test)] = tests! {
    access: axe_finds_nothing_in_the_light, axe_finds_nothing_in_the_dark, axe_finds_nothing_on_a_phone,
        axe_would_find_something;
    hostile: nothing_in_a_note_runs;
    keys: everything_is_reached_in_order_and_shows_it, the_first_link_skips_to_the_content,
        folded_parts_open_by_key_and_by_link, keys_lead_through_sections_and_notes, only_what_scrolls_is_a_stop;
    links: headings_blocks_and_boxes_are_found;
    media: the_system_decides_until_somebody_does, no_page_is_wider_than_a_phone, hebrew_runs_from_the_right,
        paper_gets_the_text_alone, nothing_moves_for_those_who_do_not_want_it;
    previews: a_pointed_link_says_where_it_leads, keys_show_it_and_touch_does_not;
    quiet: pages_say_nothing_and_ask_no_other_host, the_policy_holds, nothing_jumps, pages_are_small;
    script: everything_is_there_without_script, what_a_note_says_stands_on_its_page, code_is_copied;
    tree: folders_fold_and_say_what_is_in_them, a_phone_has_it_behind_a_button, the_section_in_view_is_marked;
    search: it_is_found_by_keyboard_from_a_disk, nothing_is_loaded_before_it_is_asked_for, words_are_found_however_they_are_typed,
        every_script_and_spelling_is_found, conditions_hold, nothing_in_an_answer_runs, axe_finds_nothing_in_an_answer, it_answers_as_the_terminal_does;
};

/// What the tests share: browsers that no test has at present, and the bakery's site.
#[derive(Default)]
struct Shared {
    browsers: Mutex<Vec<Browser>>,
    site: OnceLock<Site>,
}

impl Shared {
    /// Runs a test; its browser is taken by another one only when all was well.
    fn run(&self, test: Test) {
        let idle = self.browsers.lock().unwrap().pop();
        let mut browser = idle.unwrap_or_else(Browser::start);
        browser.renew();
        test(&mut browser, self.site.get_or_init(Site::build));
        self.browsers.lock().unwrap().push(browser);
    }
}

fn main() -> ExitCode {
    let shared = Arc::new(Shared::default());
    let ignored = browser::program().is_none() && std::env::var_os("CI").is_none();
    let trials = TESTS.iter().map(|(name, test)| {
        let shared = Arc::clone(&shared);
        let run = move || {
            shared.run(*test);
            Ok(())
        };
        Trial::test(*name, run).with_ignored_flag(ignored)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}
