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
  mentors: 'STRUCT(name VARCHAR, github VARCHAR, email VARCHAR, lfid VARCHAR, role VARCHAR)[]',
  difficulty: 'VARCHAR[]',
  hours: 'INTEGER[]',
  upstream: 'VARCHAR[]',
  links: 'VARCHAR[]',
  source: 'STRUCT(path VARCHAR, url VARCHAR, line INTEGER)'
});
