"""Interface words live in one file, hold no digit and no medicine name, and are called by keys and slots that exist."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from components.clinical.interface_words import FIXED, MEDICINES_NAMED, all_words
from components.clinical.knowledge_base import KnowledgeBase

ROOT = Path(__file__).resolve().parents[2]
_OF_DATA = """
    cross_check data_files evidence_base factor_base fault_words guide_base knowledge_base onset_base records
    side_effect_base side_effects signature
"""
NOT_FOR_A_PAGE = {
    "components/__main__.py": "the command line's own help",
    "components/clinical/interface_words.py": "names that it lends to every text",
    "components/clinical/line_details.py": "patterns by which lists are read",
    "components/clinical/line_words.py": "categories of Unicode",
    "components/clinical/name_index.py": "kinds of names in vocabulary.csv",
    "components/exchange/fhir_items.py": "types of FHIR",
    "components/exchange/fhir_medicine.py": "an instruction in words that the reader of lines understands",
    "components/exchange/fhir_resources.py": "types of FHIR",
    "components/exchange/list_patterns.py": "patterns by which lists are read",
    "components/exchange/pdf_letters.py": "names of fonts",
    **dict.fromkeys((f"components/clinical/{name}.py" for name in _OF_DATA.split()), "names and faults of data/"),
}
EVERYDAY = {"same", "hash"}
"""Everyday words that are also somebody's name for a medicine (SAMe) or a drug."""
LONGEST_NAME = 100
"""Letters of a text with a medicine in a slot: it names a treatment, a comparator or a page and states nothing."""
_MARKUP = re.compile(r"<style>[\s\S]*|^\w+\{[\s\S]*|<[^>]*(>|$)|^[^<>\w]*\">|&#?\w+;|:material/\w+:|:[a-z]+(-badge)?\[")
_WORDS = re.compile(
    r"[A-Za-z][a-z’']+[.,:;?!)]* +[(“\"*]?[a-z]{2,}|^\W*[A-Z][a-z]+[.:?,]?\W*$"
    r"|^(?:: ?|[,;] ?| ?\(| )[a-z]{2,}\b(?![=/])|^[a-z]{2,}[,:;]? $|[A-Za-z] [(+][ \da-z]|[a-z], [a-z]| v "
)
"""Two words, a word that begins with a capital, and what joins names: ' with ', ', patient', ' (allergy)', 'over '."""
NOT = {"not", "no", "never", "nobody", "nothing", "without", "none", "cannot"}
SHORT = 8
"""Words of a text that its key can sum up: what such a text denies, its key denies too."""


_PLACED = "textposition"


class Call(NamedTuple):
    """One call of say()."""

    place: str
    key: str
    slots: frozenset[str]


def _modules() -> list[Path]:
    return [*sorted(ROOT.glob("components/**/*.py")), *sorted(ROOT.glob("pages/*.py")), ROOT / "app.py"]


def _calls() -> Iterator[Call]:
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno} builds its key"
                slots = frozenset(str(each.arg) for each in node.keywords)
                yield Call(f"{path.relative_to(ROOT)}:{node.lineno}", str(node.args[0].value), slots)


