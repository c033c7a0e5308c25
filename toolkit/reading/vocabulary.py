"""A document's own vocabulary: how often it uses a word, which words need a look, how its font loses glyphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from toolkit.reading.glyphs import plain
from toolkit.reading.letters import wrong_letters
from toolkit.reading.lost import Family, families_of
from toolkit.reading.raw import RawWord
from toolkit.reading.wordlist import WordList, core, english

_ALPHABETIC = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What one document says about its own words. `fine` holds the words as drawn that repair need not look at."""

    counts: Mapping[str, int]  # lower-case words without the punctuation around them
    fine: frozenset[str]
    lost: frozenset[Family]
    letters: Mapping[str, str]  # letters that a broken font table changed → what was meant
    words: WordList

    @classmethod
    def of(cls, words: Iterable[RawWord]) -> Vocabulary:
        """Return the vocabulary of a document from all its words, in the order in which they were drawn."""
        listed = english()
        drawn = list(words)
        forms = Counter(map(itemgetter(0), drawn))  # the texts
        # Half-words before a line-end hyphen are nobody's vocabulary.
        for word in drawn:
            if word.hyphen:
                forms[word.text] -= 1
        counts: Counter[str] = Counter()
        for form, count in forms.items():
            if count > 0:
                counts[core(form).lower()] += count
        fine = frozenset(form for form in forms if _is_fine(form, listed))
        odd = [form for form in sorted(forms) if form not in fine and not form.isascii()]
        letters = wrong_letters(odd, listed)
        return cls(counts=counts, fine=fine, lost=families_of(drawn, fine, listed), letters=letters, words=listed)

    def knows(self, text: str) -> bool:
        """Return whether the list has the word, or the document uses it at least three times."""
        bare = core(text)
        return self.words.knows(bare) or self.counts.get(bare.lower(), 0) >= 3

    def unknown_share(self, texts: Iterable[str]) -> float:
        """Return the share (0-1) of words of three letters or more that nobody knows; 0 when there are under ten."""
        asked = unknown = 0
        for text in texts:
            if text in self.fine:
                asked += len(text) > 2
            elif len(core(text)) > 2 and _ALPHABETIC.search(text) and not core(text).isupper():
                asked += 1
                unknown += not self.knows(text)
        return unknown / asked if asked >= 10 else 0.0


def _is_fine(form: str, listed: WordList) -> bool:
    if len(form) > 1 and form.lower() in listed.bands:
        return True
    if not plain(form) or form[-1] == "-":
        return False
    bare = core(form)
    if len(bare) == 1 and bare not in "aI":
        return not bare.isalpha()
    return listed.knows(bare)
