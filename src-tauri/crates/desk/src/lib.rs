//! What an agent can do, without a window: the use cases, the ports they need, and the contract the window sees.

#![forbid(unsafe_code)]

pub mod contract;
