-- The ideas that `ideas list --format ndjson > ideas.ndjson` writes, as a table of DuckDB. The types are said, not guessed:
-- a fact that no idea of a file has would be guessed wrong.
CREATE OR REPLACE TABLE ideas AS
FROM read_json('ideas.ndjson', format = 'newline_delimited', columns = {
  id: 'VARCHAR',
  title: 'VARCHAR',
  organization: 'VARCHAR',
  project: 'VARCHAR',
  program: 'VARCHAR',
  term: 'VARCHAR',
  summary: 'VARCHAR',
  description: 'VARCHAR',
  outcomes: 'VARCHAR[]',
  skills: 'VARCHAR[]',
  tags: 'VARCHAR[]',
  desirable: 'VARCHAR[]',
  mentors: 'STRUCT(name VARCHAR, github VARCHAR, email VARCHAR, lfid VARCHAR, role VARCHAR)[]',
  difficulty: 'VARCHAR[]',
  hours: 'INTEGER[]',
  upstream: 'VARCHAR[]',
  links: 'VARCHAR[]',
  technologies: 'VARCHAR[]',
  status: 'VARCHAR',
  prerequisites: 'STRUCT(resume BOOLEAN, cover_letter BOOLEAN, school_enrollment_verification BOOLEAN, participation_permission BOOLEAN, coding_challenge BOOLEAN, coding_challenge_url VARCHAR, custom STRUCT(name VARCHAR, description VARCHAR, file_upload BOOLEAN, asked BOOLEAN), standard STRUCT(name VARCHAR, description VARCHAR, file_upload BOOLEAN, asked BOOLEAN)[])',
  proposal: 'STRUCT(number INTEGER, url VARCHAR, lfx_url VARCHAR, name VARCHAR, code VARCHAR, other JSON)',
  "check": 'STRUCT(free BOOLEAN, upstream STRUCT(url VARCHAR, "at" VARCHAR, state VARCHAR, reason VARCHAR, assigned BOOLEAN, locked BOOLEAN, pull_request VARCHAR, moved VARCHAR)[], links STRUCT(url VARCHAR, "at" VARCHAR, state VARCHAR, reason VARCHAR, assigned BOOLEAN, locked BOOLEAN, pull_request VARCHAR, moved VARCHAR)[])',
  source: 'STRUCT(path VARCHAR, url VARCHAR, line INTEGER)',
  also: 'STRUCT(id VARCHAR, program VARCHAR, term VARCHAR, path VARCHAR, url VARCHAR, line INTEGER)[]'
});
