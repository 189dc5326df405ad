//! Measurements. Each bench ends with one JSON line of its figures.

use crate::app::Profile;
use crate::setup::Need;
use crate::{Bench, Outcome, setup, test};
use xshell::{Shell, cmd};

pub(crate) fn run(shell: &Shell, which: Option<Bench>) -> Outcome {
    let wanted = |this| which.is_none_or(|which| which == this);
    setup::ensure(shell, &[Need::Core])?;
    for (bench, package, name) in [
        (Bench::Letters, "letters", "letters"),
        (Bench::Store, "desk-tests", "store"),
        (Bench::Api, "desk-tests", "api"),
        (Bench::Pull, "desk-tests", "pull"),
    ] {
        if wanted(bench) {
            cmd!(shell, "cargo bench --quiet -p {package} --bench {name}").run()?;
        }
    }
    if wanted(Bench::Window) {
        setup::ensure(shell, &[Need::Core, Need::Window, Need::Tests])?;
        test::window_test(shell, "window_figures", Profile::Release)?;
    }
    Ok(())
}
