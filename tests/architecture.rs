//! Which crate may know which: the house's one-way dependencies, read from cargo itself.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};
use std::collections::{BTreeMap, BTreeSet};

fn packages() -> Vec<Package> {
    let metadata = MetadataCommand::new().no_deps().other_options(vec!["--offline".into()]).exec().unwrap();
    metadata.packages
}

fn normal(package: &Package) -> BTreeSet<String> {
    package.dependencies.iter().filter(|dep| dep.kind == DependencyKind::Normal).map(|dep| dep.name.clone()).collect()
}

#[test]
fn our_crates_depend_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("domain", &[] as &[&str]),
        ("portal-api", &["domain"]),
        ("store", &["domain"]),
        ("letters", &["domain"]),
        // Only for the names of the US states.
        ("practice-portal", &["domain"]),
        ("sync", &["domain", "portal-api", "store"]),
        ("desk", &["domain", "letters", "portal-api", "practice-portal", "store", "sync"]),
        ("platform", &["desk"]),
        ("cli", &["desk", "platform", "practice-portal"]),
        ("dispute-desk", &["desk", "platform"]),
        ("xtask", &[]),
        ("desk-tests", &["desk", "domain", "letters", "platform", "portal-api", "practice-portal", "store", "sync"]),
    ]);
    let packages = packages();
    let ours: BTreeSet<String> = packages.iter().map(|package| package.name.to_string()).collect();
    assert_eq!(ours, allowed.keys().map(|name| (*name).to_owned()).collect(), "every crate has its line here");
    for package in &packages {
        let may: BTreeSet<String> = allowed[package.name.as_str()].iter().map(|name| (*name).to_owned()).collect();
        let does: BTreeSet<String> = normal(package).intersection(&ours).cloned().collect();
        assert!(does.is_subset(&may), "{} depends on {:?}", package.name, does.difference(&may).collect::<Vec<_>>());
    }
}

#[test]
fn each_big_library_is_known_to_one_crate_only() {
    let only: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("tauri", &["dispute-desk"] as &[&str]),
        ("reqwest", &["portal-api"]),
        // The practice portal is a server of its own, with its own database.
        ("sqlx", &["store", "practice-portal"]),
        // The desk serves the one page that Microsoft's sign-in returns to.
        ("axum", &["practice-portal", "desk"]),
        ("printpdf", &["letters"]),
        ("parley", &["letters"]),
        ("keyring", &["platform"]),
        ("rfd", &["platform"]),
        ("ts-rs", &["desk"]),
        ("clap", &["cli", "dispute-desk", "xtask"]),
    ]);
    for package in packages() {
        for library in normal(&package) {
            if let Some(knowers) = only.get(library.as_str()) {
                assert!(knowers.contains(&package.name.as_str()), "{} may not know {library}", package.name);
            }
        }
    }
}

#[test]
fn domain_types_are_not_serialisable() {
    let domain = packages().into_iter().find(|package| package.name == "domain").unwrap();
    assert!(!normal(&domain).contains("serde"));
}

#[test]
fn every_version_is_named_once_at_the_top() {
    for package in packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        let mut in_dependencies = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                in_dependencies = line.trim_end().ends_with("dependencies]");
            } else if in_dependencies && !line.starts_with('#') {
                assert!(!line.contains("version =") && !line.contains("= \""), "{}: {line}", package.name);
            }
        }
    }
}
