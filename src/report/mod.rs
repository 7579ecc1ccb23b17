//! Floor 6: facts in, answers out, as plain values that every format shows alike.

pub mod resolve;
