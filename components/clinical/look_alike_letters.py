"""Letters that look like others: used only to suggest what may be meant, never to recognise a medicine."""

_LOOKS_LIKE = {
    "a": "аαɑᴀ",
    "b": "вьβʙ",
    "c": "сϲᴄ",
    "d": "ԁдđðᴅ",
    "e": "еεєᴇɛ",
    "g": "ցɡɢ",
    "h": "нһհʜ",
    "i": "іιıɩɪ",
    "j": "јϳ",
    "k": "кκᴋ",
    "l": "ӏłʟ",
    "m": "мμᴍ",
    "n": "пηոɴ",
    "o": "оοօøᴏσ",
    "p": "рρᴘ",
    "q": "ԛզ",
    "r": "гʀ",
    "s": "ѕꜱ",
    "t": "тτᴛ",
    "u": "υսᴜ",
    "v": "νѵᴠ",
    "w": "ԝωᴡ",
    "x": "хχ",
    "y": "уγʏ",
    "z": "ζᴢ",
}
"""Cyrillic, Greek, Armenian and rare Latin letters in lower case, for capitals are folded before."""
_LETTERS = str.maketrans({alike: latin for latin, others in _LOOKS_LIKE.items() for alike in others})
_DIGITS = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s"})


def as_latin(key: str) -> str:
    """A folded name with every look-alike letter replaced by the Latin one; ASCII stays as it is."""
    return key if key.isascii() else key.translate(_LETTERS)


def digits_as_letters(key: str) -> str:
    """'z0l0ft' as scanners and thumbs mean it; only for a look-up of the exact name."""
    return key.translate(_DIGITS)
