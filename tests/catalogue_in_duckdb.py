"""The SQL of docs/scripting.md, run by DuckDB over the built-in catalogue, as a reader of it would.

    python3 -m pip install duckdb
    python3 tests/catalogue_in_duckdb.py target/release/ideas
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import duckdb

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main() -> None:
    program = os.path.abspath(sys.argv[1])
    guide = (ROOT / "docs/scripting.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sql\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    queries = [query.strip() for block in blocks for query in block.split(";") if query.strip()]
    assert queries, "docs/scripting.md has no SQL"
    exported = subprocess.run(
        [program, "--catalog", str(ROOT / "ideas"), "list", "--format", "ndjson"], check=True, capture_output=True
    ).stdout
    ideas = [json.loads(line) for line in exported.splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        pathlib.Path("ideas.ndjson").write_bytes(exported)
        database = duckdb.connect()
        database.execute((ROOT / "schemas/duckdb.sql").read_text(encoding="utf-8"))
        table = database.table("ideas")
        rows = table.fetchall()
        assert len(rows) == len(ideas) > 50
        # Nothing is lost or bent on the way: every row is the object it was made from.
        for idea, row in zip(ideas, rows):
            assert dict(zip(table.columns, row)) == idea, idea["id"]
        for query in queries:
            answer = database.sql(query).fetchall()
            assert answer, f"no rows: {query}"
            print(query, *answer, sep="\n  ")


if __name__ == "__main__":
    main()
