"""The names and codes of one medicine in a FHIR file -> its entries, recognised by the name that says most."""

from dataclasses import replace

from components.clinical.entry import Entry
from components.clinical.interface_words import say
from components.clinical.terms import EntryStatus
from components.exchange.fhir_medicine import CodeSystem, NamedMedicine
from components.exchange.listed_items import NameReader, as_one_product, shortened

_ORDER = list(EntryStatus)


def entries_of(named: NamedMedicine, kind: str, names: NameReader) -> tuple[list[Entry], list[str]]:
    """At least one entry, and notes. A medicine without any name is an entry too: not recognised.

    Of several names the one that is recognised best counts; another that names a medicine of ours besides is not
    dropped but becomes an entry of its own.
    """
    notes = []
    clean = {name: names.without_identity(name) for name in named.names}
    if any(name != seen for name, seen in clean.items()):
        notes.append(say("fhir_names.name_replaced_identity", kind=kind))
    kept = [seen for seen in clean.values() if seen]
    hidden = [" + ".join(names.medicines(name)) for name, seen in clean.items() if not seen]
    words = [*kept, *(each for each in hidden if each)]
    ingredients = [names.without_identity(each) for each in named.ingredients]
    codes = tuple(named.codes)
    chosen = max(words, key=lambda each: _worth(each, names), default="")
    if not _is_recognised(chosen, names):
        chosen = max((chosen, *ingredients), key=lambda each: _worth(each, names))
    entries = as_one_product(names.entries(chosen), chosen, names.knowledge_base)
    if not _is_recognised(chosen, names) and (by_code := _by_atc(codes, names)):
        entries = [
            replace(
                by_code, entered=shortened(f"{chosen or say('fhir_names.medicine_without_name')} ({by_code.entered})")
            )
        ]
    if not entries:
        unnamed = chosen or " ".join(codes) or say("fhir_names.medicine_without_name_in", kind=kind)
        entries = [Entry(shortened(unnamed), EntryStatus.NOT_RECOGNISED)]
    told = {name for entry in entries for name in entry.medicines}
    for other in words:
        extra = set(names.medicines(other)) - told
        if extra and any(name in names.knowledge_base.medicines for name in extra):
            entries += as_one_product(names.entries(other), other, names.knowledge_base)
            told |= extra
            notes.append(say("fhir_names.names_disagree", kind=kind, chosen=shortened(chosen), other=shortened(other)))
    first = words[0] if words else ""
    if len(entries) == 1 and first.casefold() not in entries[0].entered.casefold() and first != chosen:
        entries = [replace(entries[0], entered=shortened(f"{first} ({entries[0].entered})"))]
    return [replace(entry, codes=codes) for entry in entries], notes


def _worth(words: str, names: NameReader) -> tuple[int, int]:
    """How well the words are recognised, then how many medicines they name."""
    entries = names.entries(words) if words else []
    worst = min((_ORDER.index(entry.recognition) for entry in entries), default=-1)
    return worst, sum(len(entry.medicines) for entry in entries)


def _is_recognised(words: str, names: NameReader) -> bool:
    return _worth(words, names)[0] > _ORDER.index(EntryStatus.NOT_RECOGNISED)


def _by_atc(codes: tuple[str, ...], names: NameReader) -> Entry | None:
    """The entry that an ATC code of ours makes, if all codes together name one medicine; else None."""
    atc = CodeSystem.ATC.named("")
    found = [entry for code in codes if code.startswith(atc) for entry in names.entries(code.removeprefix(atc))]
    known = [entry for entry in found if entry.recognition is EntryStatus.ASSESSED]
    return known[0] if known and len({entry.medicines for entry in known}) == 1 else None
