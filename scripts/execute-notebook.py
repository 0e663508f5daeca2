"""Executes a notebook and writes it with its outputs: execute-notebook.py FROM TO"""

import pathlib
import sys

import nbformat
from nbclient import NotebookClient

source, target = map(pathlib.Path, sys.argv[1:])
notebook = nbformat.read(source, 4)
resources = {"metadata": {"path": str(source.parent)}}
NotebookClient(notebook, timeout=120, record_timing=False, resources=resources).execute()
notebook.metadata.pop("language_info", None)
nbformat.write(notebook, target)
