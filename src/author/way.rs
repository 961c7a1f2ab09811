//! Ways of writing: the plain one, and for each fact a safer one where the plain one is misread.

/// A fact that is written the safer way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Way {
    /// The description is marked as text (a page, a form), or stands in the front matter (an idea file).
    Description,
    /// The outcomes are marked as text.
    Outcomes,
    /// The skills are a list where they would be a line, or the other way round.
    Skills,
    /// The skills are marked as text.
    SkillsAsText,
    /// Skills that are nice to have are a field of their own.
    Desirable,
    /// Tags that no skill names are skills of their own.
    Tags,
    /// The title has a label.
    Title,
    /// The project is a field, not a heading.
    Project,
    /// The description of a prerequisite is marked as text.
    Prerequisites,
    /// What the idea does not say stands there as the template's placeholder. No safer way: it is wanted or not.
    Blank,
}

/// The safer ones, in the order in which they are tried. An idea that is not found at all has a bad title, or nothing helps.
const ALL: [Way; 9] = [
    Way::Title,
    Way::Description,
    Way::Outcomes,
    Way::Skills,
    Way::SkillsAsText,
    Way::Desirable,
    Way::Tags,
    Way::Project,
    Way::Prerequisites,
];

/// The facts of an idea that are written the safer way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner(u16);

impl Manner {
    pub(super) fn has(self, way: Way) -> bool {
        self.0 & (1 << way as u16) != 0
    }

    #[must_use]
    pub(super) fn with(self, way: Way) -> Self {
        Manner(self.0 | (1 << way as u16))
    }
}

/// The plainest manner that costs least, from the one that is wanted.
pub(super) fn settle(wanted: Manner, cost: impl Fn(Manner) -> usize) -> Manner {
    // One may help only after another: a second time around, what was no use before.
    let single = ALL.into_iter().chain(ALL).map(|way| Manner::default().with(way));
    // And two may help where neither does alone.
    let pairs = ALL.into_iter().enumerate().flat_map(|(at, way)| ALL[at + 1..].iter().map(move |&other| (way, other)));
    let pairs = pairs.map(|(way, other)| Manner::default().with(way).with(other));
    let mut best = wanted;
    let mut least = cost(best);
    for more in single.chain(pairs) {
        if least == 0 {
            break;
        }
        let manner = Manner(best.0 | more.0);
        if manner != best {
            let now = cost(manner);
            if now < least {
                (best, least) = (manner, now);
            }
        }
    }
    best
}
