//! Tells cargo that the bundled catalogue is part of the program: a new file in `ideas/` must rebuild it.
fn main() {
    println!("cargo::rerun-if-changed=ideas");
}
