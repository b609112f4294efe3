"""Files of data/ that are cut off, gone or not readable: each is a fault by name, none is taken for a whole file."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from components.clinical.data_files import PARTS, DataFault, KnowledgeBaseError, read_models, read_vocabulary
from components.clinical.knowledge_base import DATA_FOLDER, content_hash, load_knowledge_base
from components.clinical.schema import MODELS
from tests.faults.conftest import ROOT

HALF_WRITTEN = "the last line has no end"


def cut(name: str, at: float = 0.5) -> Callable[[Path], None]:
    """Keep the first part of a file, up to within a line."""

    def spoil(folder: Path) -> None:
        written = (folder / name).read_bytes()
        (folder / name).write_bytes(written[: int(len(written) * at)].rstrip(b"\n"))

    return spoil


def lose(name: str) -> Callable[[Path], None]:
    """Delete a file."""
    return lambda folder: (folder / name).unlink()


def lock(name: str) -> Callable[[Path], None]:
    """Something stands under the name that cannot be read, not even by root."""

    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return spoil


FAULTS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "half-written record file": (cut("pairs.yaml"), "pairs.yaml", HALF_WRITTEN),
    "half-written, the last sign only": (cut("factors.yaml", at=1), "factors.yaml", HALF_WRITTEN),
    "half-written vocabulary": (cut("vocabulary.csv"), "vocabulary.csv", HALF_WRITTEN),
    "missing file of a folder": (
        lose("interactions/heart_and_vessels.yaml"),
        "interactions/heart_and_vessels.yaml",
        "no such file",
    ),
    "missing file of a family": (lose("onset_marks_how_soon.yaml"), "onset_marks_how_soon.yaml", "no such file"),
    "missing file": (lose("sources.yaml"), "sources.yaml", "no such file"),
    "unreadable file": (lock("classes.yaml"), "classes.yaml", "Is a directory"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> "subprocess.CompletedProcess[str]":
    """What validate says of a folder with all the faults at once."""
    folder = tmp_path_factory.mktemp("spoilt") / "data"
    shutil.copytree(DATA_FOLDER, folder)
    for spoil, _, _ in FAULTS.values():
        spoil(folder)
    assert len(content_hash(folder)) == len(content_hash()), "a look at data/ fails for no file"
    return subprocess.run(
        [sys.executable, "-m", "components", "validate", str(folder)], cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.parametrize("name", FAULTS)
def test_validate_names_the_file(name: str, told: "subprocess.CompletedProcess[str]") -> None:
    _, file, said = FAULTS[name]
    lines = [line.strip() for line in told.stderr.splitlines()]
    assert [line for line in lines if line.startswith(f"{file}:") and said in line and "Expected: " in line]


def test_validate_ends_in_words(told: "subprocess.CompletedProcess[str]") -> None:
    assert (told.returncode, told.stdout) == (2, "")
    assert "Traceback" not in told.stderr
    assert str(DATA_FOLDER.parent) not in told.stderr


def test_a_lost_file_would_make_a_verdict_milder(tmp_path: Path) -> None:
    """Why a file of interactions/ may not go missing in silence."""
    shutil.copytree(DATA_FOLDER, tmp_path / "data")
    lose("interactions/heart_and_vessels.yaml")(tmp_path / "data")
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(tmp_path / "data")
    assert [each.file for each in raised.value.faults] == ["interactions/heart_and_vessels.yaml"]


@pytest.mark.parametrize("pattern", PARTS)
def test_every_part_is_known_by_name(pattern: str) -> None:
    assert PARTS[pattern] == {path.relative_to(DATA_FOLDER).as_posix() for path in DATA_FOLDER.glob(pattern)}


@pytest.mark.parametrize("name", ["samples.yaml", "pairs.yaml"])
def test_no_cut_within_a_line_is_taken_for_a_whole_file(name: str, tmp_path: Path) -> None:
    written = (DATA_FOLDER / name).read_bytes()
    model = MODELS[Path(name).stem]
    for end in range(1, len(written), 997):
        (tmp_path / name).write_bytes(written[:end].rstrip(b"\n"))
        faults: list[DataFault] = []
        read_models(tmp_path, name, model, faults)
        assert faults, f"cut after {end} bytes"


def test_no_cut_of_the_vocabulary_is_taken_for_the_whole(tmp_path: Path) -> None:
    written = (DATA_FOLDER / "vocabulary.csv").read_bytes()
    for end in range(1, len(written), len(written) // 20):
        (tmp_path / "vocabulary.csv").write_bytes(written[:end].rstrip(b"\n"))
        faults: list[DataFault] = []
        read_vocabulary(tmp_path / "vocabulary.csv", faults)
        assert faults, f"cut after {end} bytes"


def test_the_log_is_told_of_files_and_not_of_what_they_hold() -> None:
    found = KnowledgeBaseError([DataFault("pairs.yaml", "KP-0001", "action", "got 'stop phenelzine'", "an action")] * 2)
    assert found.in_short == "data/ cannot be used: faults in pairs.yaml. 'python -m components validate' lists them."
