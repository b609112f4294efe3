"""How hard a patient text is to read: the US school grade by Flesch-Kincaid, counted by textstat.

textstat 0.7.8 brings the CMU dictionary along. Newer ones download one; older ones guess syllables from hyphenation.
"""

import re
from functools import cache

import textstat

from components.clinical.data_files import DataFault, read_models
from components.clinical.knowledge_base import DATA_FOLDER
from components.clinical.records import Combination, Medicine

HARDEST_TEXT, HARDEST_SENTENCE = 6.0, 8.0
WORDS_LEFT_OUT = frozenset(
    """
    antidepressant depression electroconvulsive esketamine glutamate infusion ketamine magnetic medicine serotonin
    Spravato SSRI stimulation
    """.casefold().split()
)
"""What the treatment is for and what it is called, with the plurals. The reader meets these words on the consent form
and on the box, so a softer word would only be one more name for the same thing. The names of all medicines in data/ go
with them: nobody can shorten a name. Each is read as one word of two syllables. Keep the list short: any other long
word is one to replace."""
MOST_WORDS_LEFT_OUT = 24
TWO_SYLLABLES = "tablet"


@cache
def names_left_out() -> frozenset[str]:
    """Names of medicines as data/ writes them. Not those of alcohol or drugs: they stand on no box."""
    faults: list[DataFault] = []
    medicines = read_models(DATA_FOLDER, "medicines/*.yaml", Medicine, faults)
    products = read_models(DATA_FOLDER, "combinations.yaml", Combination, faults)
    assert not faults, "\n".join(map(str, faults))
    named = [each.record for each in (*medicines, *products)]
    on_a_box = [thing for thing in named if not (isinstance(thing, Medicine) and thing.is_substance_of_use)]
    return frozenset(name for thing in on_a_box for name in (thing.id, *thing.brands, *thing.synonyms))


def is_left_out(word: str) -> bool:
    """Whether it is read as a word of two syllables. A name as written, or with a capital: 'same' is not SAMe."""
    spellings = {word, word[:1].lower() + word[1:]}
    plain = word.casefold()
    return bool({plain, plain.removesuffix("s")} & WORDS_LEFT_OUT or spellings & names_left_out())


def as_counted(text: str) -> str:
    """The text as textstat gets it: words left out replaced, and no point inside a number or an address."""
    text = re.sub(r"(?<=\w)[.](?=\w)", "", text)
    return re.sub(r"[^\W_]+", lambda word: TWO_SYLLABLES if is_left_out(word.group()) else word.group(), text)


def grade_of(text: str) -> float:
    """US school grade of a text by Flesch-Kincaid."""
    grade: float = textstat.flesch_kincaid_grade(as_counted(text))
    return grade


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a line ends one too."""
    return [each for each in re.split(r"(?<=[.!?])[\"”’)]*\s+|\n+", text.strip()) if each]


def joined(texts: list[str]) -> str:
    """Several texts as one; a point of a list that has no full stop gets one."""
    return "\n".join(text if re.search(r"[.!?:][\"”’)]*$", text.strip()) else f"{text.strip()}." for text in texts)


def too_hard(place: str, text: str) -> list[str]:
    """What to mend at a place ('file: id'): the whole text, and each sentence of three words or more.

    One or two words ('Maybe.') have no grade of their own: textstat does not count them as a sentence either.
    """
    whole = grade_of(text)
    found = [f"{place}: all of it has grade {whole:.2f}, at most {HARDEST_TEXT:g}"] if whole > HARDEST_TEXT else []
    return found + [
        f"{place}: '{sentence}' has grade {grade:.2f}, at most {HARDEST_SENTENCE:g}"
        for sentence in sentences_of(text)
        if textstat.lexicon_count(sentence) > 2 and (grade := grade_of(sentence)) > HARDEST_SENTENCE
    ]
