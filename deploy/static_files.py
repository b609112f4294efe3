"""Streamlit's static files, packed once, so that nginx sends them without asking a replica and without packing anew."""

import gzip
import os
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from deploy.front_config import streamlit_static

_WORTH_PACKING = {".js", ".css", ".json", ".svg", ".map", ".wasm"}


def packed_static_files(parent: Path) -> Path:
    """A folder below ``parent`` with /static/ as it is and as .gz; named after Streamlit's version, kept for next time.

    Written beside and moved into place, so that a run that was broken off leaves nothing half done.
    """
    folder = parent / f"streamlit-{version('streamlit')}"
    if folder.is_dir():
        return folder
    parent.mkdir(parents=True, exist_ok=True)
    parent.chmod(0o755)  # here and below: whatever the umask, nginx's workers may be someone else
    made = Path(tempfile.mkdtemp(dir=parent))
    shutil.copytree(streamlit_static() / "static", made / "static")
    for path in sorted((made / "static").rglob("*")):
        if path.suffix in _WORTH_PACKING:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    for path in (made, *made.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    try:
        os.rename(made, folder)  # noqa: PTH104 (a rename that fails when another run was first)
    except OSError:
        shutil.rmtree(made)
    return folder


if __name__ == "__main__":
    packed_static_files(Path(sys.argv[1]))
