"""What to do, on paper: first of all, by the plan (shared steps, then a line for each medicine), at every session."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from reportlab.platypus import Flowable, Paragraph, Table

from components.clinical.interface_words import say
from components.clinical.report import CheckReport, Finding, PlanLine
from components.clinical.wording import FACTOR_LEVEL_WORDS, SEVERITY_NAMES, medicines_in_words
from components.exchange.pdf_letters import REGULAR, as_markup, bold
from components.exchange.report_setting import GUTTER, INK, RULE, RUN_IN, Setting, boxed_lines
from components.exchange.report_words import (
    NO_SESSION,
    STAGE_NAMES,
    beyond_the_plan,
    counts_against,
    is_checked,
    item_in_words,
    pairs_in_words,
    pairs_of_one_text,
    plan_by_stage,
    to_settle,
)

LONGEST_NAME = 120
NARROWEST_COLUMN = 0.22
"""Of the width: columns of the plan are as wide as their text is long, but none is a ribbon."""


def do_first(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    """One line for each thing that speaks against the treatment or the list, then what nobody checked.

    Acute suicidal thoughts come before all of it.
    """
    urgent = report.about_suicidal_thoughts
    judged = [
        (each.rule.level.severity, FACTOR_LEVEL_WORDS[each.rule.level], each.names, each.rule.action)
        for each in report.factors
        if each not in urgent
    ]
    judged += [
        (each.severity, SEVERITY_NAMES[each.severity], _name(each), each.action)
        for each in report.findings
        if each.counted and each.severity
    ]
    judged += [
        (
            group[0].record.severity,
            SEVERITY_NAMES[group[0].record.severity],
            pairs_in_words(group),
            group[0].record.action,
        )
        for group in pairs_of_one_text(report)
    ]
    lines = [f"{bold(f'{each.names}.')} {as_markup(each.rule.action)}" for each in urgent]
    lines += [
        f"{bold(f'{word}: {name}.')} {as_markup(action)}"
        for severity, word, name, action in sorted(judged, key=lambda each: -each[0].rank)
        if counts_against(severity)
    ]
    if missed := [_in_short(each.entry.entered) for each in report.entries if not is_checked(each)]:
        lines.append(f"{bold(say('report_plan_blocks.not_checked'))} {as_markup('; '.join(missed))}")
    if lines:
        yield boxed_lines(say("report_plan_blocks.do_first"), lines, setting)


def _name(finding: Finding) -> str:
    return _in_short(medicines_in_words(finding.medicines)) + ("" if finding.entries else say("shared.allergy"))


def _in_short(name: str) -> str:
    """An entry of a hundred names stands in full in its row only."""
    return textwrap.shorten(name, LONGEST_NAME, placeholder=" ...")


def plan_blocks(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    """Steps that many records share side by side; below them a line for each medicine."""
    stages = plan_by_stage(report.session_plan)
    if not any(stages.values()):
        return
    yield from setting.heading(say("shared.session_plan"))
    if settle := to_settle(report):
        words = ". ".join(f"{bold(f'{names}:')} {as_markup(action)}" for names, action in settle)
        yield Paragraph(f"{bold(f'{NO_SESSION}.')} {words}.", setting.run_in)
    shared = {name: [line for line in lines if line.comes_first] for name, lines in stages.items()}
    if any(shared.values()):
        yield _plan_columns(shared, setting)
    single = {name: [line for line in lines if not line.comes_first] for name, lines in stages.items()}
    if any(single.values()):
        yield Paragraph(bold(say("report_plan_blocks.medicine_medicine")), setting.style(RUN_IN, spaceBefore=1))
    for words in _by_medicine(single):
        yield Paragraph(words, setting.run_in_point, bulletText="•")


def _plan_columns(stages: Mapping[str, Sequence[PlanLine]], setting: Setting) -> Table:
    letters = [sum(len(_plan_words(line)) + 20 for line in lines) for lines in stages.values()]
    shares = [max(each / sum(letters), NARROWEST_COLUMN) for each in letters]
    cells = [
        [Paragraph(as_markup(_plan_words(line)), setting.point, bulletText="•") for line in each]
        for each in stages.values()
    ]
    return Table(
        [[Paragraph(bold(name), setting.body) for name in stages], cells],
        colWidths=[share / sum(shares) * setting.width for share in shares],
        splitInRow=1,
        repeatRows=1,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONT", (0, 0), (-1, -1), REGULAR),
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK),
            ("LINEBELOW", (0, -1), (-1, -1), 0.25, RULE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), GUTTER),
            ("TOPPADDING", (0, 0), (-1, -1), 0.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ],
    )


def _plan_words(line: PlanLine) -> str:
    return f"{line}{_against(line)}"


def _against(line: PlanLine) -> str:
    return say("report_plan_blocks.contradicts", names="; ".join(line.contradicts)) if line.contradicts else ""


def _by_medicine(stages: Mapping[str, Sequence[PlanLine]]) -> Iterator[str]:
    """Medicine in bold, then its steps by stage."""
    steps: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for name, lines in stages.items():
        for line in lines:
            steps.setdefault(line.medicines, {}).setdefault(name, []).append(line.text + _against(line))
    for medicines, said in steps.items():
        parts = " ".join(f"{name}: {'; '.join(each)}." for name, each in said.items())
        yield f"{bold(', '.join(medicines))} – {as_markup(parts)}"


def every_session(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    """Run in, stage by stage: it is the same at every session."""
    stages = beyond_the_plan(report)
    if stages:
        yield from setting.heading(say("report_plan_blocks.every_session"))
    for stage, items in stages.items():
        words = "; ".join(as_markup(item_in_words(item, report)) + setting.cited(item.sources) for item in items)
        yield Paragraph(f"{bold(STAGE_NAMES[stage])}: {words}.", setting.run_in)
