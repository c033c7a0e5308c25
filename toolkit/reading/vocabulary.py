"""A document's own vocabulary: how often it uses a word, which words need a look, how its font loses glyphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from toolkit.reading.glyphs import cleaned, halved, plain
from toolkit.reading.letters import put_right, wrong_letters
from toolkit.reading.lost import Family, completed, families_of, refilled
from toolkit.reading.raw import RawWord
from toolkit.reading.wordlist import WordList, core, english

_HYPHENS = frozenset("-‐\u00ad")
_ALPHABETIC = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What one document says about its own words, as they are drawn.

    `fine` are good words. `settled` are those that repair leaves alone wherever they stand: fine, or past mending.
    """

    counts: Mapping[str, int]  # lower-case words without the punctuation around them
    fine: frozenset[str]
    settled: frozenset[str]
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
        counts: dict[str, int] = {}
        for form, count in forms.items():
            if count > 0:
                bare = core(form).lower()
                counts[bare] = counts.get(bare, 0) + count
        bands = listed.bands
        fine = frozenset([f for f in forms if (len(f) > 1 and f.lower() in bands) or _is_fine(f, listed)])
        odd = [form for form in sorted(forms) if form not in fine and not form.isascii()]
        letters = wrong_letters(odd, listed)
        lost = families_of(drawn, fine, listed)
        known = cls(counts=counts, fine=fine, settled=fine, lost=lost, letters=letters, words=listed)
        return replace(known, settled=fine.union(filter(known._is_past_mending, forms.keys() - fine)))

    def knows(self, text: str) -> bool:
        """Return whether the list has the word, or the document uses it at least three times."""
        bare = core(text)
        return self.words.knows(bare) or self.counts.get(bare.lower(), 0) >= 3

    def mended(self, text: str, font: str = "", *, complete: bool = True) -> tuple[str, str]:
        """Return a word as its author wrote it, going by the word alone, and what was wrong with it ('': nothing).

        Without `complete`, no glyph that was lost is put in.
        """
        listed = self.words
        text, kind = cleaned(text, font)
        if listed.knows(core(text)):
            return text, kind
        right = put_right(text, self.letters)
        if right != text:
            return right, "wrong_letter"
        single, whole = halved(text), refilled(text, listed)
        if single and listed.knows(core(single)):
            return single, "doubled"
        if not whole and self.lost and complete:
            whole = completed(text, self.lost, listed)
        return (whole, kind or "lost_glyph") if whole else (text, kind)

    def _is_past_mending(self, form: str) -> bool:
        """Return whether nothing can be done for an unknown word, whatever stands beside it."""
        joins = len(form) == 1 or form[-1] in _HYPHENS or self.lost
        return not joins and not self.mended(form)[1]

    def unknown_share(self, texts: Collection[str]) -> float:
        """Return the share (0-1) of words of three letters or more that nobody knows; 0 when there are under ten."""
        fine = self.fine
        doubtful = [text for text in texts if text not in fine and _is_word(core(text))]
        unknown = sum(not self.knows(text) for text in doubtful)
        if not unknown:
            return 0.0
        asked = len(doubtful) + len([text for text in texts if text in fine and len(text) > 2])
        return unknown / asked if asked >= 10 else 0.0


def _is_word(bare: str) -> bool:
    """Return whether a text may count as a word: long enough, not only figures, and no abbreviation."""
    return len(bare) > 2 and not bare.isupper() and _ALPHABETIC.search(bare) is not None


def _is_fine(form: str, listed: WordList) -> bool:
    """Return whether a word that the list does not have as it is drawn is a good one."""
    if not plain(form) or form[-1] == "-":
        return False
    bare = core(form)
    if len(bare) == 1 and bare not in "aI":
        return not bare.isalpha()
    return listed.knows(bare)
