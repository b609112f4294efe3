"""How a medicine is taken, read from the words of its line: strength, count, frequency, route, use."""

import re
from dataclasses import dataclass, replace
from datetime import date

from components.clinical.line_words import NUMBER
from components.clinical.past_words import BEGUN_AGAIN, MONTH, NO_EFFECT, OUTCOME, TIME_AGO
from components.clinical.stopping_time import stopped_days_ago
from components.clinical.terms import Route, Use


@dataclass(frozen=True, slots=True)
class LineDetails:
    """What a line says about how a medicine is taken. None: the line does not say."""

    use: Use = Use.CURRENT
    stopped_days_ago: int | None = None
    """The fewest days on the calendar that 'stopped' can mean ('last week' is 1), so that no washout ends too early."""
    route: Route | None = None
    strength_mg: float | None = None
    per_dose: float = 1
    doses_per_day: float | None = None
    taken_otherwise: bool = False
    """Says that it is not a prescribed supply: recreational, street, illicit."""

    compounded: bool = False

    @property
    def daily_mg(self) -> float | None:
        """Milligrams on a day when it is taken: a weekly dose is no small daily one. None without a strength in mg.

        Without a frequency, one dose a day is assumed.
        """
        if self.strength_mg is None:
            return None
        return self.strength_mg * self.per_dose * max(self.doses_per_day or 1, 1)

    @property
    def has_dose(self) -> bool:
        """True where a strength is given, as on a prescription."""
        return self.strength_mg is not None

    def merged_with(self, more: "LineDetails") -> "LineDetails":
        """These details, completed by those of a continuation line; two different strengths leave the dose unknown."""
        doses_differ = self.strength_mg and more.strength_mg and self.strength_mg != more.strength_mg
        return replace(
            self,
            use=more.use if self.use is Use.CURRENT or more.use is Use.TAPERING else self.use,
            stopped_days_ago=self.stopped_days_ago if self.stopped_days_ago is not None else more.stopped_days_ago,
            route=self.route or more.route,
            strength_mg=None if doses_differ else self.strength_mg or more.strength_mg,
            per_dose=self.per_dose if self.per_dose != 1 else more.per_dose,
            doses_per_day=self.doses_per_day if self.doses_per_day is not None else more.doses_per_day,
            taken_otherwise=self.taken_otherwise or more.taken_otherwise,
            compounded=self.compounded or more.compounded,
        )


