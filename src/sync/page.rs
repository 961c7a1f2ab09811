//! The page of an address: by the first of the ways to it that gives one, made into a page where an API answers.

use crate::catalog::fetched::FetchedPage;
use crate::fetched::manifest::Mark;
use crate::sources::address::{self, Answer as Shape, Request};
use crate::sources::{Feed, Place};

use super::FetchError;
use super::answer::{self, TopicOfList};
use super::batch::{Answer, Batch};
use super::http::{self, Client, Parts};
use super::index;

/// The most topics that a list of them leads to.
const MAX_TOPICS: usize = 60;

/// The page of a source, by the first way to it that gives one; or those that it leads to, if it has no ideas itself.
pub(super) fn fetch(client: &Client<'_>, feed: &Feed, url: &str, mark: &Mark) -> Result<Answer, FetchError> {
    Place::page(url).map_err(|error| FetchError::Address(error.to_string()))?;
    match by_any_way(client, feed, url, mark)? {
        Answer::New(batch) => index::follow(batch, url, |link| match by_any_way(client, feed, link, &Mark::default())? {
            Answer::New(batch) => Ok(batch.pages),
            Answer::Same => Ok(Vec::new()),
        })
        .map(Answer::New),
        Answer::Same => Ok(Answer::Same),
    }
}

fn by_any_way(client: &Client<'_>, feed: &Feed, url: &str, mark: &Mark) -> Result<Answer, FetchError> {
    let mark = http::sendable(mark);
    let mut failed = None;
    for request in address::requests(url) {
        let known = mark.address.as_ref().is_none_or(|address| *address == request.url);
        let mark = if known { mark.clone() } else { Mark::default() };
        match one_way(client, feed, url, &request, &mark) {
            Err(error) if error.is_of_the_way() => {
                log::info!("{}: {error}", request.url);
                failed = Some(error);
            }
            ended => return ended,
        }
    }
    // There is at least one way.
    Err(failed.unwrap_or(FetchError::NoPages))
}

fn one_way(client: &Client<'_>, feed: &Feed, url: &str, request: &Request, mark: &Mark) -> Result<Answer, FetchError> {
    let Some(Parts { bodies, mark }) = client.list(request, mark)? else { return Ok(Answer::Same) };
    let name = |url: &str| {
        let path = url.split_once("://").map_or(url, |(_, rest)| rest);
        path.split(['?', '#']).next().unwrap_or(path).to_owned()
    };
    let page = |url: &str, end: &str, bytes: Vec<u8>| {
        let path = name(url);
        // The end of the name says what it is written in.
        let path = if path.to_ascii_lowercase().ends_with(end) { path } else { format!("{path}{end}") };
        FetchedPage { given: feed.given_to_one(&path), path, url: Some(url.to_owned()), bytes }
    };
    let pages = match answer::page(request.answer, &bodies) {
        Some(made) => {
            let (text, end) = made?;
            vec![page(url, end, text.into_bytes())]
        }
        None if request.answer == Shape::DiscourseTopics => {
            return topics(client, request, &bodies, page);
        }
        None => {
            let is_markdown = request.is_api && name(&request.url).to_ascii_lowercase().ends_with(answer::MARKDOWN);
            vec![page(url, if is_markdown { answer::MARKDOWN } else { "" }, bodies.into_iter().next().unwrap_or_default())]
        }
    };
    Ok(Answer::New(Batch { mark, pages, left_out: Vec::new() }))
}

/// The topics that a list of Discourse's leads to, a page each.
fn topics(
    client: &Client<'_>,
    list: &Request,
    bodies: &[Vec<u8>],
    page: impl Fn(&str, &str, Vec<u8>) -> FetchedPage,
) -> Result<Answer, FetchError> {
    let site = list.url.split('/').take(3).collect::<Vec<_>>().join("/");
    let mut batch = Batch::default();
    for TopicOfList { id, slug } in
        answer::topics(bodies.first().map(Vec::as_slice).unwrap_or_default())?.into_iter().take(MAX_TOPICS)
    {
        let url = format!("{site}/t/{slug}/{id}");
        let request = Request { url: format!("{site}/t/{id}.json"), answer: Shape::DiscourseTopic, ..list.clone() };
        let made = client.list(&request, &Mark::default()).and_then(|got| {
            let bodies = got.map(|parts| parts.bodies).unwrap_or_default();
            answer::page(request.answer, &bodies).unwrap_or(Err(FetchError::Empty))
        });
        match made {
            Ok((text, end)) => batch.pages.push(page(&url, end, text.into_bytes())),
            Err(error) => batch.left_out.push((page(&url, answer::HTML, Vec::new()).path, error)),
        }
    }
    batch.of_many()
}
