"""The plan on paper: what many records share side by side, what one medicine needs run in, then every session."""

from collections.abc import Iterator, Mapping, Sequence

from reportlab.platypus import Flowable, Paragraph, Table

from components.clinical.report import CheckReport, PlanLine
from components.clinical.wording import PLAN_STAGE_NAMES
from components.exchange.pdf_letters import BOLD, REGULAR, as_markup
from components.exchange.report_setting import GUTTER, INK, RULE, Setting
from components.exchange.report_words import STAGE_NAMES, beyond_the_plan, item_in_words

NARROWEST_COLUMN = 0.22
"""Of the width: columns of the plan are as wide as their text is long, but none is a ribbon."""


def bold(text: str) -> str:
    """Plain text as bold markup."""
    return f'<font name="{BOLD}">{as_markup(text)}</font>'


def plan_blocks(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    """Steps that many records share side by side; sentences about one medicine run in below them."""
    plan = report.session_plan
    stages = dict(zip(PLAN_STAGE_NAMES, (plan.before, plan.on_the_day, plan.after), strict=True))
    if not any(stages.values()):
        return
    yield from setting.heading("Session plan")
    shared = {name: [line for line in lines if line.is_shared] for name, lines in stages.items()}
    if any(shared.values()):
        yield _plan_columns(shared, setting)
    for name, lines in stages.items():
        if single := [line for line in lines if not line.is_shared]:
            yield Paragraph(f"{bold(f'{name}, medicine by medicine:')} {_run_in(single)}.", setting.run_in)


def _plan_columns(stages: Mapping[str, Sequence[PlanLine]], setting: Setting) -> Table:
    letters = [sum(len(_plan_words(line)) + 20 for line in lines) for lines in stages.values()]
    shares = [max(each / sum(letters), NARROWEST_COLUMN) for each in letters]
    cells = [[Paragraph(_plan_line(line), setting.point, bulletText="•") for line in each] for each in stages.values()]
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
    return str(line) + (f" (contradicts: {'; '.join(line.contradicts)})" if line.contradicts else "")


def _plan_line(line: PlanLine) -> str:
    return as_markup(_plan_words(line))


def _run_in(lines: Sequence[PlanLine]) -> str:
    """Medicine in bold, then its steps; the next medicine after a dash."""
    steps: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        against = f" (contradicts: {'; '.join(line.contradicts)})" if line.contradicts else ""
        steps.setdefault(line.medicines, []).append(line.text + against)
    return " – ".join(f"{bold(', '.join(medicines))} {as_markup('; '.join(each))}" for medicines, each in steps.items())


def every_session(report: CheckReport, setting: Setting) -> Iterator[Flowable]:
    """Run in, stage by stage: it is the same at every session."""
    stages = beyond_the_plan(report)
    if stages:
        yield from setting.heading("Every session")
    for stage, items in stages.items():
        words = "; ".join(as_markup(item_in_words(item, report)) + setting.cited(item.sources) for item in items)
        yield Paragraph(f"{bold(STAGE_NAMES[stage])}: {words}.", setting.run_in)
