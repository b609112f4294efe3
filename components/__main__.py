"""Command line: a second front end over the same core.

    python -m components check [--treatment ID] [--region us|eu] [--factor ID]... [--format text|json] [FILE]
    python -m components validate [FOLDER]
    python -m components schema

For the curator (see data/README.md):

    python -m components describe MEDICINE
    python -m components coverage [LIST]
    python -m components stale [--on DATE] [FOLDER]
    python -m components diff OLD NEW
    python -m components format [--check] [FOLDER]
    python -m components review RECORD|CLASS [--out FILE.pdf|.html|.txt]

Longer than most modules: the arguments of all commands stand here, and each command is a few lines over the core.

Exit status 0: done; 2: unusable input, with one plain sentence on standard error.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from components.clinical.base_changes import compare_rows
from components.clinical.data_files import KnowledgeBaseError
from components.clinical.data_rows import read_rows
from components.clinical.factors import FactorGroup, PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase, load_knowledge_base
from components.clinical.medicine_names import read_segment
from components.clinical.name_index import NameIndex
from components.clinical.review_dates import find_review_dates
from components.clinical.review_sheet import build_review_sheet, reviewable
from components.clinical.schema import write_schemas
from components.clinical.terms import Region, Treatment
from components.exchange.account_text import UnknownName, accounts_as_text
from components.exchange.changes_text import changes_as_text, review_dates_as_text
from components.exchange.coverage_text import coverage_as_text
from components.exchange.data_format import Unformattable, format_files
from components.exchange.list_limits import MOST_FILE_BYTES, UnusableList
from components.exchange.medication_file import read_medication_file
from components.exchange.report_json import report_as_json
from components.exchange.report_text import report_as_text
from components.exchange.review_file import RENDERERS

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
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(_COMMANDS), parser_class=_Parser)
    _add_check(commands.add_parser("check", help="check a medication list (FILE or standard input)"))
    validating = commands.add_parser("validate", help="check the knowledge base and list every fault")
    validating.add_argument("folder", nargs="?", default=str(DATA_FOLDER), metavar="FOLDER")
    commands.add_parser("schema", help="write data/schema/*.json anew from the models")
    _add_curators_tools(commands)
    return parser


def _add_check(checking: argparse.ArgumentParser) -> None:
    checking.add_argument(
        "--treatment", metavar="ID", help=f"one of {_TREATMENTS}; left out: the strictest route counts"
    )
    checking.add_argument("--region", default=Region.US.value, metavar="us|eu", help="whose label counts (default us)")
    checking.add_argument(
        "--factor",
        action="append",
        metavar="ID",
        help="patient factor; repeat it for all that are present, the others count as asked; 'none': none is present",
    )
    checking.add_argument("--format", default="text", metavar="text|json", help="how to print (default text)")
    checking.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="text (one medicine a line), CSV or FHIR JSON; standard input if left out",
    )


def _add_curators_tools(commands: "argparse._SubParsersAction[_Parser]") -> None:
    describing = commands.add_parser("describe", help="print all that we hold on a medicine")
    describing.add_argument("medicine", nargs="+", metavar="MEDICINE", help="any name of it")
    covering = commands.add_parser("coverage", help="tell which names of a list we hold")
    covering.add_argument("file", nargs="?", metavar="LIST", help="one name a line; standard input if left out")
    ageing = commands.add_parser("stale", help="list the rows that are due for review")
    ageing.add_argument("--on", metavar="DATE", help="due on that day, such as 2027-05-21 (default today)")
    ageing.add_argument("folder", nargs="?", default=str(DATA_FOLDER), metavar="FOLDER")
    comparing = commands.add_parser("diff", help="tell what changed between two data folders, for the changelog")
    comparing.add_argument("old", metavar="OLD")
    comparing.add_argument("new", metavar="NEW")
    formatting = commands.add_parser("format", help="bring data files into canonical form")
    formatting.add_argument("--check", action="store_true", help="change nothing, name the files that are not in it")
    formatting.add_argument("folder", nargs="?", default=str(DATA_FOLDER), metavar="FOLDER", help="or one file")
    reviewing = commands.add_parser("review", help="print a review sheet for a record or a class")
    reviewing.add_argument("asked", metavar="RECORD|CLASS", help="KC-0142, KP-0007, rapid-suicidality, ssri, ...")
    reviewing.add_argument("--out", metavar="FILE", help="a file that ends in .pdf, .html or .txt (default: print)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    try:
        chosen = _parser().parse_args(arguments)
        print(_COMMANDS[chosen.command](chosen))
    except (_Unusable, UnusableList, UnknownName, Unformattable) as problem:
        print(" ".join(str(problem).split()), file=sys.stderr)
        return UNUSABLE
    except KnowledgeBaseError as problem:
        print(problem, file=sys.stderr)
        return UNUSABLE
    return 0


def _folder(name: str) -> Path:
    if not Path(name).is_dir():
        raise _Unusable(f"There is no folder {name}: give the folder that holds the knowledge base.")
    return Path(name)


def _write_schemas(_: argparse.Namespace) -> str:
    return "\n".join(write_schemas(DATA_FOLDER / "schema"))


def _validate(chosen: argparse.Namespace) -> str:
    base = load_knowledge_base(_folder(chosen.folder))
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
    written = report_as_json if chosen.format == "json" else report_as_text
    return written(report, date.today())


def _answers(names: Sequence[str], base: KnowledgeBase) -> PatientAnswers:
    """Who names factors names all that are present; 'none' says that there is none."""
    if len(names) > 1 and any(name.casefold() == "none" for name in names):
        raise _Unusable("'--factor none' says that no factor is present: leave out the others, or 'none'.")
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


def _describe(chosen: argparse.Namespace) -> str:
    base, asked = load_knowledge_base(), " ".join(chosen.medicine)
    entries = read_segment(asked, NameIndex(base), base, date.today()).entries
    return accounts_as_text(entries, asked, base)


def _coverage(chosen: argparse.Namespace) -> str:
    content = _content(chosen.file)
    base = load_knowledge_base()
    return coverage_as_text(check(read_medication_file(content, NameIndex(base), base), None, base), base)


def _stale(chosen: argparse.Namespace) -> str:
    try:
        on = date.fromisoformat(chosen.on) if chosen.on else date.today()
    except ValueError:
        raise _Unusable(f"'{chosen.on}' is not a date: write it as 2027-05-21.") from None
    return review_dates_as_text(find_review_dates(read_rows(_folder(chosen.folder)), on))


def _diff(chosen: argparse.Namespace) -> str:
    old, new = _folder(chosen.old), _folder(chosen.new)
    return changes_as_text(compare_rows(read_rows(old), read_rows(new)))


def _format(chosen: argparse.Namespace) -> str:
    place = Path(chosen.folder)
    if not place.exists():
        raise _Unusable(f"There is no {place}: give a data folder or one of its files.")
    found = format_files(place, write=not chosen.check)
    if chosen.check and found:
        raise _Unusable(f"Not in canonical form: {', '.join(found)}; run 'python -m components format'.")
    return "\n".join(found) if found else "All files are in canonical form."


def _review(chosen: argparse.Namespace) -> str:
    ending = Path(chosen.out).suffix.lower() if chosen.out else ".txt"
    if ending not in RENDERERS:
        raise _Unusable(f"A review sheet cannot be written to {chosen.out}: end the name in {' or '.join(RENDERERS)}.")
    base = load_knowledge_base()
    try:
        title, records = reviewable(chosen.asked, base)
    except KeyError:
        raise _Unusable(f"There is no record or class '{chosen.asked}': give an id such as KC-0003 or ssri.") from None
    sheet = RENDERERS[ending](build_review_sheet(title, records, base, date.today()))
    if not chosen.out:
        return sheet.decode()
    try:
        Path(chosen.out).write_bytes(sheet)
    except OSError as problem:
        raise _Unusable(
            f"{chosen.out} cannot be written: {(problem.strerror or 'unknown reason').lower()}."
        ) from problem
    return f"{chosen.out}: {len(records)} record(s) to review."


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], str]] = {
    "check": _check,
    "validate": _validate,
    "schema": _write_schemas,
    "describe": _describe,
    "coverage": _coverage,
    "stale": _stale,
    "diff": _diff,
    "format": _format,
    "review": _review,
}


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
