//! Sources that are directories, and the sources of their organizations: which a call means, and which are somebody's.

use std::collections::HashSet;

use anyhow::bail;

use crate::catalog::Level;
use crate::query::words::Words;
use crate::sources::own::Own;
use crate::sources::{Feed, Mirrors, Place, directory};
use crate::spelling::nearest;
use crate::store::{Store, Writer};
use crate::sync::{self, Settings};

use super::{GlobalArgs, Session};

/// Which of the organizations to fetch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// The names of sources that the call gives.
    pub(super) sources: &'a [String],
    /// The organizations that it names; commas mean "or".
    pub(super) organizations: &'a [String],
    /// Ask the listings first.
    pub(super) refresh: bool,
}

/// The sources with those of its organizations in place of each directory; only those that are wanted. False if a
/// directory cannot be had.
pub(super) fn expanded(
    feeds: &[Feed],
    wanted: Wanted<'_>,
    (store, writer): (&Store, Option<&Writer>),
    (settings, mirrors): (Settings, &Mirrors),
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<(Vec<Feed>, bool)> {
    let (mut all, mut is_whole) = (Vec::new(), true);
    for feed in feeds {
        if !matches!(feed.place, Place::Directory(_)) {
            all.push(feed.clone());
            continue;
        }
        let mut known = match feed.directory(store) {
            Ok(known) => known,
            Err(error) => {
                is_whole = false;
                global.say(Level::Error, &format!("{}: {error}", feed.name), session)?;
                continue;
            }
        };
        if wanted.refresh || known.is_none() {
            match feed.listing(known.as_ref()).map(|url| sync::listing(&url, settings, mirrors)) {
                Some(Ok(listing)) => {
                    if let Some(writer) = writer {
                        directory::keep(writer, &feed.name, &listing, known.as_ref())?;
                    }
                    known = Some(listing);
                }
                Some(Err(error)) => {
                    is_whole = false;
                    let stays = if known.is_some() { "; the organizations that are known stay" } else { "" };
                    global.say(Level::Error, &format!("{}: the listing: {error}{stays}", feed.name), session)?;
                }
                None => {
                    let message = format!("{}: names no listing that could be asked; its file counts", feed.name);
                    global.say(Level::Warning, &message, session)?;
                }
            }
        }
        let members = known.map(|known| feed.members(&known)).unwrap_or_default();
        let is_named = |member: &Feed| wanted.sources.iter().any(|name| member.is_called(name));
        let all_are_meant = wanted.sources.is_empty() || wanted.sources.iter().any(|name| feed.is_called(name));
        if let Some(name) = wanted.sources.iter().find(|name| feed.is_above(name) && !members.iter().any(|it| it.is_called(name)))
        {
            let meant = nearest(name, members.iter().map(|member| member.name.as_str()));
            let meant = meant.map(|name| format!("did you mean `{name}`? ")).unwrap_or_default();
            bail!("`{}` lists no organization `{name}`; {meant}`ideas organizations` shows all", feed.name);
        }
        all.extend(members.into_iter().filter(|member| all_are_meant || is_named(member)));
    }
    let said = wanted.organizations.iter().flat_map(|said| said.split(',')).filter_map(|said| Some((said, Words::read(said)?)));
    let named: Vec<(&str, Words)> = said.collect();
    if named.is_empty() && !wanted.organizations.is_empty() {
        bail!("`--organization` names no organization; without it all of them are fetched");
    }
    for (said, words) in &named {
        if !all.iter().any(|feed| feed.is_of(words)) {
            let known = all.iter().filter_map(|feed| feed.about.as_deref());
            let meant = nearest(said, known).map(|name| format!("did you mean {name}? ")).unwrap_or_default();
            bail!("none of these sources is of an organization `{said}`; {meant}`ideas organizations` shows all");
        }
    }
    all.retain(|feed| named.is_empty() || named.iter().any(|(_, words)| feed.is_of(words)));
    Ok((all, is_whole))
}

/// The names of sources that are somebody's: the user's, and those of their directories' organizations.
pub(super) struct Owned<'a> {
    own: &'a Own,
    members: HashSet<String>,
    /// Directories that cannot be told: all below them is theirs.
    unknown: Vec<&'a Feed>,
}

impl<'a> Owned<'a> {
    pub(super) fn new(own: &'a Own, store: &Store) -> Self {
        let mut owned = Owned { own, members: HashSet::new(), unknown: Vec::new() };
        for feed in own.feeds.iter().filter(|feed| matches!(feed.place, Place::Directory(_))) {
            match feed.directory(store) {
                Ok(Some(directory)) => owned.members.extend(feed.members(&directory).iter().map(|it| it.name.to_lowercase())),
                _ => owned.unknown.push(feed),
            }
        }
        owned
    }

    pub(super) fn holds(&self, source: &str) -> bool {
        let is_below = |feed: &&Feed| feed.is_above(source);
        self.own.find(source).is_some() || self.members.contains(&source.to_lowercase()) || self.unknown.iter().any(is_below)
    }
}

/// The directory that a source's name is below of.
pub(super) fn above<'a>(name: &str, mut feeds: impl Iterator<Item = &'a Feed>) -> Option<&'a Feed> {
    feeds.find(|feed| feed.is_above(name))
}
