//! What GitHub's GraphQL API is asked: discussions, which its other API does not have.

use serde_json::{Map, Value, json};

use crate::sources::address::{self, Answer, Request};

/// One discussion, by its number.
const DISCUSSION: &str = "query($owner: String!, $name: String!, $number: Int!) { \
    repository(owner: $owner, name: $name) { discussion(number: $number) { title body url } } }";

/// Those that a search finds, as many as there may be at once.
const DISCUSSIONS: &str = "query($search: String!) { search(type: DISCUSSION, query: $search, first: 100) { \
    discussionCount nodes { ... on Discussion { title body url } } } }";

/// The address and the body of such a request; `None` if it is no such request. Its variables are the parameters of its address.
pub(super) fn question(request: &Request, url: &str) -> Option<(String, String)> {
    let query = match request.answer {
        Answer::GithubDiscussion => DISCUSSION,
        Answer::GithubDiscussions => DISCUSSIONS,
        _ => return None,
    };
    let parts = address::Parts::of(url)?;
    let variable = |(name, said): (String, String)| {
        let value = said.parse::<u64>().ok().filter(|_| name == "number").map_or(Value::String(said), Value::from);
        (name, value)
    };
    let variables: Map<String, Value> = address::parameters(parts.query.unwrap_or_default()).into_iter().map(variable).collect();
    Some((parts.page().to_owned(), json!({ "query": query, "variables": variables }).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_variables() {
        for (answer, url, variables) in [
            (
                Answer::GithubDiscussion,
                "https://api.github.com/graphql?owner=o&name=7&number=12",
                Some(json!({"owner": "o", "name": "7", "number": 12})),
            ),
            (
                Answer::GithubDiscussions,
                "https://api.github.com/graphql?search=repo%3Ao%2Fr+category%3Aideas",
                Some(json!({"search": "repo:o/r category:ideas"})),
            ),
            (Answer::Page, "https://api.github.com/graphql?x=y", None),
        ] {
            let asked = question(&Request { answer, ..Request::page(url) }, url);
            let body = |text: &str| serde_json::from_str::<Value>(text).unwrap()["variables"].clone();
            assert_eq!(asked.as_ref().map(|(_, text)| body(text)), variables);
            assert!(asked.is_none_or(|(url, _)| url == "https://api.github.com/graphql"));
        }
    }
}
