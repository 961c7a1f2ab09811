//! The `ideas` command.

fn main() {
    let mut all = Vec::new();
    for path in std::env::args().skip(1) {
        if !std::path::Path::new(&path).exists() { continue; }
        let (source, _) = mentorship_ideas::text::Source::decode(&path, std::fs::read(&path).expect("readable"));
        match mentorship_ideas::layout::read(&source) { Ok(r) => all.extend(r.ideas), Err(e) => eprintln!("{e}") }
    }
    println!("{}", serde_json::to_string(&all).expect("json"));
}
