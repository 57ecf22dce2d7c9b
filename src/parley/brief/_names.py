"""How parties are called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parley.vocabulary import Vocabulary

# Short names that English puts an article before.
_WITH_ARTICLE = ("United", "European", "Netherlands", "Philippines", "Rest")
_CODES_OF_WORLDS = {"ROW": "Rest of the world", "WLD": "all partners"}


def words() -> Vocabulary:
    """Return the words that Parley and its user know."""
    from parley import settings, vocabulary

    return vocabulary.load(settings.load().home)


def _short_name(code: str) -> str:
    if code in _CODES_OF_WORLDS:
        return _CODES_OF_WORLDS[code]
    try:
        return words().party(code).name
    except InputError:
        return code  # a person, a firm or a group, by the name that the source gives


def party_name(code: str, *, article: bool = True) -> str:
    """Return the name of a party for a sentence; what is no party code comes back as it is.

    Examples
    --------
    >>> party_name("USA"), party_name("USA", article=False), party_name("CHN")
    ('the United States', 'United States', 'China')
    """
    name = _short_name(code)
    if article and name.split()[0] in _WITH_ARTICLE:
        return f"the {name[0].lower() + name[1:] if code == 'ROW' else name}"
    return name


def party_names(codes: Iterable[str]) -> str:
    """Return several parties as one phrase, "China and the United States"."""
    names = [party_name(code) for code in codes]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]
