//! One call from the window to one use case, by name. Testable without a window.

use crate::Desk;
use crate::contract::*;
use crate::contract::{Problem, ProblemCode, commands};
use serde_json::Value;
use std::collections::BTreeMap;

macro_rules! dispatch {
    ($($(#[$doc:meta])* $name:ident($take:ty) -> $give:ty;)+) => {
        impl Desk {
            /// Calls a command of [`COMMANDS`] with its argument as JSON.
            ///
            /// # Errors
            /// The use case's failure, worded; [`ProblemCode::BadRequest`] for an unknown name or a wrong argument.
            pub async fn call(&self, name: &str, take: Value) -> Result<Value, Problem> {
                match name {
                    $(stringify!($name) => {
                        let take: $take = serde_json::from_value(take).map_err(|error| bad(name, &error.to_string()))?;
                        let give: $give = Box::pin(self.$name(take)).await.map_err(|error| {
                            let problem = error.problem();
                            tracing::warn!(command = name, code = ?problem.code, "a command failed");
                            problem
                        })?;
                        serde_json::to_value(give).map_err(|error| bad(name, &error.to_string()))
                    })+
                    _ => Err(bad(name, "there is no such command")),
                }
            }
        }
    };
}
commands!(dispatch);

fn bad(name: &str, reason: &str) -> Problem {
    Problem { code: ProblemCode::BadRequest, message: format!("{name}: {reason}"), fields: BTreeMap::new() }
}
