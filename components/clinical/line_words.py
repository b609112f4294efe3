"""A medication line as words: folding, tokens, and the words that never name a medicine."""

import re
import unicodedata
from dataclasses import dataclass

from components.clinical.past_words import PAST_WORDS

_DROPPED_MARKS = str.maketrans(dict.fromkeys("'’‘`´®™©", ""))
_TOKEN = re.compile(r"(?:\d+|(?<!\w)[.,]\d+)(?:[.,]\d+)*[^\W_]*|[^\W_]+|[/%+#(&]")
_MICRO = re.compile("(?<![^\\W\\d_])\u03bc(?=(?:g|l|mol)(?![^\\W\\d_]))")
"""Greek mu in a unit; anywhere else it only looks like a u."""
_DOTTED_ABBREVIATION = re.compile(r"\b(?:[a-z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign with its place in the normalised text."""

    text: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Lower case without accents, invisible characters, apostrophes or trade marks. Letters of other scripts stay,
    so that a look-alike Cyrillic letter does not pass as a Latin one."""
    folded = unicodedata.normalize("NFKC", text.translate(_DROPPED_MARKS)).casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf"))
        folded = _MICRO.sub("u", folded)
    return _DOTTED_ABBREVIATION.sub(lambda match: match.group().replace(".", "") + " ", folded)


def tokenise(normalised: str) -> list[Token]:
    """Words, numbers and the joining signs / + ( & of a normalised text."""
    return [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(normalised)]


def name_key(name: str) -> str:
    """The form under which a name is stored and looked up: its words, one space between."""
    return " ".join(token.text for token in tokenise(normalise(name)))


NUMBER = r"(?:\d+|[.,]\d+)(?:[.,]\d+)*"
_ANY_STRENGTH = re.compile(
    rf"(?<![\w.,]){NUMBER} ?(?:mg|mgs|milligrams?|mcg|ug|micrograms?|g|gm|grams?|ml|mls|iu|units?|u|mmol|meq|%)(?!\w)"
)

SALTS = frozenset(
    """
    hydrochloride hcl hcl hydrobromide hbr hci sulfate sulphate sulf succinate tartrate bitartrate mesylate
    mesilate maleate fumarate hemifumarate besylate besilate acetate citrate phosphate carbonate sodium
    potassium calcium magnesium oxalate dimesylate orotate gluconate decanoate palmitate pamoate embonate
    monohydrate hydrate dihydrate disodium trihydrate tosylate nitrate bromide chloride lactate base anhydrous
    medoxomil axetil dipropionate propionate furoate cyp cypionate enanthate undecanoate valerate succ
    """.split()
)
RELEASES = frozenset(
    """
    xr er cr sr xl la dr ir mr pr lp retard ec cd xt oros chrono od odt lar contin continus sustained extended
    modified prolonged controlled delayed immediate slow release releasing long acting enteric coated ret dura
    depot uno zok
    """.split()
)
LINE_EXTENSIONS = frozenset("dm pm d plus hct hctz duo comp compositum cold flu sinus extra forte".split())
NOT_DRUNK = frozenset(
    """
    isopropyl propyl butyl methyl methylated denatured wood rubbing surgical cetyl cetearyl cetostearyl polyvinyl
    wipe wipes swab swabs pad pads prep sanitiser sanitisers sanitizer sanitizers sanitising sanitizing hand hands
    handrub rub rubs based disinfectant antiseptic free non gel foam spray lotion solution topical topically medical
    medicinal skin
    """.split()
)
"""Beside 'alcohol' they name what is rubbed on, another alcohol, or a drink without it."""
_INSTRUCTIONS = frozenset(
    """
    take takes taking took taken give given use uses using used compounded apply inject inhale place put dissolve chew
    insert spray sprays with without food meals meal water breakfast lunch dinner supper bed am pm noon midday
    morning mornings evening evenings night nightly bedtime daily day days week weeks weekly month months
    monthly every each other once twice thrice times time qd od qam qpm qhs hs bid bd tid tds qid qds qod stat
    mane nocte om on prn sos needed required as if when per by in at the a an of to up max maximum min total
    mouth po sl im iv sc sq subq pr pv td top inh neb oral orally buccal tablet tablets tab tabs cap caps capsule
    capsules pill pills patch patches puff puffs drop drops gtt gtts ml mls mg mgs mcg ug g gm iu unit units u
    meq mmol milligram milligrams microgram micrograms gram grams dose doses dosage strength half one two three
    four five six hour hours hr hrs h x solution suspension susp syrup elixir liquid injection injections inj
    vial pen prefilled kit pack packet sachet sachets film coated chewable effervescent soluble disintegrating
    gum chewing wafer strip caplet caplets softgel softgels gummy gummies lozenge troche gastro res gouttes
    tropfen expidet henning nasal intranasal nostril nostrils eye eyes ear ears left right both skin scalp
    affected area topical topically cream ointment gel lotion foam shampoo wash inhaler hfa mdi nebuliser
    nebulizer infusion infusions drip depot lai implant suppository currently current regular regularly usually usual
    still also only now then more less about approx approximately prescribed prescription rx otc sig disp
    refills refill qty quantity start started starting begin began begun restarted resumed filled
    ended present presently since until last next new
    stopped discontinued dc d c
    ceased quit finished completed held hold planned stop yesterday today tomorrow ago year years yr yrs
    recently medication medications medicine medicines meds med drug drugs list
    home hospital clinic patient pt he she they it is are was his her their my me i we own has have had been be
    being no not and or but for from this that which via into supplement supplements supplementation brand generic
    name product formulation form strength mild moderate low high dose small large increased decreased changed
    increase decrease taper tapering tapered tapers weaning stopping coming titrate titrating
    teva sandoz accord mylan hexal ratiopharm stada
    viatris zentiva aurobindo lupin zydus actavis aristo heumann basics jan feb mar apr may jun jul aug sep oct
    nov dec january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    """.split()
)
_REASONS = frozenset(
    """
    insomnia migraine migraines anxiety depression pain sleep mood panic allergy allergies allergic hayfever
    nausea vomiting reflux heartburn gerd hypertension blood pressure bp cholesterol diabetes asthma copd adhd
    ptsd ocd bipolar psychosis schizophrenia seizure seizures epilepsy headache headaches cramps spasm spasms
    constipation diarrhea diarrhoea infection acne contraception menopause thyroid arthritis inflammation
    agitation tension restlessness nerve neuropathy itch itching rash cough fever reaction reactions severe
    acute chronic seasonal breakthrough attack attacks side effects effect psychiatrist psychiatry doctor gp
    provider neurologist cardiologist abruptly suddenly gradually because due symptoms symptom relief control
    prevention history review reviewed plan longer off came denies continue continued continues
    discontinue do does did doesnt dont isnt any anymore
    drinks smokes beers beer glasses cigarettes troches weaned used dose well tolerated
    good response benefit helps helping bridge
    """.split()
)
NOISE = SALTS | RELEASES | _INSTRUCTIONS | _REASONS | PAST_WORDS | frozenset("/+#(&%")


_NUMERIC = frozenset("0123456789.,")
_EVERY_SO_OFTEN = re.compile(
    r"q(?:[1-8]|\d{1,2}(?:h(?:rs?|ours?)?|d(?:ays?)?|w(?:(?:ee)?ks?)?|m(?:o|ths?|onths?)?))|qw(?:ee)?k"
)
"""'q6h', 'q4w', and the 'q4' of 'q4-6h'."""


def is_number(token: str) -> bool:
    """True for '50', '0.5', '.5', '50mg'."""
    return token[0] in _NUMERIC


def is_every_so_often(token: str) -> bool:
    """True for 'q6h' and 'q4w'."""
    return _EVERY_SO_OFTEN.fullmatch(token) is not None


def is_noise(token: str) -> bool:
    """True for words that never name a medicine on their own: numbers, units, instructions, salts, release forms."""
    return token in NOISE or is_number(token) or is_every_so_often(token)


_STEMS = re.compile(
    r".{2,}(?:olam|epam|azole|prazole|pril|sartan|olol|statin|mab|nib|vir|cillin|mycin|floxacin|idone|apine|azine|oxetine|"
    r"triptan|setron|gliptin|gliflozin|glutide|dipine|zosin|barbital|codone|morphone|fentanil|tidine|triptyline|pramine|"
    r"faxine|piprazole|peridol|racetam|gabalin|bamate|zepine|afil|terol|sone|solone|xaban|parin|grel|fibrate|thiazide|semide)"
)


def looks_like_a_medicine(word: str) -> bool:
    """True for a word with the stem of an international medicine name ('xyzolam')."""
    return _STEMS.fullmatch(word) is not None


def is_strength_at(tokens: list[Token], position: int) -> bool:
    """True when a number with a unit stands at this position ('50mg' or '50 mg')."""
    following = " ".join(token.text for token in tokens[position : position + 2])
    return bool(_ANY_STRENGTH.match(following))


def ends_countably(tokens: list[Token], position: int) -> bool:
    """True when the token at the position is a unit or form, so that a number before it counts ('tylenol 3 tabs')."""
    return position < len(tokens) and bool(
        re.fullmatch(r"x|mg|mcg|g|ml|tabs?|tablets?|caps?|capsules?|times|pills?|per|a", tokens[position].text)
    )
