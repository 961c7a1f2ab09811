//! throwaway
use mentorship_ideas::{outline::Outline, text::Span, fields};
fn main() {
    let p = std::env::args().nth(1).unwrap();
    let t = std::fs::read_to_string(p).unwrap();
    let pat = std::env::args().nth(2).unwrap_or_default();
    let o = Outline::read(&t, Span::new(0, t.len()));
    for (n, x) in o.texts(0..o.nodes.len()) { if x.as_str().contains(&pat) { println!("{n} {:?} {:?}\n   edges {:?}", o.nodes[n].kind, x.as_str(), x.bold_edges().map(|e| x.as_str()[e..].chars().take(12).collect::<String>()).collect::<Vec<_>>());
      let f = fields::read(&o, n..n+1); for f in f.fields { println!("     {:?} {:?} = {:?}", f.kind, f.label.as_str(), f.value.as_str()); } } }
}
