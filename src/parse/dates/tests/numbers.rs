//! Days and months that say less than the month or year above them: `## 2` in May 2025, `## March` in 2005.

use super::*;

/// Notes whose third and sixth line are 3 and 5 May 2025.
#[test]
fn numbers_below_a_month_are_days() {
    for (one, two) in [
        ("## 3", "## 5"),
        ("## 3.", "## 5."),
        ("## 03", "## 05"),
        ("## Day 3", "## Day 5"),
        ("### 3", "### 5"),
        ("## Tag 3", "## Tag 5"),
        ("## 3日", "## 5日"),
    ] {
        let wanted = ["3-4 2025-05-03", "6-7 2025-05-05"];
        for title in ["# May 2025", "# 2025-05", "# Journal May 2025", "# 2025年5月", "# 5月 2025", "# Mai 2025"] {
            case("n.md", &format!("{title}\n\n{one}\na\n\n{two}\nb\n"), &wanted);
        }
        for path in ["2025-05.md", "journal/2025-05.md", "202505.md", "2025/05.md", "2025/May.md", "log 2025-05.md"] {
            case(path, &format!("a\n\n{one}\na\n\n{two}\nb\n"), &wanted);
            case(path, &format!("# Log\n\n{one}\na\n\n{two}\nb\n"), &wanted);
        }
    }
    case(
        "n.md",
        "# Work\n## May 2025\n### 5\n### 3\n## June 2025\n### 1\n### 2\n",
        &["3-3 2025-05-05", "4-4 2025-05-03", "6-6 2025-06-01", "7-7 2025-06-02"],
    );
    case("n.md", "# 2025\n## May\n### 3\n### 5\n", &["3-3 2025-05-03", "4-4 2025-05-05"]);
    case("2025-05.md", "# 3\na\n# 5\nb\n", &["1-2 2025-05-03", "3-4 2025-05-05"]);
    // beside days that say more
    case("2025-05.md", "## 3\n## Sun 4th\n## 5\n", &["1-1 2025-05-03", "2-2 2025-05-04", "3-3 2025-05-05"]);
}

#[test]
fn numbers_that_count_something_else_are_no_days() {
    let is_month = |text: &str| case("n.md", &format!("# May 2025\n\n{text}\n"), &[&told_to_end(text)]);
    for text in [
        // chapters, and what is counted in words beside them
        "## 1 Introduction\n\n## 2 Methods",
        "## 1\n\n## 2 Methods\n\n## 3",
        "## 1. Read more\n\n## 2.",
        // one alone, in no order, said twice, of no such month
        "## 3",
        "## 3\n\n## 9\n\n## 5",
        "## 3\n\n## 3",
        "## 30\n\n## 31\n\n## 32",
        "## 0\n\n## 1",
        "## Day 98\n\n## Day 99",
        // below something else
        "## Problems\n\n### 1\n\n### 2",
        // other words and signs
        "## 3 a\n\n## 5 b",
        "## Part 3\n\n## Part 5",
        "## (3)\n\n## (5)",
        "## 3)\n\n## 5)",
        "## 3/5\n\n## 5/5",
        "## 003\n\n## 005",
        "- 3\n- 5",
    ] {
        is_month(text);
    }
    case("n.md", "# June 2025\n\n## 30\n\n## 31\n", &["1-5 2025-06"]);
    // what is about something else
    case("n.md", "# Goals May 2025\n\n## 1\n\n## 2\n", &["1-5 2025-05"]);
    case("2025-05.md", "# Three ideas\n\n## 1\n\n## 2\n", &["1-5 2025-05"]);
    case("2025-05-goals.md", "a\n\n## 1\n\n## 2\n", &["1-5 2025-05"]);
    case("2025-05/ideas.md", "a\n\n## 1\n\n## 2\n", &["1-5 2025-05"]);
    case("2025-05-03.md", "a\n\n## 1\n\n## 2\n", &["1-5 2025-05-03"]);
    case("2025.md", "a\n\n## 1\n\n## 2\n", &[]);
    case("n.md", "# May\n\n## 1\n\n## 2\n", &[]);
    case("n.md", "# N\n\n## 1\n\n## 2\n", &[]);
    // below a day
    case("2025-05.md", "## 3\n\n### 1\n\n### 2\n\n## 5\n", &["1-5 2025-05-03", "7-7 2025-05-05"]);
}

/// The month of a note that begins with two lines more, as an entry.
fn told_to_end(text: &str) -> String {
    format!("1-{} 2025-05", text.lines().count() + 2)
}

#[test]
fn a_year_in_the_title_of_its_journal_counts() {
    for title in ["2023 in review", "Log 2023", "Diary 2023", "2023 Journal", "My year 2023"] {
        case("n.md", &format!("# {title}\n\n## 3 January\na\n"), &["3-4 2023-01-03"]);
    }
    for title in [
        "GOTO 2023",
        "Notes on GOTO 2023",
        "2023 conferences",
        "Review 2023",
        "Reviews in 2023",
        "Budget 2023",
        "Years 1990 to 2023",
    ] {
        case("n.md", &format!("# {title}\n\n## 3 January\na\n"), &[]);
    }
}

#[test]
fn a_month_below_its_year_is_an_entry() {
    case("n.md", "# 2005\n\n## March\na\n\n## May\nb\n", &["3-4 2005-03", "6-7 2005-05"]);
    case("n.md", "# N\n\n## 2005\n\n### March\na\n", &["5-6 2005-03"]);
    case("n.md", "# Log 2005\n\n## March\na\n", &["3-4 2005-03"]);
    case("log-2005.md", "# Log\n\n## March\na\n", &["3-4 2005-03"]);
    // with days below it is where these are
    case("n.md", "# 2005\n\n## March\n\n### 3rd\na\n", &["5-6 2005-03-03"]);
    // whose year it is stays open
    case("n.md", "# N\n\n## March\na\n", &[]);
    case("n.md", "# GOTO 2005\n\n## March\na\n", &[]);
    case("budget-2005.md", "# Budget\n\n## March\na\n", &[]);
    case("2005/budget.md", "# Budget\n\n## March\na\n", &[]);
    let entries = Sketch::new("n.md", "# 2005\n\n## March\na\n").read().entries;
    assert_eq!(entries[0].why, ["the month in line 3: \"March\"", "year from the title: \"2005\""]);
}

#[test]
fn months_and_days_in_characters() {
    for (title, day) in [("9月 2021", "9月3日"), ("2021年9月", "9月3日"), ("2021년 9월", "9월 3일"), ("2021", "9月3日")]
    {
        case("n.md", &format!("# {title}\n\n## {day}\na\n"), &["3-4 2021-09-03"]);
    }
    case("n.md", "# N\n\n## 9月 2021\na\n", &["3-4 2021-09"]);
    // no year; no such day; five months
    case("n.md", "# N\n\n## 9月3日\na\n", &[]);
    case("n.md", "# 2021年9月\n\n## 9月31日\n", &["1-3 2021-09"]);
    case("n.md", "# 2021年\n\n## 5月\n", &[]);
}
