//! How made-up pages are tried.

use std::env;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// So many pages, the same few on every run, because a test that fails now and then is believed by nobody.
///
/// To look further: `PROPTEST_RNG_SEED=1 PROPTEST_CASES=20000 cargo test --release --test properties`.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let set = |variable| env::var_os(variable).is_some();
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: if set("PROPTEST_CASES") { usual.cases } else { cases },
        rng_seed: if set("PROPTEST_RNG_SEED") { usual.rng_seed } else { RngSeed::Fixed(2026) },
        failure_persistence: None,
        ..usual
    }
}
