//! What is left of a text when two are compared as people do: without case, spaces and marks.

/// The letters and digits of a label, in lower case.
pub(in crate::lint) fn letters(label: &str) -> String {
    if label.is_ascii() {
        let letters = label.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|letter| char::from(letter.to_ascii_lowercase())).collect();
    }
    each_letter(label).collect()
}

/// The same, one by one.
pub(in crate::lint) fn each_letter(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
