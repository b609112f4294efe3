"""Command line: a second front end over the same core.

    python -m components check [--treatment ID] [--region us|eu] [--format text|json] [FILE]
    python -m components validate [FOLDER]
    python -m components schema

Exit status 0: done; 2: unusable input, with one plain sentence on standard error.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from components.clinical.data_files import KnowledgeBaseError
from components.clinical.factors import FactorGroup, PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase, load_knowledge_base
from components.clinical.name_index import NameIndex
from components.clinical.schema import write_schemas
from components.clinical.terms import Region, Treatment
from components.exchange.list_limits import MOST_FILE_BYTES, UnusableList
from components.exchange.medication_file import read_medication_file
from components.exchange.report_json import report_as_json
from components.exchange.report_text import report_as_text

UNUSABLE = 2
_TREATMENTS = ", ".join(Treatment)


class _Unusable(Exception):
    """Ends the program with one sentence and exit status 2."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Unusable(f"{message[:1].upper()}{message[1:]}; see 'python -m components --help'.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m components", description="Check a medication list against planned ketamine or esketamine."
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="check|validate|schema", parser_class=_Parser
    )
    checking = commands.add_parser("check", help="check a medication list (FILE or standard input)")
    checking.add_argument(
        "--treatment", metavar="ID", help=f"one of {_TREATMENTS}; left out: the strictest route counts"
    )
    checking.add_argument("--region", default=Region.US.value, metavar="us|eu", help="whose label counts (default us)")
    checking.add_argument(
        "--factor",
        action="append",
        metavar="ID",
        help="patient factor, may be repeated; 'none': asked, and none is present",
    )
    checking.add_argument("--format", default="text", metavar="text|json", help="how to print (default text)")
    checking.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="text (one medicine a line), CSV or FHIR JSON; standard input if left out",
    )
    validating = commands.add_parser("validate", help="check the knowledge base and list every fault")
    validating.add_argument("folder", nargs="?", default=str(DATA_FOLDER), metavar="FOLDER")
    commands.add_parser("schema", help="write data/schema/*.json anew from the models")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    try:
        chosen = _parser().parse_args(arguments)
        if chosen.command == "schema":
            print("\n".join(write_schemas(DATA_FOLDER / "schema")))
        elif chosen.command == "validate":
            print(_validate(Path(chosen.folder)))
        else:
            print(_check(chosen))
    except (_Unusable, UnusableList) as problem:
        print(" ".join(str(problem).split()), file=sys.stderr)
        return UNUSABLE
    except KnowledgeBaseError as problem:
        print(problem, file=sys.stderr)
        return UNUSABLE
    return 0


def _validate(folder: Path) -> str:
    if not folder.is_dir():
        raise _Unusable(f"There is no folder {folder}: give the folder that holds the knowledge base.")
    base = load_knowledge_base(folder)
    return (
        f"{len(base.medicines)} medicines, {len(base.combinations)} combination products, {len(base.records)} records, "
        f"{len(base.pairs)} pairs, {len(base.sources)} sources: no fault found (content {base.knowledge.content_hash})."
    )


def _check(chosen: argparse.Namespace) -> str:
    if chosen.treatment is not None and chosen.treatment not in set(Treatment):
        raise _Unusable(f"There is no treatment '{chosen.treatment}': choose one of {_TREATMENTS}.")
    if chosen.region not in set(Region):
        raise _Unusable(f"There is no region '{chosen.region}': choose us or eu.")
    if chosen.format not in ("text", "json"):
        raise _Unusable(f"There is no format '{chosen.format}': choose text or json.")
    content = _content(chosen.file)
    base = load_knowledge_base()
    listed = read_medication_file(content, NameIndex(base), base)
    treatment = Treatment(chosen.treatment) if chosen.treatment else None
    answers = _answers(chosen.factor or [], base)
    report = check(listed, treatment, base, Region(chosen.region), answers)
    return report_as_json(report) if chosen.format == "json" else report_as_text(report)


def _answers(names: Sequence[str], base: KnowledgeBase) -> PatientAnswers:
    """Who names a factor, or 'none', has asked for them."""
    factors = {name: base.patient.resolve(name) for name in names if name.casefold() != "none"}
    if unknown := [name for name, factor in factors.items() if factor is None]:
        known = ", ".join(base.patient.factors)
        raise _Unusable(f"There is no patient factor '{unknown[0]}': choose one of {known}.")
    ids = tuple(factor.id for factor in factors.values() if factor)
    return PatientAnswers(ids, frozenset(FactorGroup) if names else frozenset())


def _content(file: str | None) -> bytes:
    if file is None or file == "-":
        return sys.stdin.buffer.read(MOST_FILE_BYTES + 1)
    try:
        with Path(file).open("rb") as handle:
            return handle.read(MOST_FILE_BYTES + 1)
    except OSError as problem:
        raise _Unusable(
            f"The file {file} cannot be read: {(problem.strerror or 'unknown reason').lower()}."
        ) from problem


def _run() -> int:
    """main() on real streams: always UTF-8, and quiet when the reader of a pipe has left."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


if __name__ == "__main__":
    sys.exit(_run())
