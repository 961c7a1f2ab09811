//! The page of an address: by the first of the ways to it that gives one, made into a page where an API answers.

use crate::catalog::fetched::FetchedPage;
use crate::sources::address::{self, Answer as Shape, Parts, Request};
use crate::sources::{Feed, Place, index as index_of};
use crate::store::Mark;
use crate::web::{self, Received, Visit, WebError};

use super::FetchError;
use super::answer::{self, TopicOfList};
use super::batch::{Answer, Batch};
use super::{content, index};

/// The most topics that a list of them leads to.
const MAX_TOPICS: usize = 60;

/// The page of a source, by the first way to it that gives one; or those that it leads to, if it has no ideas itself.
pub(super) fn fetch(visit: &Visit<'_>, feed: &Feed, url: &str, mark: &Mark) -> Result<Answer, FetchError> {
    Place::page(url).map_err(|error| FetchError::Address(error.to_string()))?;
    let Found { answer, base } = by_any_way(visit, feed, url, mark, false)?;
    match answer {
        Answer::New(batch) => {
            index::follow(batch, &base, |link| match by_any_way(visit, feed, link, &Mark::default(), true)?.answer {
                Answer::New(batch) => Ok(batch.pages),
                Answer::Same => Ok(Vec::new()),
            })
            .map(Answer::New)
        }
        Answer::Same => Ok(Answer::Same),
    }
}

/// What an address gave.
struct Found {
    answer: Answer,
    /// What the links of the page are relative to.
    base: String,
}

/// What a request gave, all of which can be of a page.
pub(super) struct Asked {
    /// In as many parts as it comes in.
    pub(super) bodies: Vec<Vec<u8>>,
    mark: Mark,
    /// The address that answered, behind all redirects.
    end: String,
    /// There is more of a list than was asked for.
    is_cut: bool,
}

/// The first way to a page that gives one. A link `stays` on the site of the page that has it.
fn by_any_way(visit: &Visit<'_>, feed: &Feed, url: &str, mark: &Mark, stays: bool) -> Result<Found, FetchError> {
    let mark = web::sendable(mark);
    let (mut failed, mut lacks_token) = (None, None);
    for request in address::requests(url) {
        let request = Request { stays, ..request };
        let known = mark.address.as_ref().is_none_or(|address| *address == request.url);
        let mark = if known { mark.clone() } else { Mark::default() };
        match one_way(visit, feed, url, &request, &mark) {
            Err(error) if error.is_of_the_way() => {
                log::info!("{}: {error}", request.url);
                lacks_token = lacks_token.or(matches!(error, FetchError::Web(WebError::NeedsToken)).then_some(request.answer));
                failed = Some(error);
            }
            ended => {
                // What people see of a list is its first page.
                if ended.is_ok() && lacks_token == Some(Shape::GithubDiscussions) {
                    visit.warn(format!("{url}: only the discussions on its first page were read; {}", WebError::NeedsToken));
                }
                return ended;
            }
        }
    }
    // There is at least one way.
    Err(if lacks_token.is_some() { WebError::NeedsToken.into() } else { failed.unwrap_or(FetchError::Empty) })
}

/// What a request gives, if all of it can be of a page; `None` if it is still what `mark` says.
pub(super) fn ask(visit: &Visit<'_>, request: &Request, mark: &Mark) -> Result<Option<Asked>, FetchError> {
    let Some(Received { parts, mark, is_cut }) = visit.list(request, mark)? else { return Ok(None) };
    // What is asked for as another kind is not what the name says.
    let name = if request.accept.is_some() { "" } else { &request.url };
    parts.iter().try_for_each(|part| content::check(&part.bytes, name, part.kind.as_deref()))?;
    let end = parts.first().map_or(&request.url, |part| &part.url).clone();
    Ok(Some(Asked { bodies: parts.into_iter().map(|part| part.bytes).collect(), mark, end, is_cut }))
}

fn one_way(visit: &Visit<'_>, feed: &Feed, url: &str, request: &Request, mark: &Mark) -> Result<Found, FetchError> {
    let Some(Asked { bodies, mark, end, is_cut }) = ask(visit, request, mark)? else {
        return Ok(Found { answer: Answer::Same, base: url.to_owned() });
    };
    // The answer of an API stands for the page that people see, which is where its links begin.
    let base = if request.is_api || end == request.url { index_of::base(url) } else { end };
    let name = |url: &str| Parts::of(url).map_or(url, Parts::shown).to_owned();
    let page = |url: &str, end: &str, bytes: Vec<u8>| {
        let path = name(url);
        // The end of the name says what it is written in.
        let path = if path.to_ascii_lowercase().ends_with(end) { path } else { format!("{path}{end}") };
        FetchedPage { given: feed.given_to_one(&path), path, url: Some(url.to_owned()), bytes }
    };
    let pages = match answer::page(request.answer, &bodies) {
        Some(made) => {
            let (text, end) = made?;
            if is_cut || answer::is_cut(request.answer, &bodies) {
                let listed = answer::listed(request.answer, &bodies);
                visit.warn(format!(
                    "{url}: lists more than the {listed} that were read; a label or a search in the address chooses among them"
                ));
            }
            vec![page(url, end, text.into_bytes())]
        }
        None if request.answer == Shape::DiscourseTopics => {
            return Ok(Found { answer: Answer::New(topics(visit, request, &bodies, page)?), base });
        }
        None => {
            let is_markdown = request.is_api && name(&request.url).to_ascii_lowercase().ends_with(answer::MARKDOWN);
            vec![page(url, if is_markdown { answer::MARKDOWN } else { "" }, bodies.into_iter().next().unwrap_or_default())]
        }
    };
    Ok(Found { answer: Answer::New(Batch { mark, pages, left_out: Vec::new() }), base })
}

/// The topics that a list of Discourse's leads to, a page each.
fn topics(
    visit: &Visit<'_>,
    list: &Request,
    bodies: &[Vec<u8>],
    page: impl Fn(&str, &str, Vec<u8>) -> FetchedPage,
) -> Result<Batch, FetchError> {
    let site = Parts::of(&list.url).map_or("", Parts::site);
    let mut batch = Batch::default();
    for TopicOfList { id, slug } in
        answer::topics(bodies.first().map(Vec::as_slice).unwrap_or_default())?.into_iter().take(MAX_TOPICS)
    {
        let url = format!("{site}/t/{slug}/{id}");
        let request = Request { url: format!("{site}/t/{id}.json"), answer: Shape::DiscourseTopic, ..list.clone() };
        let made = ask(visit, &request, &Mark::default()).and_then(|asked| {
            let bodies = asked.map(|asked| asked.bodies).unwrap_or_default();
            answer::page(request.answer, &bodies).unwrap_or(Err(FetchError::Empty))
        });
        match made {
            Ok((text, end)) => batch.pages.push(page(&url, end, text.into_bytes())),
            Err(error) if error.ends_the_source() => return Err(error),
            Err(error) => batch.left_out.push((page(&url, answer::HTML, Vec::new()).path, error)),
        }
    }
    Ok(batch)
}
