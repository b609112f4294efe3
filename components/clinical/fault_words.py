"""What YAML and the models say of a fault, in a curator's words; and which faults only follow from another one."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

YAML_WORDS = {
    "found character that cannot start any token": "a tab, or a sign such as @, ` or %, begins something here",
    "did not find expected key": "the indentation differs from the lines above",
    "did not find expected '-' indicator": "a row does not begin with '- ' under the one above",
    "mapping values are not allowed in this context": "a second ': ' in one line",
    "did not find expected ',' or ']'": "a bracket [ is not closed",
    "did not find expected ',' or '}'": "a bracket { is not closed",
    "found unexpected end of stream": "a quote is not closed",
    "invalid leading UTF-8 octet": "it is not saved as UTF-8",
    "invalid trailing UTF-8 octet": "it is not saved as UTF-8",
}
YAML_CURE = (
    "valid YAML: spaces and never tabs, the fields of a row one below the other, "
    "quotes around a text with ': ' in it, a line break at the very end, saved as UTF-8"
)
PYDANTIC_WORDS: Mapping[str, Callable[[str], str]] = {
    "missing": lambda _: "a value; this field is required",
    "extra_forbidden": lambda _: "a field that the schema knows; others are not permitted",
    "model_type": lambda _: "a row of fields, each written as 'name: value'",
    "string_type": lambda _: "text; put it in quotes if it looks like a number, a date, yes or no",
    "date_from_datetime_parsing": lambda _: "a date such as 2027-05-21",
    "value_error": lambda said: f"a value that fits: this one {said.removeprefix('Value error, ')}",
}


def yaml_in_words(said: str) -> str:
    """'the indentation differs from the lines above'; what nobody foresaw stays as it is."""
    return next((words for start, words in YAML_WORDS.items() if start in said), said)


def expected_in_words(kind: str, said: str) -> str:
    """What the model expects; ``kind`` and ``said`` are pydantic's type and message of the error."""
    words = PYDANTIC_WORDS.get(kind)
    return words(said) if words else said.removeprefix("Input should be ").replace("String should have", "text of")


def holds_in_words(content: Any) -> str:
    """What stands in a file that should hold a list of rows."""
    if content is None:
        return "is empty"
    return "holds one record instead of a list" if isinstance(content, dict) else "holds no list"


def is_consequence(problem: str, broken: Iterable[str], left_out: Iterable[str]) -> bool:
    """True for a reference into a file that could not be read, or to a row that was left out for its own fault."""
    wanted, _, where = problem.partition(" is not in ")
    files = [each for each in where.split(" or ") if each]
    follows = any(file.startswith(each) for file in broken for each in files)
    return follows or (bool(files) and wanted.strip("'") in set(left_out))
