"""Files that nobody sends by accident: what each is, its bytes, and the answer: words of the refusal, or medicines.

Bounds are of size: whatever is read to the end is small enough to be read soon, so no test measures time.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

PLANTED = "Quetzalcoatl"
"""Stands in every file that is refused and may stand in no refusal."""


class Hostile(NamedTuple):
    """One file. ``refused`` is a part of the sentence, or None for a file that is read."""

    what: str
    content: bytes
    refused: str | None = None
    medicines: tuple[str, ...] = ()
    """Medicines that must be among the entries of a file that is read."""


def use(name: str, **fields: Any) -> dict[str, Any]:
    return {"resourceType": "MedicationStatement", "medicationCodeableConcept": {"text": name}, **fields}


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _bundles(depth: int) -> bytes:
    opening, closing = b'{"resourceType":"Bundle","entry":[{"resource":', b"}]}"
    return opening * depth + _json(use("sertraline")) + closing * depth


def _archives() -> Iterator[Hostile]:
    after = b"\x14\x00\x00\x00" + PLANTED.encode()
    for what, start, said in (
        ("zip", b"PK\x03\x04", "zip or Office"),
        ("zip behind blank lines", b"\r\n\r\n PK\x03\x04", "zip or Office"),
        ("gzip", b"\x1f\x8b\x08", "packed"),
        ("PDF", b"%PDF-1.7\n", "PDF"),
        ("old Office file", b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        ("picture", b"\x89PNG\r\n\x1a\n", "picture"),
        ("empty zip", b"PK\x05\x06" + b"\x00" * 18, "not a text file"),
        ("zip in parts", b"PK\x07\x08", "not a text file"),
        ("text in front of a zip", b"sertraline 50 mg\nPK\x03\x04", "not a text file"),
        ("7z", b"7z\xbc\xaf\x27\x1c", "not a text file"),
        ("rar", b"Rar!\x1a\x07\x01\x00", "not a text file"),
        ("xz", b"\xfd7zXZ\x00", "not a text file"),
        ("bzip2", b"BZh91AY&SY", "not a text file"),
        ("zstandard", b"\x28\xb5\x2f\xfd", "not a text file"),
        ("program", b"\x7fELF\x02\x01\x01", "not a text file"),
        ("SQLite", b"SQLite format 3\x00", "not a text file"),
        ("Parquet", b"PAR1\x15\x04", "not a text file"),
        ("Python pickle", b"\x80\x04\x95\x1c", "not a text file"),
    ):
        yield Hostile(what, start + after, said)


def _signs() -> Iterator[Hostile]:
    name = PLANTED.encode()
    yield Hostile("null byte in text", name + b"\x00sertraline", "not a text file")
    yield Hostile("null bytes only", b"\x00" * 1000, "not a text file")
    yield Hostile("UTF-32", b"\xff\xfe\x00\x00" + PLANTED.encode("utf-32-le"), "not a text file")
    yield Hostile("half a sign of UTF-16", b"\xff\xfe" + PLANTED.encode("utf-16-le") + b"s", "not a text file")
    yield Hostile("terminal escapes", b"\x1b[31msertraline\x1b[0m\x07" + name, "not a text file")
    yield Hostile("backspaces", b"sertralinx\x08e" + name, "not a text file")
    yield Hostile("nothing", b"", "empty")
    yield Hostile("blanks only", b" \n\t\r\n" * 5000, "empty")
    yield Hostile("invisible signs only", "\u200b\u2060\u202e".encode() * 5000, "empty")
    yield Hostile("bidi marks round a name", "\u202e\u2067sertraline\u2069\u202c".encode(), None, ("sertraline",))
    yield Hostile("several byte order marks", "\ufeff\ufeffsertraline".encode(), None, ("sertraline",))
    yield Hostile("accents piled up", b"lithium\nx" + "\u0301".encode() * 50_000, None, ("lithium",))
    yield Hostile("one sign that unfolds to eighteen", "\ufdfa".encode() * 60_000, "too long")
    yield Hostile(
        "all sorts of line ends",
        "lithium\u2028sertraline\x85lorazepam\x0bzolpidem".encode(),
        None,
        ("lithium", "sertraline", "lorazepam", "zolpidem"),
    )
    yield Hostile(
        "half a surrogate pair",
        b'[{"resourceType":"MedicationStatement","medicationCodeableConcept":{"text":"sertraline \\ud800"}}]',
        None,
        ("sertraline",),
    )


def _json_files() -> Iterator[Hostile]:
    yield Hostile("brackets without end", b'{"resourceType": ' + b"[" * 500_000, "damaged")
    yield Hostile("objects without end", b'{"resourceType":' * 100_000, "damaged")
    yield Hostile("cut in the middle", _json(use(PLANTED))[:-9], "damaged")
    yield Hostile("number of 100,000 digits", b'{"resourceType":"Medication","x":' + b"9" * 100_000 + b"}", "damaged")
    yield Hostile(
        "field given twice",
        b'{"resourceType":"MedicationStatement","medicationCodeableConcept":'
        b'{"text":"sertraline","text":"Quetzalcoatl"}}',
        "gives a field twice",
    )
    yield Hostile("no FHIR", _json({"list": PLANTED}), "not FHIR")
    yield Hostile("300,000 JSON values", b'{"a":1}\n' * 300_000, "not FHIR")
    yield Hostile("bundles 50 deep", _bundles(50), None, ("sertraline",))
    for what, value in (("infinite dose", float("inf")), ("dose that is no number", float("nan"))):
        dose = [{"doseAndRate": [{"doseQuantity": {"value": value, "unit": "mg"}}]}]
        yield Hostile(what, _json(use("lithium", dosage=dose)), None, ("lithium",))
    circle = {"resourceType": "Medication", "id": "a", "ingredient": [{"itemReference": {"reference": "Medication/a"}}]}
    request = {"resourceType": "MedicationRequest", "medicationReference": {"reference": "Medication/a"}}
    yield Hostile("references in a circle", _json([circle, request, use("lithium")]), None, ("lithium",))
    yield Hostile(
        "contained resources that all point to the last",
        _json(
            {
                "resourceType": "Condition",
                "contained": [
                    *[{"resourceType": "MedicationRequest", "medicationReference": {"reference": "#z"}}] * 10_000,
                    {"resourceType": "Medication", "id": "z", "code": {"text": "sertraline"}},
                ],
            }
        ),
        None,
        ("sertraline",),
    )
    yield Hostile("100,000 medicines", _json([use(f"{PLANTED}{n}") for n in range(100_000)]), "too long")
    yield Hostile("100,000 times one medicine", _json([use(PLANTED)] * 100_000), "too long")
    yield Hostile("2,000 medicines", _json([use(f"{PLANTED}{n}") for n in range(2_000)]), "1,001 different medicines")
    yield Hostile("name of 5 MB", _json([use(PLANTED + "a" * 5_000_000)]), "looked through")
    yield Hostile(
        "instruction of 5 MB", _json([use("lithium", dosage=[{"text": "ab " * 1_700_000}])]), "looked through"
    )
    yield Hostile(
        "note of 5 MB that is not read", _json([use("lithium", note=[{"text": "x" * 5_000_000}])]), None, ("lithium",)
    )


def _tables_and_texts() -> Iterator[Hostile]:
    name = PLANTED.encode()
    yield Hostile("line of 5 MB", name + b" a" * 2_500_000, "looked through")
    yield Hostile("line of 5 MB without a blank", name + b"a" * 5_000_000, "looked through")
    yield Hostile("100,000 lines", b"".join(b"%s%d\n" % (name, n) for n in range(100_000)), "too long")
    yield Hostile("95,000 short lines", b"a\n" * 95_000 + b"lithium", None, ("lithium",))
    yield Hostile("cell of 5 MB", b"medication,dose\n" + name + b"a" * 5_000_000 + b",1\n", "looked through")
    yield Hostile("cell of 5 MB beside", b"medication,reason\nlithium," + b"ab " * 1_700_000, "looked through")
    yield Hostile(
        "table of 100,000 medicines",
        b"medication,dose\n" + b"".join(b"%s%d,1 mg\n" % (name, n) for n in range(100_000)),
        "20,000 rows",
    )
    yield Hostile(
        "table of one medicine 100,000 times", b"medication,dose\n" + b"lithium,1 mg\n" * 100_000, "20,000 rows"
    )
    yield Hostile("200,000 columns", b"medication," + b"a," * 200_000 + b"\n" + name, "too long")
    yield Hostile(
        "quote that never closes", b'medication,dose\n"lithium,50 mg\n' + b"lithium,50 mg\n" * 1000, None, ("lithium",)
    )
    yield Hostile("opening brackets only", b"(" * 20_000 + b"\nlithium", None, ("lithium",))
    yield Hostile("separators only", b",;|\t" * 40_000 + b"\nlithium", None, ("lithium",))
    yield Hostile("digits only", b"9" * 100_000 + b"\nlithium", None, ("lithium",))
    yield Hostile("strength of 400 digits", b"lithium " + b"9" * 400 + b" mg", None, ("lithium",))
    yield Hostile("formulas as medicines", b"=1+1\n@SUM(A1)\n+cmd\n-2+3\nlithium", None, ("lithium",))
    aliases = b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(8))
    yield Hostile("YAML of aliases nine deep", b"a: &a [x,x]\n" + aliases + b"- lithium", None, ("lithium",))
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + name + b'">]><x>&a;</x>'
    yield Hostile("XML of nested entities", entities, "XML")
    yield Hostile("web page with a script", b"<html><script>alert('" + name + b"')</script></html>", "web page")
    yield Hostile("RTF", b"{\\rtf1 " + name + b"}", "RTF")
    yield Hostile("21 MB", b" " * (21 * 1024 * 1024), "at most 20 MB")


FILES = (*_archives(), *_signs(), *_json_files(), *_tables_and_texts())