_STRENGTH = re.compile(rf"(?<![\w.,])({NUMBER}) ?(mg|mgs|milligrams?|mcg|ug|micrograms?|g|gm|grams?)\b(?! ?/ ?h)")
_MG_PER_UNIT = {"mg": 1.0, "mil": 1.0, "mcg": 0.001, "ug": 0.001, "mic": 0.001, "g": 1000.0}
_WORD_NUMBERS = {"half": 0.5, "one": 1.0, "a": 1.0, "two": 2.0, "three": 3.0, "four": 4.0}
_COUNT = re.compile(
    r"\b(\d+(?:\.\d+)?|half|one|two|three|four)(?: ?(?:-|to|or) ?(\d+|two|three))? ?x? ?"
    r"(?:tab|tabs|tablets?|caps?|capsules?|pills?|puffs?|sprays?|patch(?:es)?)\b"
)
_FREQUENCIES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), per_day)
    for pattern, per_day in (
        (r"qid|qds|(?:four|4) times (?:a |per )?(?:day|daily)|4x daily", 4.0),
        (r"tid|tds|(?:three|3) times (?:a |per )?(?:day|daily)|3x daily", 3.0),
        (r"bid|bd|twice (?:a |per )?(?:day|daily)|2x daily|2 x daily", 2.0),
        (r"every other day|qod|alternate days", 0.5),
        (r"weekly|(?:once |every |per |a )+week\b(?! ago)|qweek|q ?week|q ?wk", 1 / 7),
        (
            r"monthly|(?:once |every |per |a )+month\b(?! ago)|q ?month|every (?:4|four) weeks|q ?4 ?w(?:(?:ee)?ks?)?",
            1 / 30,
        ),
        (
            r"qd|od|qam|qpm|qhs|hs|mane|nocte|on|om|daily|nightly|once (?:a |per )?day|every (?:day|morning|night|evening)",
            1.0,
        ),
        (r"(?:in the )?(?:mornings?|evenings?)|(?:at )?(?:night|bedtime)", 1.0),
    )
)
_EVERY_HOURS = re.compile(r"\b(?:q|every) ?(\d{1,2})(?: (?:to )?\d{1,2})? ?h(?:rs?|ours?)?\b")
"""The first number of a span is the more frequent: 'q4-6h'."""
_ROUTES: tuple[tuple[Route, re.Pattern[str]], ...] = tuple(
    (route, re.compile(rf"\b(?:{pattern})\b"))
    for route, pattern in (
        # Most telling first. Swallowed forms come before eye, ear and skin, which may only say what it is taken for.
        (Route.SCALP, r"shampoo|scalp"),
        (Route.MOUTHWASH, r"mouth ?wash|gargle"),
        (Route.VAGINAL, r"vaginal(?:ly)?|pv|pessary|pessaries|vag"),
        (Route.DEPOT, r"depot|lai|long acting injection|la injection|decanoate"),
        (Route.PATCH, r"patch(?:es)?|transdermal|td"),
        (Route.NASAL, r"nasal(?:ly)?|intranasal(?:ly)?|nostrils?|nose|nas"),
        (
            Route.INHALED,
            r"inhalers?|inhaled|inhal|inh|hfa|mdi|dpi|neb|nebs|nebuli[sz]ers?|nebuli[sz]ed|puffs?|turbuhaler|accuhaler|"
            r"evohaler|respimat|diskus|ellipta",
        ),
        (Route.IMPLANT, r"implant|ius|pellet"),
        (Route.RECTAL, r"suppositor(?:y|ies)|rectal(?:ly)?|per rectum|enema"),
        (Route.IV, r"iv|intravenous(?:ly)?|infusions?|drip"),
        (
            Route.INJECTION,
            r"injections?|injectable|inj|im|sc|sq|subq|subcut(?:aneous(?:ly)?)?|intramuscular(?:ly)?|pen|vial|ampoules?|"
            r"autoinjector",
        ),
        (Route.SUBLINGUAL, r"sl|sublingual(?:ly)?|under (?:the )?tongue|troches?|lozenges?|buccal|rdt"),
        (
            Route.ORAL,
            r"po|oral(?:ly)?|by mouth|tab|tabs|tablets?|caps?|capsules?|gel ?caps?|pills?|swallow(?:ed)?|syrup|elixir|"
            r"softgels?|caplets?|chewables?|odt",
        ),
        (Route.EYE, r"eye ?drops?|eyes?|ophthalmic|ophth|eyedrops?"),
        (Route.EAR, r"ear ?drops?|ears?|otic"),
        (Route.SKIN, r"cream|ointment|oint|gel|lotion|topical(?:ly)?|skin|affected area|foam|wash|emulgel"),
    )
)
_STOPPED = re.compile(
    # Only words that say it of the medicine itself. "Last dose", "never missed", "no longer depressed" do not: a current
    # medicine that is not counted is worse than a stopped one that is.
    r"(?<!not )(?<!never )(?<!after )(?<!being )(?<!be )\b(?:(?:stopped|quit)(?! (?:smoking|drinking|alcohol|tobacco|vaping|"
    r"work|working|driving|breastfeeding|school|next|tomorrow|nil|none|nothing|snoring|panic|reflux)\b|"
    r" (?:the|her|his|their|my) (?!med|tab|drug|cours|treat|pill|dose))|discontinued|discont|d / cd?|dc|dcd|"
    r"ceased|no longer (?:on|takes?|taking|uses?|using|prescribed)|not taking(?! with)|off since|came off|weaned off|tapered off|"
    r"used to (?:take|be on)(?! \d)|(?:finished|completed) (?:the |a |her |his |their )?(?:course|treatment)|"
    r"(?:course|treatment) (?:finished|completed)(?= (?:last|yesterday|\d)| ?$)|"
    r"(?:previously (?:on|took|taken|used|tried)|formerly)(?! \d)|past medications?|denies (?:taking|using|use)|"
    r"never (?:took|taken|started|filled|used)|on hold|withheld|expired|inactive)\b"
    r"|\b(?:no for \d|(?:no|not on) since\b|(?:had|needed) to be (?:stopped|discontinued|withheld)\b)"
    r"|\( ?(?:finished|completed) ?$"
    r"|\b(?:not|doesnt|dont|isnt|no)(?: (?:on|take|takes|taking|use|uses|using|it|prescribed))* any ?more\b"
)
_BEGUN_AGAIN = re.compile(BEGUN_AGAIN)
_FAILED = re.compile(
    rf"[(\s]*(?:{NUMBER} ?(?:mg)? )?(?:(?:x|for) ?\d+ ?(?:d|w|mo|y)[a-z]* )?(?:{OUTCOME}|{NO_EFFECT})"
    rf"(?: (?:(?:in|early|mid|late|{MONTH}) )*(?:{TIME_AGO}))?"
)
"""Said of the medicine only where it is all that is said, but for when it was."""
_TAPERING = re.compile(
    r"(?<!not )(?<!no )(?<!never )(?<!to )(?<!will )(?<!if )(?<!consider )(?<!discuss )(?<!after )(?<!before )(?<!since )"
    r"(?<!without )\b(?:taper(?:ing|s)?|cross ?taper(?:ing)?|(?:weaning|coming|titrating) (?:off|down)|weaning|stopping|"
    r"being (?:tapered|weaned|stopped|withdrawn))\b(?! (?:smoking|drinking|alcohol|tobacco|nicotine|breastfeeding))"
)
_PLANNED = re.compile(
    r"\b(?:planned|planning to|plan (?:to )?start|to start|will start|about to start|to begin|proposed|"
    r"start(?:ing)? (?:tomorrow|next|soon))\b|^start\b"
)
_AS_NEEDED = re.compile(
    r"\b(?:prn|sos|as needed|as required|when needed|when required|if needed|if required|occasional(?:ly)?)\b"
)
_TAKEN_OTHERWISE = re.compile(
    r"\b(?:recreational(?:ly)?|street|illicit(?:ly)?|illegal(?:ly)?|not prescribed|unprescribed|misus(?:e|es|ed|ing)|abus(?:e|es|ed|ing))\b"
)


