"""The curator's tools on the command line, and the manual in data/README.md done literally."""

import io
import re
import shutil
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import yaml

from components.__main__ import main
from components.clinical.catalogue import statements
from components.clinical.data_rows import kind_of, read_rows
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase, load_knowledge_base
from components.clinical.name_index import NameIndex
from components.clinical.record_labels import in_words
from components.clinical.record_words import HOW_READ
from components.clinical.records import Provenance
from components.clinical.review_dates import find_review_dates
from components.clinical.review_sheet import build_review_sheet, reviewable
from components.clinical.schema import MODELS
from components.clinical.sheet import SheetLine
from components.exchange.data_format import Unformattable, canonical_text
from components.exchange.review_file import RENDERERS

Run = Callable[..., tuple[int, str, str]]
CODE = re.compile(r"[a-z]+_[a-z]+|, en$")
ADDRESS = re.compile(r"\S*(?:://|/)\S*")


@pytest.fixture
def run(
    base: KnowledgeBase, index: NameIndex, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """(arguments, standard input) -> (exit status, standard output, standard error), on data that is read already."""
    monkeypatch.setattr("components.__main__.load_knowledge_base", lambda folder=None: base)
    monkeypatch.setattr("components.__main__.NameIndex", lambda knowledge_base: index)

    def once(*arguments: str, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
        status = main(arguments)
        output = capsys.readouterr()
        return status, output.out, output.err

    return once


def in_one_line(text: str) -> str:
    return " ".join(text.split())


# --- describe


@pytest.mark.parametrize("name", ["sertraline", "Zoloft", "ZOLOFT 50 mg", "Lustral", "N06AB06"])
def test_any_name_leads_to_the_same_account(run: Run, name: str) -> None:
    assert run("describe", name) == run("describe", "sertraline")


def test_an_account_holds_everything_in_both_voices(run: Run, base: KnowledgeBase) -> None:
    status, out, err = run("describe", "phenelzine")
    told, medicine = in_one_line(out), base.medicines["phenelzine"]
    records, pairs = base.records_of["phenelzine"], base.pairs_of["phenelzine"]
    statements = (*records, *pairs)
    texts = [*medicine.brands, *medicine.atc, base.classes[medicine.medicine_class].name]
    texts += [text for each in statements for text in (each.id, each.title, each.action, each.mechanism, each.evidence)]
    texts += [each.patient["en"] for each in statements]
    texts += [text for each in records for text in (each.safety.line, each.benefit.line, each.monitoring)]
    rules = [each for each in base.patient.rules.values() if medicine.medicine_class in each.with_classes]
    texts += [text for each in rules for text in (each.action, each.rule)]
    sources = {name for each in (*statements, *rules) for name in each.sources}
    assert (status, err) == (0, "")
    assert rules
    assert records
    assert pairs
    assert [text for text in texts if in_one_line(text) not in told] == []
    assert [name for name in sources if f"- {name}: " not in told] == []
    assert told.count("How read: ") == len(sources)
    assert told.count("status: draft, signed by nobody") == len((*statements, *rules))


def test_shared_steps_are_told_in_words(run: Run, base: KnowledgeBase) -> None:
    told = in_one_line(run("describe", "sertraline")[1])
    assert base.steps["never_stop_suddenly"].text in told
    assert "never_stop_suddenly" not in told


@pytest.mark.parametrize("product", ["Contrave", "bupropion-naltrexone"])
def test_a_product_is_told_with_the_records_of_its_parts(run: Run, base: KnowledgeBase, product: str) -> None:
    out = run("describe", product)[1]
    parts = {record.id for name in ("bupropion", "naltrexone") for record in base.records_of[name]}
    assert out.startswith("BUPROPION-NALTREXONE\n")
    assert {each for each in parts if f"\n{each} " not in out} == set()


def test_an_ambiguous_name_lists_all_that_it_may_be(run: Run) -> None:
    status, out, _ = run("describe", "bup")
    assert status == 0
    assert [each for each in ("bupropion", "buprenorphine", "buspirone") if f"- {each}: " not in out] == []
    assert "MECHANISM" not in out.upper()


def test_a_real_medicine_without_a_row_is_not_called_safe(run: Run) -> None:
    status, out, _ = run("describe", "abatacept")
    assert status == 0
    assert "not assessed" in out
    assert "Not assessed does not mean safe." in out


def test_a_medicine_without_a_record_says_so(run: Run, base: KnowledgeBase) -> None:
    lonely = next(name for name in base.medicines if name not in base.records_of)
    assert "the check says 'not assessed'. Not assessed does not mean safe." in in_one_line(run("describe", lonely)[1])


# --- coverage


def test_coverage_puts_every_name_into_one_group(run: Run) -> None:
    listed = ["Zoloft", "Contrave", "abatacept", "bup", "lorazpam", "qqqzzz"]
    status, out, err = run("coverage", given="\n".join(listed))
    totals, *groups = out.rstrip().split("\n\n")
    assert (status, err) == (0, "")
    assert totals == (
        "6 names: 2 held (0 of them without a verdict), 1 real but not assessed, 1 ambiguous, 2 not recognised"
    )
    assert [group.splitlines()[0] for group in groups] == [
        *("NOT RECOGNISED (2)", "AMBIGUOUS (1)", "REAL, BUT NOT ASSESSED (1)", "HELD (2)")
    ]
    assert {name for name in listed if out.count(f"- {name}") != 1} == set()
    assert "- lorazpam: did you mean lorazepam" in out
    assert "- abatacept: not in medicines/: abatacept" in out
    assert "- Zoloft = sertraline: KC-0003, KC-0001" in out


def test_coverage_reads_a_file_and_tells_what_was_no_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("Zoloft\nPhone: 555 123 4567\n", encoding="utf-8")
    out = run("coverage", str(tmp_path / "list.txt"))[1]
    assert out.startswith("1 name: 1 held")
    assert "line 2 dropped" in out
    assert "555" not in out


# --- stale


def test_stale_lists_by_file_the_oldest_first(run: Run, tmp_path: Path) -> None:
    dates = {"b.yaml": ["2027-01-02", "2026-12-01"], "a.yaml": ["2027-01-01", "2028-01-01"]}
    for name, days in dates.items():
        rows = "".join(f"- {{id: {name[0]}{day}, next_review: {day}}}\n" for day in days)
        (tmp_path / name).write_text(rows, encoding="utf-8")
    due = find_review_dates(read_rows(tmp_path), date(2027, 1, 2))
    assert [(file, [row.key for _, row in rows]) for file, rows in due.due] == [
        ("b.yaml", ["b2026-12-01", "b2027-01-02"]),
        ("a.yaml", ["a2027-01-01"]),
    ]
    status, out, _ = run("stale", "--on", "2026-01-01", str(tmp_path))
    assert (status, out.strip()) == (0, "Nothing is due for review on 2026-01-01. The next row is due on 2026-12-01.")


def test_every_kind_that_has_a_date_becomes_due(run: Run) -> None:
    rows = [row for row in read_rows(DATA_FOLDER) if "next_review" in row.fields]
    out = run("stale", "--on", "2100-01-01")[1]
    assert len(rows) > 500
    assert f"{len(rows)} rows in {len({row.file for row in rows})} file(s)." in out
    assert {row.file for row in rows} <= set(out.splitlines())


def test_a_date_that_is_none_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {id: one, next_review: soon}\n", encoding="utf-8")
    status, _, err = run("stale", str(tmp_path))
    assert status == 2
    assert "a.yaml · one · next_review: got 'soon'" in err


# --- diff

OLD = {
    "medicines/m.yaml": "".join(f"- {{id: {name}, medicine_class: {name[0]}}}\n" for name in ("ca", "cb", "da")),
    "interactions/i.yaml": (
        "- {id: KC-1, title: Class, classes: [c], severity: caution, action: Plan it well, evidence: x}\n"
        "- {id: KC-2, title: Single, medicines: [da], severity: monitor, action: Ask, status: draft}\n"
    ),
    "pairs.yaml": "- {id: KP-1, title: Two, first: [ca], second: [{medicine: da}], severity: avoid, action: Call}\n",
    "factor_rules.yaml": "- {id: fever, level: warning, rule: x}\n",
    "sources.yaml": "- {id: old-1, title: An old one, year: 1999, read: abstract}\n",
}
NEW = {
    "medicines/m.yaml": OLD["medicines/m.yaml"] + "- {id: zz, medicine_class: c}\n",
    "interactions/i.yaml": OLD["interactions/i.yaml"]
    .replace("severity: caution, action: Plan it well", "severity: avoid, action: Stop it all")
    .replace("evidence: x", "evidence: y")
    .replace("action: Ask, status: draft", "action: Ask, status: signed, signed_by: N"),
    "pairs.yaml": "[]\n",
    "factor_rules.yaml": "- {id: fever, level: contraindication, rule: y}\n",
    "sources.yaml": "- {id: new-1, title: A new one, year: null, read: full_text}\n",
}
EXPECTED = """\
Changed verdicts, by medicine:

- ca: KC-1 Class: severity caution -> avoid, action 'Plan it well' -> 'Stop it all'; no longer under KP-1 Two (avoid:
  Call).
- cb: KC-1 Class: severity caution -> avoid, action 'Plan it well' -> 'Stop it all'.
- da: KC-2 Single: status draft -> signed; no longer under KP-1 Two (avoid: Call).
- zz: now under KC-1 Class (avoid: Stop it all).

Other changes:

- factor_rules fever: level warning -> contraindication, rule
- interactions KC-1: evidence
- interactions KC-2: signed_by

Added:

- medicines: zz

Removed:

- pairs: KP-1

Sources added:

- new-1: A new one; read: full_text

Sources removed:

- old-1: An old one (1999); read: abstract
"""


def write_folder(folder: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def test_diff_tells_verdicts_by_medicine_first(run: Run, tmp_path: Path) -> None:
    old, new = write_folder(tmp_path / "old", OLD), write_folder(tmp_path / "new", NEW)
    status, out, err = run("diff", old, new)
    assert (status, err, out.rstrip()) == (0, "", EXPECTED.rstrip())


def test_medicines_with_the_same_change_are_told_together(run: Run, tmp_path: Path) -> None:
    changed = OLD | {"interactions/i.yaml": OLD["interactions/i.yaml"].replace("caution", "monitor")}
    old, new = write_folder(tmp_path / "old", OLD), write_folder(tmp_path / "new", changed)
    assert "\n- ca, cb: KC-1 Class: severity caution -> monitor.\n" in run("diff", old, new)[1]


def test_order_of_rows_files_and_fields_is_no_change(run: Run, tmp_path: Path) -> None:
    first, second = OLD["interactions/i.yaml"].splitlines()
    moved = {key: text for key, text in OLD.items() if key != "interactions/i.yaml"}
    moved |= {"interactions/j.yaml": f"{second}\n", "interactions/k.yaml": f"{first}\n"}
    moved["sources.yaml"] = "- {read: abstract, year: 1999, id: old-1, title: An old one}\n"
    old, new = write_folder(tmp_path / "old", OLD), write_folder(tmp_path / "new", moved)
    assert run("diff", old, new)[1].strip() == "No row of the knowledge base changed."


# --- format

MESSY = """\
# About the file.
- {patient_name: antidepressant (SSRI),   id: ssri, name: "SSRI", duplicate_therapy: true}

# About the next row.
- id: 'snri'
  patient_name:   antidepressant (SNRI)
  duplicate_therapy: true
  name: SNRI
- {id: tca, name: tricyclic, patient_name: 'no', duplicate_therapy: true}
"""
TIDY = """\
# yaml-language-server: $schema=schema/classes.json
# About the file.

- {id: ssri, name: SSRI, patient_name: antidepressant (SSRI), duplicate_therapy: true}

# About the next row.
- id: snri
  name: SNRI
  patient_name: antidepressant (SNRI)
  duplicate_therapy: true

- {id: tca, name: tricyclic, patient_name: 'no', duplicate_therapy: true}
"""


def test_canonical_form() -> None:
    assert canonical_text(MESSY, "classes.yaml") == TIDY
    assert canonical_text(TIDY, "classes.yaml") == TIDY


@pytest.mark.parametrize(
    "file", sorted(path.relative_to(DATA_FOLDER).as_posix() for path in DATA_FOLDER.rglob("*.yaml"))
)
def test_canonical_form_changes_no_content_and_loses_no_comment(file: str) -> None:
    text = (DATA_FOLDER / file).read_text(encoding="utf-8")
    written = canonical_text(text, file)
    comments = [line for line in text.splitlines() if line.startswith("#") and "yaml-language-server" not in line]
    assert yaml.load(written, Loader=yaml.CSafeLoader) == yaml.load(text, Loader=yaml.CSafeLoader)
    assert [line for line in written.splitlines() if line.startswith("#") and "yaml-language" not in line] == comments
    assert written.startswith("# yaml-language-server: ") == (kind_of(file) in MODELS)
    assert written == text or canonical_text(written, file) == written


def test_all_data_is_in_canonical_form(run: Run) -> None:
    status, out, err = run("format", "--check")
    assert (status, err) == (0, ""), err
    assert out.strip() == "All files are in canonical form."


def test_format_writes_what_check_named(run: Run, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "data", {"classes.yaml": MESSY, "steps.yaml": "[]\n"})
    status, _, err = run("format", "--check", folder)
    assert (status, err.strip()) == (
        *(2, "Not in canonical form: classes.yaml, steps.yaml; run 'python -m components format'."),
    )
    assert (tmp_path / "data/classes.yaml").read_text(encoding="utf-8") == MESSY
    assert run("format", folder)[:2] == (0, "classes.yaml\nsteps.yaml\n")
    assert (tmp_path / "data/classes.yaml").read_text(encoding="utf-8") == TIDY
    assert run("format", "--check", folder)[0] == 0


UNFORMATTABLE = {
    "comment in a row": ("- id: ssri\n  # why\n  name: SSRI\n", "line 2: a comment inside a row"),
    "comment behind a value": ("- id: ssri\n  name: SSRI # why\n", "line 2: a comment inside a row"),
    "broken": ("- id: [ssri\n", "not readable as YAML"),
    "a map": ("id: ssri\n", "no list of rows"),
    "empty": ("", "no list of rows"),
    "rows that are none": ("- ssri\n", "no list of rows"),
}


@pytest.mark.parametrize("name", UNFORMATTABLE)
def test_what_cannot_be_formatted_is_left_alone(run: Run, tmp_path: Path, name: str) -> None:
    text, wanted = UNFORMATTABLE[name]
    folder = write_folder(tmp_path, {"classes.yaml": text, "a.yaml": "-   id: one\n"})
    status, out, err = run("format", folder)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert wanted in err
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "-   id: one\n"


def test_signs_of_comments_inside_text_are_text() -> None:
    text = "- id: one\n  text: |\n    # not a comment\n    second line\n  note: 'C # sharp'\n  key: a#b\n"
    assert yaml.safe_load(canonical_text(text, "x.yaml")) == yaml.safe_load(text)
    with pytest.raises(Unformattable):
        canonical_text(text + "  last: x # comment\n", "x.yaml")


# --- review


@pytest.mark.parametrize("record", ["KC-0022", "KP-0001", "rapid-suicidality", "KF-0001"])
def test_a_review_sheet_says_all_and_has_boxes(run: Run, base: KnowledgeBase, record: str) -> None:
    pairs = {pair.id: pair for pair in base.pairs}
    known = {**base.records, **pairs, **base.patient.rules, **base.patient.fit}
    texts = list(texts_in({key: each for key, each in known[record].model_dump().items() if key != "sources"}))
    status, out, err = run("review", record)
    told = in_one_line(out)
    assert (status, err) == (0, "")
    missing = [text for text in texts if in_one_line(in_words(text)).casefold().rstrip(".") not in told.casefold()]
    assert [text for text in missing if text not in base.steps] == [], "shared steps are told by their text"
    assert [name for name in known[record].sources if f"{name}: " not in told] == []
    boxes = (
        "[ ] Agree as it stands",
        "[ ] Agree with the changes",
        "[ ] Reject",
        "Severity",
        "Wording for the patient",
    )
    lines = ("Name in full: - ____", "Credential", "Date: - ____", "Signature: - ____")
    assert [each for each in (*boxes, *lines) if each not in told] == []


def test_no_review_sheet_shows_a_code(base: KnowledgeBase) -> None:
    codes = [
        f"{record.id}: {found[0]}"
        for record in statements(base)
        if isinstance(record, Provenance)
        for block in build_review_sheet(record.id, (record,), base, date(2026, 12, 1)).blocks
        for line in (*block.lines, SheetLine(block.title))
        if (found := CODE.search(ADDRESS.sub(" ", f"{line.text}: {line.label}").replace(record.id, "")))
    ]
    assert codes == []


@pytest.mark.parametrize("ending", [".txt", ".html", ".pdf"])
@pytest.mark.parametrize("record", ["KC-0022", "KC-0142"])
def test_a_review_sheet_cites_its_sources_in_full(base: KnowledgeBase, record: str, ending: str) -> None:
    sheet = build_review_sheet(record, (base.records[record],), base, date(2026, 12, 1))
    written = RENDERERS[ending](sheet)
    if ending == ".pdf":
        read = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(written)).pages)
    else:
        read = unescape(re.sub(r"<[^>]*>", " ", written.decode()))
    told = re.sub(r"\s", "", read).casefold()  # an address may be broken at the end of a line
    wanted = [
        text
        for source in sheet.sources
        for text in (source.authors, source.title, source.journal, source.doi, source.url, HOW_READ[source.read])
        if text
    ]
    assert [text for text in wanted if re.sub(r"\s", "", text).casefold() not in told] == []
    assert "…" not in read


def test_every_row_with_a_status_can_be_reviewed(base: KnowledgeBase) -> None:
    rows = {row.kind: row.key for row in read_rows(DATA_FOLDER) if "status" in row.fields and row.kind in MODELS}
    assert len(rows) > 15
    titles = {kind: reviewable(key, base)[0] for kind, key in rows.items()}
    assert {kind for kind, key in rows.items() if not titles[kind].startswith(key)} == set()


def texts_in(value: object) -> list[str]:
    """Every text in a record, whatever holds it."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_in(each)]
    if isinstance(value, tuple | list):
        return [text for each in value for text in texts_in(each)]
    return [value] if isinstance(value, str) and len(value) > 1 else []


@pytest.mark.parametrize("asked", ["ssri", "SSRI"])
def test_a_class_brings_all_its_records(run: Run, base: KnowledgeBase, asked: str) -> None:
    members = [each.id for each in base.medicines.values() if each.medicine_class == "ssri"]
    wanted = {each.id for name in members for each in (*base.records_of[name], *base.pairs_of.get(name, ()))}
    out = run("review", asked)[1]
    assert f"{len(wanted)} records to review" in out
    assert {name for name in wanted if f"{name}: DECISION" not in out} == set()


def test_a_review_sheet_is_written_as_pdf_and_html(run: Run, tmp_path: Path) -> None:
    for ending in ("pdf", "html", "txt"):
        assert run("review", "KC-0022", "--out", str(tmp_path / f"sheet.{ending}"))[0] == 0
    pages = pypdf.PdfReader(tmp_path / "sheet.pdf").pages
    paper = in_one_line(" ".join(page.extract_text() for page in pages))
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    for text in ("Review sheet: KC-0022", "Agree as it stands", "Signature", "to the patient"):
        assert text in paper
        assert text in page
    assert page.startswith('<!doctype html><html lang="en">')
    assert "http://" not in page.replace('href="http://', "")
    assert "src=" not in page


# --- misuse: status 2, nothing on standard output, exactly one line on standard error

MISUSES: dict[str, list[str]] = {
    "describe nothing": ["describe"],
    "describe an unknown": ["describe", "xqzzt"],
    "describe a misspelling": ["describe", "lorazpam"],
    "describe a number": ["describe", "50 mg"],
    "coverage of a missing file": ["coverage", "no-such-list.txt"],
    "coverage of nothing": ["coverage"],
    "stale on no date": ["stale", "--on", "tomorrow"],
    "stale in no folder": ["stale", "no-such-folder"],
    "diff of one folder": ["diff", str(DATA_FOLDER)],
    "diff with no folder": ["diff", str(DATA_FOLDER), "no-such-folder"],
    "format of nothing": ["format", "no-such-folder"],
    "review of nothing": ["review", "KC-9999"],
    "review to another format": ["review", "KC-0022", "--out", "sheet.docx"],
    "review to nowhere": ["review", "KC-0022", "--out", "no-such-folder/sheet.txt"],
}


@pytest.mark.parametrize("misuse", MISUSES)
def test_misuse_gets_one_sentence(run: Run, misuse: str) -> None:
    status, out, err = run(*MISUSES[misuse])
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1, err
    assert err.rstrip("\n").endswith((".", "?"))


def test_a_misspelling_gets_suggestions(run: Run) -> None:
    assert "did you mean lorazepam" in run("describe", "lorazpam")[2]


# --- the manual, done literally

README = (DATA_FOLDER / "README.md").read_text(encoding="utf-8")
MANUAL = README[README.index("## A new medicine, step by step") : README.index("## Rules")]
CONSOLES = re.findall(r"```console\n(.*?)```", MANUAL, re.DOTALL)


def steps_of(console: str) -> list[tuple[str, str]]:
    """(command, what it prints) of a block in the manual."""
    return [(each[0], each[1]) for each in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", console, re.MULTILINE)]


def prints(wanted: str, printed: str) -> bool:
    """True when the output begins as the manual shows it; '...' stands for anything."""
    pattern = ".*?".join(re.escape(in_one_line(part)) for part in in_one_line(wanted).split("..."))
    return re.match(pattern.replace(r"\ .*?", r"\ ?.*?").replace(r".*?\ ", r".*?\ ?"), in_one_line(printed)) is not None


@pytest.fixture
def follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str, KnowledgeBase], list[str]]:
    """(block of the manual, knowledge base) -> steps whose output is not as the manual shows it."""
    (tmp_path / "data-before").symlink_to(DATA_FOLDER)
    shutil.copytree(DATA_FOLDER, tmp_path / "work" / "data")
    monkeypatch.chdir(tmp_path / "work")

    def through(console: str, base: KnowledgeBase) -> list[str]:
        index, wrong = NameIndex(base), []
        monkeypatch.setattr("components.__main__.load_knowledge_base", lambda folder=None: base)
        monkeypatch.setattr("components.__main__.NameIndex", lambda knowledge_base: index)
        for command, wanted in steps_of(console):
            said, _, call = command.rpartition("| ")
            given = said.removeprefix("echo ").strip(' "')
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
            status = main(re.sub(r"^python -m components ", "", call).split())
            output = capsys.readouterr()
            if status or not prints(wanted, output.out):
                wrong.append(f"{command}\n{output.err}{output.out}")
        return wrong

    return through


def test_a_new_medicine_takes_one_edit(
    follow: Callable[[str, KnowledgeBase], list[str]], base: KnowledgeBase, tmp_path: Path
) -> None:
    before, after = CONSOLES
    place = re.search(r"In `(data/.+?)`, below the row of `(.+?)`", MANUAL)
    block = re.search(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    assert place
    assert block
    added = yaml.safe_load(block[1])[0]["id"]
    assert added not in base.medicines, "data/ holds the example of the manual now: choose another one"
    assert len(steps_of(before)) + len(steps_of(after)) >= 7
    assert follow(before, base) == []
    file = tmp_path / "work" / place[1]
    edited, count = re.subn(
        rf"^- {{id: {place[2]},.*\n",
        lambda row: row[0] + block[1],
        file.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert count == 1
    file.write_text(edited, encoding="utf-8")
    assert follow(after, load_knowledge_base(tmp_path / "work" / "data")) == []


def test_an_output_that_differs_from_the_manual_would_be_seen() -> None:
    assert prints("1 entered: 1 assessed\n...\nend\n", "1 entered: 1 assessed; highest: x\n\nthe end\n")
    assert not prints("1 entered: 1 assessed\n", "1 entered: 0 assessed\n")
    assert not prints("one\n...\ntwo\n", "one\nthree\n")


def test_the_manual_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = set(re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)) - {"check"}
    assert len(commands) >= 8
    assert {each for each in commands if f"| `{each}" not in README} == set()
