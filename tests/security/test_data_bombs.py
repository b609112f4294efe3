"""A file of data/ that is made to eat memory or stack: a fault with a line, for the curator and for the formatter."""

from pathlib import Path

import pytest

from components.clinical.data_files import DataFault, read_models
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.schema import MODELS
from components.exchange.data_format import Unformattable, canonical_text

_ALIASES = "- id: one\n  a: &a [x, x]\n" + "".join(
    f"  {chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
BOMBS = {
    "aliases of aliases": (_ALIASES, "an alias"),
    "alias of itself": ("- &a [*a]\n", "an alias"),
    "merge of itself": ("- &a\n  <<: *a\n", "an alias"),
    "brackets inside each other": ("- " + "[" * 100_000, "levels"),
    "closed brackets inside each other": ("- " + "[" * 100_000 + "]" * 100_000, "levels"),
    "brackets on lines of their own": ("- [\n" + " [\n" * 100_000, "levels"),
    "braces inside each other": ("- " + "{a: " * 100_000, "levels"),
    "rows inside each other": ("- " * 100_000 + "x", "levels"),
    "keys inside each other": ("? " * 100_000 + "x", "levels"),
    "indentation without end": ("".join(f"{' ' * n}-\n" for n in range(1_000)), "levels"),
    "number of 5,000 digits": ("- " + "9" * 5_000, "digits"),
    "field given twice": ("- id: one\n  id: two\n", "stands twice"),
    "key that is a list": ("- ? [a]\n  : b\n", "list"),
    "command in a tag": ("- !!python/object/apply:os.system [exit]\n", "a row of fields"),
    "null byte": ("- id: a\x00b\n", "not readable"),
    "two documents": ("- id: one\n---\n- id: two\n", "not readable"),
}


@pytest.mark.parametrize(("text", "said"), BOMBS.values(), ids=BOMBS)
def test_a_fault_of_the_one_file(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "samples.yaml").write_text(text, encoding="utf-8")
    faults: list[DataFault] = []
    assert read_models(tmp_path, "samples.yaml", MODELS["samples"], faults) == []
    told = [str(fault) for fault in faults]
    assert all(each.startswith("samples.yaml") and len(each) < 500 for each in told), told
    assert any(said in each for each in told), told


@pytest.mark.parametrize("what", [each for each, (_, said) in BOMBS.items() if said in ("an alias", "levels")])
def test_the_formatter_leaves_it_alone(what: str) -> None:
    with pytest.raises(Unformattable, match="not readable as YAML"):
        canonical_text(BOMBS[what][0], "samples.yaml")


def test_no_text_is_refused_for_an_ampersand_or_a_bracket(base: KnowledgeBase) -> None:
    assert base.medicines
    assert canonical_text("- {id: a, note: 'R & D, AT&T, x?a=1&b=2 [95% CI'}\n", "samples.yaml")
