//! Whole sessions: `tests/cmd/*.trycmd` shows what is typed and what is answered, as a user sees it.
//!
//! `$` begins a call, `? 2` states its exit status (0 if it is not stated); the lines below are what it says, standard error
//! first. Where the two streams must be told apart, or standard input matters, the session is a `.toml`.
//! `TRYCMD=overwrite cargo test --test sessions` writes the answers anew; read the difference before you commit it.

#[test]
fn sessions_go_as_they_are_written_down() {
    for variable in ["IDEAS_CATALOG", "IDEAS_CONFIG_DIR", "IDEAS_DATA_DIR"] {
        assert!(
            std::env::var_os(variable).is_none(),
            "{variable} is set: the sessions would answer from there instead of from what is built in"
        );
    }
    // What is built in, and most of our pages, were of use then.
    sessions().env("IDEAS_TODAY", "2025-10-15").case("tests/cmd/*.trycmd").skip(TERMS).case("tests/cmd/*.toml").run();
    // Tells the day itself, call by call.
    sessions().case(TERMS).run();
}

const TERMS: &str = "tests/cmd/terms.trycmd";

fn sessions() -> trycmd::TestCases {
    let nothing_fetched = concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-fetched");
    let sessions = trycmd::TestCases::new();
    sessions
        // Help is wrapped to this, whatever the terminal.
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .env("PAGER", "less")
        // Nobody has fetched or shortlisted anything; sessions that do have a data folder of their own.
        .env("XDG_DATA_HOME", nothing_fetched)
        .env("XDG_CONFIG_HOME", nothing_fetched)
        .env("APPDATA", nothing_fetched);
    sessions
}
