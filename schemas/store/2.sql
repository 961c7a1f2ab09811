-- Layout 2: bookmarks become the shortlist, which also has a status, a note, and what each idea said when it was added.
--
-- Tables come before indexes: a file is vacuumed once it has a new layout, and then has them in that order.

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

INSERT INTO shortlist (id, added) SELECT id, marked FROM bookmarks;
DROP TABLE bookmarks;

-- The shortlist cannot be fetched again. If the page of the file that holds it is damaged, it is read from here.
CREATE INDEX shortlist_again ON shortlist (id, added, status, note);
