"""Executes the blocks of a Markdown page in order: sh as commands, python in one session, sql in DuckDB.

A block that fails, or a query without a row, ends it. The page's run folder is made in a folder of its own.
"""
import os, re, subprocess, sys, tempfile

import duckdb

page = open(sys.argv[1], encoding="utf8").read()
root = os.getcwd()
blocks = re.findall(r"^```(sh|python|sql)\n(.*?)^```$", page, re.S | re.M)
assert blocks, "the page has no block to execute"
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.symlink(os.path.join(root, "examples"), "examples")
    session = {}
    for kind, text in blocks:
        print(f"--- {kind}\n{text.rstrip()}")
        if kind == "sh":
            subprocess.run(["bash", "-euo", "pipefail", "-c", text], check=True)
        elif kind == "python":
            exec(compile(text, sys.argv[1], "exec"), session)
        else:
            rows = duckdb.sql(text)
            print(rows)
            if not len(rows):
                sys.exit("this query gives no row")
    os.chdir(root)
print(f"{len(blocks)} blocks executed")
