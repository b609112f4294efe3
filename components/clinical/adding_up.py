"""What adds up over the whole list: the burden by effect, and one action for several cautions of one reason."""

from collections.abc import Sequence

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import deciding_records, named_in
from components.clinical.report import Finding, SharedAction
from components.clinical.terms import Burden, Severity

FEWEST_IN_GROUP = 3


def find_burden(findings: Sequence[Finding], knowledge_base: KnowledgeBase) -> dict[Burden, tuple[str, ...]]:
    """Medicines by effect; of a product only the parts that carry it, where a record says which."""
    found: dict[Burden, dict[str, None]] = {burden: {} for burden in Burden}
    for finding in findings:
        by_part: dict[Burden, dict[str, None]] = {}
        named = [
            (record, named_in(record, finding.medicines, knowledge_base))
            for record in deciding_records(finding.records)
        ]
        for record, names in sorted(named, key=lambda pair: not pair[1]):
            for burden in record.burden:
                carriers = names or record.burden_parts.get(burden, ())
                if carriers or burden not in by_part:
                    by_part.setdefault(burden, {}).update(dict.fromkeys(carriers or finding.medicines))
        for burden, parts in by_part.items():
            found[burden].update(parts)
    return {burden: tuple(names) for burden, names in found.items() if names}


def find_shared_actions(findings: Sequence[Finding], knowledge_base: KnowledgeBase) -> tuple[SharedAction, ...]:
    """Cautions for one reason become one group; a finding stands in the first group that takes it.

    Not one whose clash is to be settled first: the action of a group is how to go ahead with all of it.
    """
    free = [
        position
        for position, each in enumerate(findings)
        if each.counted and each.severity is Severity.CAUTION and not each.settle_first
    ]
    groups = []
    for action in knowledge_base.burden_actions:
        alike = [position for position in free if _adds_to(action.burden, findings[position])]
        if len(alike) >= FEWEST_IN_GROUP:
            groups.append(SharedAction(action, tuple(alike)))
            free = [position for position in free if position not in alike]
    return tuple(groups)


def _adds_to(burden: Burden, finding: Finding) -> bool:
    return any(burden in record.burden for record in deciding_records(finding.records))
