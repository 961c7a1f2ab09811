-- `ideas.sqlite`: what `ideas sync` fetched, its history, what `ideas check` was answered, and what the user has shortlisted. `docs/store.md` describes it for people.
--
-- `source` is the name of a source in lower case: names that differ only in case are one. Moments are RFC 3339, in UTC.
-- Tables come before indexes: so `VACUUM` leaves every root page where it is, which is what a file without its first page is read by.

-- Sources, as they were when they were fetched last.
CREATE TABLE sources (
    source        TEXT NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL, -- as the user writes it
    asked         TEXT NOT NULL, -- what was asked for, as text
    address       TEXT,          -- the address that the following are about, if there are several
    etag          TEXT,          -- of an HTTP server
    last_modified TEXT,          -- of an HTTP server
    revision      TEXT,          -- the commit of a repository
    fetched       TEXT NOT NULL, -- when it was fetched, or was found to be unchanged
    digest        TEXT NOT NULL  -- SHA-256 of all that is known of it and its pages: damage is told, not believed
) STRICT;

-- The pages of sources, in the order of their paths.
CREATE TABLE pages (
    source       TEXT NOT NULL REFERENCES sources (source) ON DELETE CASCADE,
    path         TEXT NOT NULL,    -- for people: the source's name and the path in it, or the address without its scheme
    url          TEXT,             -- on the web
    digest       TEXT NOT NULL,    -- of what it holds: the key of `contents`
    bytes        INTEGER NOT NULL, -- how long it is
    ideas        INTEGER NOT NULL, -- how many were read from it
    organization TEXT,             -- whose ideas they are, where the page does not say
    program      TEXT,             -- where the page does not say
    term         TEXT              -- where the page does not say
) STRICT;

-- What pages hold, each content once.
CREATE TABLE contents (
    digest  TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the content, in hexadecimal
    content BLOB NOT NULL
) STRICT;

-- What syncs have changed.
CREATE TABLE changes (
    id      INTEGER PRIMARY KEY,
    source  TEXT NOT NULL,
    sync    INTEGER NOT NULL CHECK (sync BETWEEN 1 AND 4294967296),
    at      TEXT NOT NULL,
    changes TEXT NOT NULL CHECK (json_valid(changes)), -- as `ideas changes --format json` writes it
    digest  TEXT NOT NULL                              -- SHA-256 of that
) STRICT;

-- Syncs. One that was killed, and the one that completes it, are one.
CREATE TABLE syncs (
    id        INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967296),
    started   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    completed TEXT
) STRICT;

-- Why sources could not be fetched the last time.
CREATE TABLE failures (
    source TEXT NOT NULL PRIMARY KEY,
    at     TEXT NOT NULL,
    why    TEXT NOT NULL
) STRICT;

-- The organizations of programs, as their listings had them.
CREATE TABLE directories (
    source  TEXT NOT NULL PRIMARY KEY,
    listing TEXT NOT NULL -- JSON
) STRICT;

-- What the addresses of ideas answered to `ideas check`: the last answer of each.
CREATE TABLE answers (
    url          TEXT NOT NULL PRIMARY KEY, -- as a page writes it
    asked        TEXT NOT NULL,             -- what was requested: an API, or the page without its fragment
    at           TEXT NOT NULL,             -- when
    state        TEXT NOT NULL,             -- open, closed, merged, reachable, dead
    reason       TEXT,                      -- why it is closed: completed, not-planned, duplicate
    assigned     INTEGER,                   -- whether somebody is assigned
    locked       INTEGER,                   -- whether only members may comment
    pull_request TEXT,                      -- that would close the issue: open, merged
    moved        TEXT,                      -- the address of the issue today, if that is another
    etag         TEXT                       -- of an HTTP server
) STRICT;

-- Ideas that the user has shortlisted.
CREATE TABLE shortlist (
    id     TEXT NOT NULL PRIMARY KEY, -- of the idea
    added  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (added GLOB '????-??-??T??:??:??Z'),
    status TEXT NOT NULL DEFAULT 'considering' CHECK (status IN ('considering', 'contacted', 'applied', 'dropped')),
    note   TEXT
) STRICT;

-- What shortlisted ideas said when they were added: pages change, and ideas disappear from them.
CREATE TABLE shortlist_facts (
    id     TEXT NOT NULL PRIMARY KEY,
    facts  TEXT NOT NULL CHECK (json_valid(facts)), -- as `ideas list --format json` writes the idea
    digest TEXT NOT NULL                            -- SHA-256 of that
) STRICT;

CREATE INDEX pages_of_source ON pages (source);
CREATE INDEX pages_with_content ON pages (digest);
CREATE INDEX changes_of_source ON changes (source);
-- The shortlist cannot be fetched again. If the page of the file that holds it is damaged, it is read from here.
CREATE INDEX shortlist_again ON shortlist (id, added, status, note);

-- The same as `changes`, a row for each idea.
CREATE VIEW changed_ideas AS
SELECT
    changes.source,
    changes.sync,
    changes.at,
    kinds.key AS what, -- new, gone, moved, edited
    json_extract(ideas.value, '$.id') AS id,
    json_extract(ideas.value, '$.title') AS title,
    json_extract(ideas.value, '$.project') AS project,
    json_extract(ideas.value, '$.program') AS program,
    json_extract(ideas.value, '$.term') AS term,
    json_extract(ideas.value, '$.path') AS path,
    json_extract(ideas.value, '$.from') AS moved_from, -- the page that it stood on
    json_extract(ideas.value, '$.fields') AS fields -- what differs, as JSON
FROM changes, json_each(changes.changes) AS kinds, json_each(kinds.value) AS ideas
WHERE kinds.key IN ('new', 'gone', 'moved', 'edited');