def _slots(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _bare(text: str) -> str:
    """A text without its slots."""
    return "".join(part for part, *_ in string.Formatter().parse(text))


def _runs(text: str) -> set[str]:
    """Every run of one to three words."""
    words = re.findall(r"[\w'-]+", text.casefold())
    return {" ".join(words[start : start + length]) for length in (1, 2, 3) for start in range(len(words))}


def test_no_text_holds_a_digit() -> None:
    assert not {key: text for key, text in all_words().items() if re.search(r"\d", _bare(text))}


def test_no_text_holds_a_medicine_name(base: KnowledgeBase) -> None:
    names = {
        name.casefold()
        for each in (*base.medicines.values(), *base.combinations.values())
        for name in (each.id, *each.synonyms, *each.brands)
    }
    assert not {key: found for key, text in all_words().items() if (found := _runs(_bare(text)) & names - EVERYDAY)}


def test_a_medicine_in_a_slot_is_one_of_ours_and_only_named(base: KnowledgeBase) -> None:
    known = {name for each in base.medicines.values() for name in (each.id, *each.brands, *each.synonyms)}
    assert set(MEDICINES_NAMED) <= known
    slots = {each for name in MEDICINES_NAMED for each in (name, name.capitalize())}
    assert not {key: text for key, text in all_words().items() if _slots(text) & slots and len(text) > LONGEST_NAME}


def test_every_call_finds_its_text_and_fills_its_slots() -> None:
    wrong = [
        call
        for call in _calls()
        if call.key not in all_words() or call.slots != _slots(all_words()[call.key]) - FIXED.keys()
    ]
    assert not wrong


def test_no_call_gives_a_fixed_slot_another_value() -> None:
    assert not [call for call in _calls() if call.slots & FIXED.keys()]


def test_a_key_denies_what_its_short_text_denies() -> None:
    assert not {key: text for key, text in all_words().items() if _is_denied(text) and not NOT & set(_parts(key))}


def _is_denied(text: str) -> bool:
    words = re.findall(r"[a-z’']+", _MARKUP.sub(" ", _bare(text)).casefold())
    return len(words) <= SHORT and bool(NOT & set(words))


def _parts(key: str) -> list[str]:
    return key.partition(".")[2].split("_")


def test_no_key_is_only_numbered_and_no_slot_is_named_after_code() -> None:
    numbered = {"two", "three", "four"}
    assert not [key for key in all_words() if _parts(key)[-1] in numbered]
    code = {"lower", "upper", "capitalize", "replace", "join", "plural", "line_two", "value_two"}
    assert not {key for key, text in all_words().items() if any(n in code or "_in_" in n for n in _slots(text))}


def test_every_text_is_used() -> None:
    assert not all_words().keys() - {call.key for call in _calls()}


@pytest.mark.parametrize(
    "path",
    [path for path in _modules() if str(path.relative_to(ROOT)) not in NOT_FOR_A_PAGE],
    ids=lambda path: path.name,
)
def test_no_words_stand_in_a_module_that_writes_for_readers(path: Path) -> None:
    assert not list(_literals(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("name", NOT_FOR_A_PAGE)
def test_no_module_is_left_out_without_need(name: str) -> None:
    assert list(_literals(ast.parse((ROOT / name).read_text(encoding="utf-8"))))


def _literals(tree: ast.Module) -> Iterator[str]:
    """Words in quotes that are no docstring, no key and no pattern."""
    skipped = {id(part) for node in ast.walk(tree) if _is_silent(node) for part in ast.walk(node)}
    skipped |= {id(code) for node in ast.walk(tree) for code in _codes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            written = _MARKUP.sub(" ", node.value)
            if _WORDS.search(written):
                yield f"{node.lineno}: {written}"


def _is_silent(node: ast.AST) -> bool:
    """A docstring, a description of a field, a pattern, a list of words to read by: nobody reads it on a page."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        called = node.func
        if isinstance(called, ast.Attribute):
            is_word_list = isinstance(called.value, ast.Constant) and called.attr == "split"
            return is_word_list or getattr(called.value, "id", "") == "re"
        return isinstance(called, ast.Name) and called.id in ("Field", "TypeVar")
    return isinstance(node, ast.Raise) or (isinstance(node, ast.keyword) and node.arg == _PLACED)


def _codes(node: ast.AST) -> Iterator[ast.AST]:
    """Lower-case keys of a dictionary, members of a set, values of an enum: codes of data/ or of a library."""
    if isinstance(node, ast.Dict):
        keys = [part for key in node.keys for part in (key.elts if isinstance(key, ast.Tuple) else [key])]
        yield from (key for key in keys if isinstance(key, ast.Constant) and str(key.value).islower())
        yield from (to for key, to in zip(node.keys, node.values, strict=True) if getattr(key, "value", "") == _PLACED)
    elif isinstance(node, ast.Set):
        yield from (each for each in node.elts if isinstance(each, ast.Constant) and str(each.value).islower())
    elif isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "StrEnum" for base in node.bases):
        yield from (each.value for each in node.body if isinstance(each, ast.Assign))


def test_words_in_a_module_would_be_found() -> None:
    planted = ast.parse('"""A docstring of words."""\nst.markdown(f"Take {name} with water")\nst.button("Reset")\n')
    assert len(list(_literals(planted))) == 3


@pytest.mark.parametrize(
    "words",
    [" (allergy)", "Low (95%)", "SSRI + ketamine", ": disputed", ", patient", "over ", " with ", "n, note", " v <"],
)
def test_words_that_join_names_would_be_found(words: str) -> None:
    assert list(_literals(ast.parse(f"show({words!r})")))