def read_details(words: str, today: date) -> LineDetails:
    """Read how a medicine is taken from the words of its line that are not its name (normalised, space-joined).

    ``today`` gives 'stopped March 2025' its age in days.
    """
    use = use_told(words)
    return LineDetails(
        use=use,
        stopped_days_ago=stopped_days_ago(words, today) if use is Use.STOPPED else None,
        route=next((route for route, pattern in _ROUTES if pattern.search(words)), None),
        strength_mg=_strength_mg(words),
        per_dose=_count(words),
        doses_per_day=_doses_per_day(words),
        taken_otherwise=bool(_TAKEN_OTHERWISE.search(words)),
        compounded="compounded" in words.split(),
    )


def use_told(words: str) -> Use:
    """The use that the words tell; current where they tell none."""
    ends = [found.end() for found in _STOPPED.finditer(words)]
    if (ends and not _BEGUN_AGAIN.search(words, ends[-1])) or _FAILED.fullmatch(words):
        return Use.STOPPED
    if _TAPERING.search(words):
        return Use.TAPERING
    if _PLANNED.search(words):
        return Use.PLANNED
    return Use.AS_NEEDED if _AS_NEEDED.search(words) else Use.CURRENT


def _number(text: str) -> float | None:
    """'1,000' and '1.000' are a thousand (the stricter reading), '0,5' and '.5' a half; '50.0.0' is no number."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        return float(text.replace(",", "").replace(".", ""))
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _strength_mg(words: str) -> float | None:
    """None for a strength that cannot be read and for zero: the dose is not known then, and never the lowest."""
    found = _STRENGTH.search(words)
    if not found:
        return None
    unit = found.group(2)
    factor = next(factor for start, factor in _MG_PER_UNIT.items() if unit.startswith(start))
    number = _number(found.group(1))
    return number * factor if number else None


def _count(words: str) -> float:
    found = _COUNT.search(words)
    if not found:
        return 1
    most = found.group(2) or found.group(1)
    return _WORD_NUMBERS.get(most) or _number(most) or 1


def _doses_per_day(words: str) -> float | None:
    """The most that any frequency of the words means."""
    told = [per_day for pattern, per_day in _FREQUENCIES if pattern.search(words)]
    told += [24 / int(hours) for hours in _EVERY_HOURS.findall(words) if int(hours)]
    return max(told, default=None)
