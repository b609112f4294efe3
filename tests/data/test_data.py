"""The curated data, tested for the curator: every message names the file, the record and what is wrong."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from components.clinical.line_words import name_key
from components.clinical.records import LONGEST_ACTION, InteractionRecord, PairRecord
from components.clinical.schema import MODELS, schema_text
from components.clinical.terms import EvidenceGrade, RecordStatus, Severity

FEWEST_MEDICINES, FEWEST_COMBINATIONS = 490, 100
ACTION_VERBS = frozenset(
    """
    Allow Ask Avoid Check Confirm Continue Cut Do Give Hold Keep Leave Lower Measure Monitor Never Plan Postpone
    Prefer Record Reserve Screen Start Stop Switch Taper Tell Treat Use Wait Watch
    """.split()
)
CHANGES_A_DOSE = re.compile(r"\b(?:hold|lower|taper|stop)", re.IGNORECASE)
WARNS_OF_STOPPING = re.compile(r"\b(?:never stop|do not stop)\b", re.IGNORECASE)
WITH_SUFFIX = re.compile(r"([a-z ]+)-[a-z]{4}$")
COMPILER_TALK = re.compile(
    r"\brecalled\b|\bseeds?\b|\bstored (?:page|excerpt|copy)|\bTODO\b|\bas class\b|\bthe commission\b", re.IGNORECASE
)

Statement = InteractionRecord | PairRecord


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """File of every record and pair, by id."""
    paths = [*sorted(DATA_FOLDER.glob("interactions/*.yaml")), DATA_FOLDER / "pairs.yaml"]
    return {row["id"]: path.relative_to(DATA_FOLDER).as_posix() for path in paths for row in read_yaml(path)}


@pytest.fixture(scope="module")
def statements(base: KnowledgeBase) -> list[Statement]:
    return [*base.records.values(), *base.pairs]


def read_yaml(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return rows


def actions_of(record: Statement) -> list[str]:
    return [record.action, *(record.action_by_treatment.values() if isinstance(record, InteractionRecord) else ())]


def plan_of(record: Statement, base: KnowledgeBase) -> list[str]:
    """Every step of the plan as text, shared steps resolved."""
    if isinstance(record, PairRecord):
        return [record.management]
    steps = (*record.plan.before, *record.plan.on_the_day, *record.plan.after)
    return [base.steps[step.shared].text if step.shared else step.text or "" for step in steps]


def texts_in(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(field, text) of every text in a YAML row but ids and addresses."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in ("sources", "claims", "id", "origin", "read", "read_at", "url"):
                yield from texts_in(each, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for position, each in enumerate(value, start=1):
            yield from texts_in(each, f"{path}[{position}]")


# --- files


@pytest.mark.parametrize("name", MODELS)
def test_schema_equals_the_models(name: str) -> None:
    written = (DATA_FOLDER / "schema" / f"{name}.json").read_text(encoding="utf-8")
    assert written == schema_text(name), f"data/schema/{name}.json is old: run 'make schema'"


def test_there_is_no_schema_without_a_model() -> None:
    assert {path.stem for path in (DATA_FOLDER / "schema").glob("*.json")} == MODELS.keys()


def test_every_row_says_each_field_once() -> None:
    """YAML lets a second 'severity:' silently replace the first."""
    found = []
    for path in sorted(DATA_FOLDER.rglob("*.yaml")):
        waiting = [yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.MappingNode):
                keys = Counter(key.value for key, _ in node.value)
                place = f"{path.relative_to(DATA_FOLDER)} line {node.start_mark.line + 1}"
                found += [f"{place}: '{key}' stands twice" for key, count in keys.items() if count > 1]
                waiting += [value for _, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value
    assert not found, "\n".join(found)


def test_ids_are_unique_over_all_files() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(DATA_FOLDER.rglob("*.yaml")):
        for row in read_yaml(path):
            if "id" in row:
                kind = path.parent.name if path.parent != DATA_FOLDER else path.stem
                found[f"{kind.replace('combinations', 'medicines')}: {row['id']}"].append(path.name)
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


@pytest.mark.parametrize("pattern", ["interactions/*.yaml", "pairs.yaml", "combinations.yaml"])
def test_rows_stand_in_the_order_of_their_ids(pattern: str) -> None:
    found = []
    for path in sorted(DATA_FOLDER.glob(pattern)):
        ids = [row["id"] for row in read_yaml(path)]
        found += [f"{path.name}: {after} stands after {before}" for before, after in pairwise(ids) if before >= after]
    assert not found, "\n".join(found)


def test_vocabulary_is_in_the_form_that_is_looked_up() -> None:
    with (DATA_FOLDER / "vocabulary.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) > 10_000
    wrong = [f"vocabulary.csv: '{row['name']}', expected '{name_key(row['name'])}'" for row in rows]
    assert [line for row, line in zip(rows, wrong, strict=True) if row["name"] != name_key(row["name"])] == []
    assert len({tuple(row.values()) for row in rows}) == len(rows), "vocabulary.csv: a row stands twice"


def test_no_substance_of_the_vocabulary_stands_twice() -> None:
    """A US name with its four letters (erenumab-aooe) is no second medicine beside erenumab."""
    with (DATA_FOLDER / "vocabulary.csv").open(encoding="utf-8", newline="") as handle:
        substances = {row["ingredient"] for row in csv.DictReader(handle)}
    assert [each for each in sorted(substances) if (plain := WITH_SUFFIX.match(each)) and plain[1] in substances] == []


# --- names


def test_no_medicine_got_lost(base: KnowledgeBase) -> None:
    assert len(base.medicines) >= FEWEST_MEDICINES
    assert len(base.combinations) >= FEWEST_COMBINATIONS


def test_named_medicines_exist(base: KnowledgeBase, statements: list[Statement], places: dict[str, str]) -> None:
    found = []
    for record in statements:
        if isinstance(record, PairRecord):
            named = {member.medicine for member in (*record.first, *record.second)}
        else:
            named = {*record.medicines}
        found += [f"{places[record.id]}: {record.id}: no medicine '{name}'" for name in named - base.medicines.keys()]
    assert not found, "\n".join(found)


def test_a_burden_comes_first_out_within_the_product(base: KnowledgeBase) -> None:
    for record in base.records.values():
        parts = {part for product in record.combinations for part in base.combinations[product].medicines}
        assert record.burden_parts.keys() <= set(record.burden), record.id
        assert {name for names in record.burden_parts.values() for name in names} <= parts, record.id


def test_no_name_means_two_things_in_silence(base: KnowledgeBase) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for medicine in base.medicines.values():
        for name in (medicine.id, *medicine.brands, *medicine.synonyms):
            meanings[name_key(name)].add(medicine.id)
    for product in base.combinations.values():
        for name in (product.id, *product.brands, *product.synonyms):
            meanings[name_key(name)].add(product.id)
    settled = {name_key(each.name) for each in base.ambiguous}
    found = {name: things for name, things in meanings.items() if len(things) > 1 and name not in settled}
    assert found == {}, "add these to ambiguous_names.yaml or take the name off one of them"


def test_ambiguous_names_are_ambiguous_once(base: KnowledgeBase) -> None:
    counts = Counter(name_key(each.name) for each in base.ambiguous)
    assert [name for name, count in counts.items() if count > 1] == []
    assert [each.name for each in base.ambiguous if len(set(each.could_be)) < 2] == []


# --- wording


def test_actions_begin_with_a_verb(statements: list[Statement], places: dict[str, str]) -> None:
    found = []
    for record in statements:
        for action in actions_of(record):
            first = re.match(r"[A-Za-z-]*", action)
            if not first or first.group() not in ACTION_VERBS:
                found.append(f"{places[record.id]}: {record.id}: action '{action}' does not begin with a verb we use")
            if len(action) > LONGEST_ACTION:
                found.append(f"{places[record.id]}: {record.id}: action has {len(action)} characters")
    assert not found, "\n".join(found)


def test_text_holds_no_compiler_talk() -> None:
    found = []
    for path in sorted(DATA_FOLDER.rglob("*.yaml")):
        if path.parent.name == "medicines" or path.name == "combinations.yaml":
            continue  # names of products only
        for row in read_yaml(path):
            for field, text in texts_in(row):
                if talk := COMPILER_TALK.search(text):
                    found.append(f"{path.relative_to(DATA_FOLDER)}: {row.get('id')}: {field} says '{talk.group()}'")
    assert not found, "\n".join(found)


# --- safety


def medicines_of(record: InteractionRecord, base: KnowledgeBase) -> set[str]:
    """Every medicine that a record speaks of, through its class or product too."""
    by_class = {each.id for each in base.medicines.values() if each.medicine_class in record.classes}
    in_product = {name for product in record.combinations for name in base.combinations[product].medicines}
    return {*record.medicines} | by_class | in_product


def test_whoever_changes_a_dose_warns_of_stopping(base: KnowledgeBase, places: dict[str, str]) -> None:
    found = []
    for record in base.records.values():
        asked = " / ".join([*actions_of(record), *plan_of(record, base)])
        told = f"{asked} / {record.patient['en']}"
        risky = sorted(name for name in medicines_of(record, base) if base.medicines[name].never_stop_suddenly)
        if risky and (word := CHANGES_A_DOSE.search(asked)) and not WARNS_OF_STOPPING.search(told):
            around = asked[max(0, word.start() - 30) : word.end() + 40]
            found.append(
                f"{places[record.id]}: {record.id}: '...{around}...' for {', '.join(risky)}: say 'never stop suddenly'"
            )
    assert not found, "\n".join(found)


GOES_ON = re.compile(
    r"^(?:resume|restart|go back|return to|take (?:it|the (?:dose|usual|bedtime)|or leave)|use it at|accept"
    r"|allow (?:it|one)|give (?:it|the dose|an extra|the next dose on the)"
    r"|if (?:it|the dose) (?:was|is) (?:taken|continued)|if continued"
    r"|if (?:treatment is )?(?:essential|unavoidable)|confirm that the (?:morning )?dose|do not skip)"
    r"|\bas usual\b|\bgo ahead\b|^continue unchanged",
    re.IGNORECASE,
)
ABOUT_SOMETHING_ELSE = {"Check lithium level, kidney and thyroid function as usual"}


def test_what_tells_to_go_on_is_marked_so_that_it_goes_in_a_clash(base: KnowledgeBase, places: dict[str, str]) -> None:
    """Verbs that tell to go on with a medicine or to treat all the same: such a step says keeps_on or goes_ahead."""
    steps = [
        (places[record.id], step.text)
        for record in base.records.values()
        for step in (*record.plan.before, *record.plan.on_the_day, *record.plan.after)
        if step.text and not (step.keeps_on or step.goes_ahead)
    ]
    steps += [("steps.yaml", step.text) for step in base.steps.values() if step.per_medicine and not step.keeps_on]
    unmarked = [(place, text) for place, text in steps if GOES_ON.search(text) and text not in ABOUT_SOMETHING_ELSE]
    assert unmarked == []


def _says_more_than_not_studied(record: Statement) -> bool:
    """'Compatible' of grade none is shown as 'none found; not studied', and no severity as 'no data'."""
    return record.evidence_grade is not EvidenceGrade.NONE or record.severity not in (None, Severity.COMPATIBLE)


def test_nothing_rests_on_memory_alone(
    base: KnowledgeBase, statements: list[Statement], places: dict[str, str]
) -> None:
    found = [
        f"{places[record.id]}: {record.id}: every source is 'recalled' ({', '.join(record.sources)})"
        for record in statements
        if _says_more_than_not_studied(record)
        and all(base.sources[source].read == "recalled" for source in record.sources)
    ]
    assert not found, "\n".join(found)


def test_review_comes_after_compilation(statements: list[Statement], places: dict[str, str]) -> None:
    found = [record.id for record in statements if record.next_review <= record.compiled_on]
    assert [f"{places[name]}: {name}: next_review is not after compiled_on" for name in found] == []


def test_nothing_is_signed(base: KnowledgeBase, statements: list[Statement]) -> None:
    """Take this test out on the day on which a pharmacist or physician signs the first record."""
    signed = [record.id for record in statements if record.status is not RecordStatus.DRAFT or record.signed_by]
    assert signed == []
    assert base.knowledge.status is RecordStatus.DRAFT
    assert base.knowledge.signed_on is None


def test_no_hold_with_hours_is_folded_away(base: KnowledgeBase) -> None:
    folded = [
        (record.id, step.text)
        for record in base.records.values()
        for step in (*record.plan.before, *record.plan.on_the_day)
        if step.text and not step.is_timed and re.search(r"\b(?:none|no|avoid|postpone)\b.* \d+ hours", step.text, re.I)
    ]
    assert folded == []
