//! Days and ranges of days, and the words that people use for them.
