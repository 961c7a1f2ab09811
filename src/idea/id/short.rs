//! Short forms of ids, as git has them for commits: the shortest beginning that no other id of the catalogue has, or,
//! where that is long, that without its middle: `kubevirt-c`, `harbor…bor-cli`.

use std::borrow::Cow;

/// Fewer letters than this are never enough: a catalogue grows.
const LEAST: usize = 4;

/// Where more letters would be needed, the middle is left out.
const MOST: usize = 16;

/// What stands for the middle that is left out; where a terminal cannot show it, `...` does.
const GAP: char = '…';

/// The ids of a catalogue, to tell each from the others.
#[derive(Clone, Debug, Default)]
pub struct ShortIds<'i> {
    /// Sorted, each once.
    ids: Vec<&'i str>,
}

impl<'i> ShortIds<'i> {
    /// Of these ids, in any order. Copies of an idea have the same one.
    pub fn of(ids: impl Iterator<Item = &'i str>) -> Self {
        let mut ids: Vec<&str> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        ShortIds { ids }
    }

    /// What is enough of an id to mean it; the id itself if it is none of these.
    pub fn of_id<'a>(&self, id: &'a str) -> Cow<'a, str> {
        let Ok(place) = self.ids.binary_search(&id) else { return Cow::Borrowed(id) };
        let neighbours = [place.checked_sub(1), place.checked_add(1)].into_iter().flatten();
        let shared = neighbours.filter_map(|place| Some(shared(id, self.ids.get(place)?))).max().unwrap_or(0);
        let count = (shared + 1).max(LEAST);
        let letters: Vec<usize> = id.char_indices().map(|(at, _)| at).collect();
        if count <= MOST || letters.len() <= MOST {
            return Cow::Borrowed(&id[..letters.get(count).copied().unwrap_or(id.len())]);
        }
        // A beginning and the end, or what tells it from its neighbours, as long as it takes to mean one id alone.
        let count = count.min(letters.len());
        for kept in (MOST - 1)..letters.len() {
            let (head, rest) = (&id[..letters[kept / 2]], kept.div_ceil(2));
            let from = self.ids.partition_point(|id| *id < head);
            let near: Vec<&str> = self.ids[from..].iter().copied().take_while(|id| id.starts_with(head)).collect();
            for end in [letters.len(), count].into_iter().filter(|end| end - rest > kept / 2) {
                let tail = &id[letters[end - rest]..letters.get(end).copied().unwrap_or(id.len())];
                let meant =
                    |is_meant: fn((&str, &str), &str) -> bool| near.iter().filter(|id| is_meant((head, tail), id)).count();
                let is_end = end == letters.len();
                if (is_end && meant(has_ends) == 1) || (!is_end && meant(has_ends) == 0 && meant(has_parts) == 1) {
                    return Cow::Owned(format!("{head}{GAP}{tail}"));
                }
            }
        }
        Cow::Borrowed(id)
    }
}

/// The letters that two ids begin with in common.
fn shared(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// The two parts of a short form that leaves out the middle, however the gap is written.
pub fn parts(short: &str) -> Option<(&str, &str)> {
    let (head, tail) = short.split_once(GAP).or_else(|| short.split_once("..."))?;
    (!head.is_empty() && !tail.is_empty()).then_some((head, tail))
}

/// True if an id begins with the first part and ends with the other. If that is none or several,
/// it may be one that [`has_parts`].
pub fn has_ends((head, tail): (&str, &str), id: &str) -> bool {
    id.strip_prefix(head).is_some_and(|rest| rest.ends_with(tail))
}

/// True if an id begins with the first part, and the other follows anywhere.
pub fn has_parts((head, tail): (&str, &str), id: &str) -> bool {
    id.strip_prefix(head).is_some_and(|rest| rest.contains(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_as_tells_ids_apart() {
        let all = [
            "harbor-cli",
            "harbor-satellite",
            "moss",
            "mossy-stones",
            "st-jude-children-hospital-py",
            "st-jude-children-hospital-r",
        ];
        let ids = ShortIds::of(all.into_iter().chain(["moss"]));
        for (id, short) in [
            ("harbor-cli", "harbor-c"),
            ("harbor-satellite", "harbor-s"),
            ("moss", "moss"),
            ("mossy-stones", "mossy"),
            ("st-jude-children-hospital-py", "st-jude…pital-py"),
            ("st-jude-children-hospital-r", "st-jude…spital-r"),
            ("nowhere", "nowhere"),
        ] {
            assert_eq!(ids.of_id(id), short);
        }
        assert_eq!(ShortIds::of(["a-long-name"].into_iter()).of_id("a-long-name"), "a-lo");
    }

    proptest::proptest! {
        #[test]
        fn a_short_form_means_one_id(ids in proptest::collection::btree_set("[ab]{1,3}(-[ab]{1,9}){0,5}(-2|-20)?", 1..40)) {
            let short = ShortIds::of(ids.iter().map(String::as_str));
            for id in &ids {
                let form = short.of_id(id);
                let meant: Vec<_> = match parts(&form) {
                    Some(parts) if ids.iter().any(|id| has_ends(parts, id)) => ids.iter().filter(|id| has_ends(parts, id)).collect(),
                    Some(parts) => ids.iter().filter(|id| has_parts(parts, id)).collect(),
                    // The very id comes before those that begin with it.
                    None if *form == **id => vec![id],
                    None => ids.iter().filter(|id| id.starts_with(&*form)).collect(),
                };
                proptest::prop_assert_eq!(meant, vec![id], "{}", form);
            }
        }
    }
}
