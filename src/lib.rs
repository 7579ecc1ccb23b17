//! Hornbook: a learning notebook for people who learn at work.

pub mod disk;
pub mod edit;
pub mod model;
pub mod parse;
pub mod report;
pub mod view;
