//! Hornbook: a learning notebook for people who learn at work.

pub mod disk;
pub mod model;
pub mod parse;
pub mod query;
