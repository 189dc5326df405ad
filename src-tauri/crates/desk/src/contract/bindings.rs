//! TypeScript for every type of the contract and the map of commands, as one file's text.

use super::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use ts_rs::{Config, TS, TypeVisitor};

struct Declarations {
    config: Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types of our own have a path; numbers, strings and lists are TypeScript's.
        if T::output_path().is_none() || self.found.contains_key(&T::ident(&self.config)) {
            return;
        }
        let mut text = String::new();
        if let Some(docs) = T::docs() {
            text.push_str(&docs);
        }
        text.push_str("export ");
        text.push_str(&T::decl(&self.config));
        self.found.insert(T::ident(&self.config), text);
        T::visit_dependencies(self);
    }
}

macro_rules! typescript_of {
    ($($(#[doc = $doc:literal])* $name:ident($take:ty) -> $give:ty;)+) => {
        /// The whole binding file: what `cargo xtask gen` writes and CI compares.
        #[must_use]
        pub fn typescript() -> String {
            let mut types = Declarations { config: Config::default(), found: BTreeMap::new() };
            let mut map = String::from("export interface Commands {\n");
            $(
                types.visit::<$take>();
                types.visit::<$give>();
                <$take as TS>::visit_dependencies(&mut types);
                <$give as TS>::visit_dependencies(&mut types);
                <$give as TS>::visit_generics(&mut types);
                // Writing into a String cannot fail.
                let _ = writeln!(
                    map,
                    "  /**{} */\n  {}: {{ take: {}; give: {} }};",
                    concat!($($doc),*), stringify!($name), <$take>::name(&types.config), <$give>::name(&types.config)
                );
            )+
            map.push_str("}\n");
            types.visit::<DeskEvent>();
            types.visit::<Problem>();
            // Of a call that answers bytes, and so is in no list.
            types.visit::<FaxFineness>();
            let mut out = String::from("// Made from the Rust contract by `cargo xtask gen`. Do not edit.\n\n");
            for declaration in types.found.values() {
                out.push_str(declaration);
                out.push_str("\n\n");
            }
            out.push_str(&map);
            out
        }
    };
}
commands!(typescript_of);
