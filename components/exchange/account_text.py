"""What we hold on a medicine -> plain text for the curator: names, records in both voices, sources."""

from collections.abc import Iterable, Iterator, Sequence

from components.clinical.entry import Entry
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.medicine_account import MedicineAccount, tell_of
from components.clinical.record_words import clinician_lines, how_read, patient_lines, status_line
from components.clinical.records import Provenance
from components.clinical.report import EntryResult
from components.clinical.terms import EntryStatus
from components.clinical.wording import BURDEN_NAMES, NOT_SAFE, choices_in_words, what_we_do_not_know
from components.exchange.sheet_text import source_in_short
from components.exchange.wrapped_lines import wrapped_lines

WIDTH = 100
NO_RECORD = say("account_text.no_record_speaks_check", not_safe=NOT_SAFE)


class UnknownName(ValueError):
    """No name of ours and of no public list; the message is one sentence with suggestions."""


def accounts_as_text(entries: Sequence[Entry], asked: str, base: KnowledgeBase) -> str:
    """All we hold on what was asked for, as the checker reads the name. Raises UnknownName where it reads none."""
    if not entries or all(entry.recognition is EntryStatus.NOT_RECOGNISED for entry in entries):
        suggestions = tuple(dict.fromkeys(each for entry in entries for each in entry.choices))
        question = say("account_text.did_you_mean", choices=choices_in_words(suggestions)) if suggestions else "."
        raise UnknownName(say("account_text.we_hold_no_medicine", asked=asked, question=question))
    return "\n\n".join("\n".join(_entry(entry, base)) for entry in entries) + "\n"


def _entry(entry: Entry, base: KnowledgeBase) -> Iterator[str]:
    """A product as a whole; an ambiguous name with everything that it may mean; else its medicines one by one."""
    if entry.recognition in (EntryStatus.AMBIGUOUS, EntryStatus.NOT_RECOGNISED):
        yield from _wrap(what_we_do_not_know(EntryResult(entry, entry.recognition, None, None, ())))
        for each, called in zip(entry.suggestions, entry.choices, strict=True):
            yield from _wrap(f"- {called}: {_in_short(each, base)}", "  ")
        return
    for number, thing in enumerate((entry.product,) if entry.product else entry.medicines):
        if number:
            yield ""
        if thing in base.medicines or thing in base.combinations:
            yield from _account(tell_of(thing, base), base)
        else:
            yield from _wrap(say("account_text.real_medicine_not_assessed", name=thing))
            yield NOT_SAFE


def _in_short(thing: str, base: KnowledgeBase) -> str:
    if thing not in base.medicines and thing not in base.combinations:
        return say("account_text.a_medicine_we_have_not_assessed")
    account = tell_of(thing, base)
    group = account.medicine_class.name if account.medicine_class else say("account_text.called_combination_product")
    records = ", ".join(record.id for record in account.records)
    return f"{group}; {say('account_text.records', records=records) if records else say('account_text.no_record')}"


def _account(account: MedicineAccount, base: KnowledgeBase) -> Iterator[str]:
    yield account.id.upper()
    for label, text in _names(account):
        if text:
            yield from _wrap(f"{label}: {text}", "    ")
    if not account.records:
        yield from _section(say("account_text.records_treatment"), (NO_RECORD,))
    for record in account.records:
        yield from _statement(f"{record.id} {record.title}", record, base)
    for pair in account.pairs:
        yield from _statement(say("account_text.among_other_medicines", id=pair.id, title=pair.title), pair, base)
    for factor, rule in account.factors:
        yield from _statement(say("account_text.holds_class", id=rule.id, name=factor.name), rule, base)
    yield from _section(say("account_text.figures_timeline"), account.series)
    yield from _section(say("account_text.figures_side_effects"), account.facts)
    read = (
        say("account_text.how_read", id=each.id, source=source_in_short(each), how_read=how_read(each))
        for each in account.sources
    )
    yield from _section(say("account_text.sources"), read)


def _names(account: MedicineAccount) -> Iterator[tuple[str, str]]:
    """(label, text) of what it is and how it is called; empty texts are not printed."""
    if medicine := account.medicine:
        yield (
            say("account_text.class"),
            f"{account.medicine_class.name} ({medicine.medicine_class})" if account.medicine_class else "",
        )
        yield "ATC", ", ".join(medicine.atc)
        yield say("account_text.brands_us"), ", ".join(medicine.brands_us)
        yield say("account_text.brands_uk"), ", ".join(medicine.brands_uk)
        yield say("account_text.brands_rest_europe"), ", ".join(medicine.brands_eu)
        yield say("account_text.also_called"), ", ".join(medicine.synonyms)
        yield (
            say("account_text.usual_route"),
            medicine.usual_route.value if medicine.usual_route else say("account_text.swallowed"),
        )
        yield (
            say("account_text.brands_taken_another_way"),
            ", ".join(f"{each} ({way})" for each, way in medicine.brand_routes.items()),
        )
        yield say("account_text.never_stop_suddenly"), say("shared.yes") if medicine.never_stop_suddenly else ""
        yield say("account_text.substance_use"), say("shared.yes") if medicine.is_substance_of_use else ""
    if product := account.product:
        yield say("account_text.combination_product"), ", ".join(product.medicines)
        yield "ATC", ", ".join(product.atc)
        yield say("account_text.brands"), ", ".join(product.brands)
        yield say("account_text.also_called"), ", ".join(product.synonyms)
        yield say("account_text.usual_route"), product.route.value if product.route else say("account_text.swallowed")
    yield say("account_text.in_products"), ", ".join(account.products)
    yield say("account_text.ambiguous_names"), ", ".join(account.ambiguous)
    yield say("account_text.look_alikes"), "; ".join(" / ".join(each.names) for each in account.look_alikes)
    yield say("account_text.adds_burden"), ", ".join(BURDEN_NAMES[each].lower() for each in account.burden)


def _statement(title: str, record: Provenance, base: KnowledgeBase) -> Iterator[str]:
    """All that one record says: the clinician's voice, then the patient's, then its sources and status."""
    yield ""
    yield from _wrap(title)
    for line in (*clinician_lines(record, base), *patient_lines(record, base)):
        yield from _wrap(f"{line.field}: {line.text}", "    ", "  ")
    yield from _wrap(say("shared.sources_inside", names=", ".join(record.sources)), "    ", "  ")
    yield from _wrap(say("account_text.status", status=status_line(record)), "    ", "  ")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    held = list(lines)
    if held:
        yield ""
        yield title
    for line in held:
        yield from _wrap(f"- {line}", "  ")


def _wrap(text: str, hanging: str = "", first: str = "") -> list[str]:
    return wrapped_lines(text, WIDTH, first=first, hanging=hanging)
