//! Whole sessions: `tests/cmd/*.trycmd` shows what is typed and what is answered, as a user sees it.
//!
//! `$` begins a call, `? 2` states its exit status (0 if it is not stated); the lines below are what it says, standard error
//! first. Where the two streams must be told apart, or standard input matters, the session is a `.toml`.
//! `TRYCMD=overwrite cargo test --test sessions` writes the answers anew; read the difference before you commit it.

#[test]
fn sessions_go_as_they_are_written_down() {
    assert!(
        std::env::var_os("IDEAS_CATALOG").is_none(),
        "IDEAS_CATALOG is set: the sessions would answer from there instead of from what is built in"
    );
    trycmd::TestCases::new()
        // Help is wrapped to this, whatever the terminal.
        .env("COLUMNS", "100")
        // Nobody's own bookmarks.
        .env("IDEAS_DATA_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing"))
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml");
}
