"""What the one who is told something is to do with it: ``gửi về Sở Nội vụ (trước ngày …) để tổng hợp``."""

from __future__ import annotations

from typing import Final

from viendan.extract import party_words
from viendan.extract.duty_words import Line

_FOR: Final = frozenset({"để", "đê"})
_MISREAD: Final = "đề"  # "để", where a verb follows
_GETS: Final = "được"
_LATER: Final = 20  # words of a day or address between the one who is told and what is to be done


def may_stand(line: Line) -> bool:
    """Whether any word of a line may open a purpose."""
    return not _FOR.isdisjoint(line.words) or _MISREAD in line.words


def behind(line: Line, end: int) -> int | None:
    """The index behind the ``để`` that follows a name which ends at ``end``, perhaps behind a day or an address; None
    for none."""
    for at in range(end, min(len(line) - 1, end + _LATER)):
        word = line.words[at]
        if word in _FOR or (word == _MISREAD and party_words.sure_verbs().match(line, at + 1)):
            return at + 1 + (line.words[at + 1] == _GETS)
        if line.mark(at, ".;(") and not _inside_word(line, at):
            return None
    return None


def _inside_word(line: Line, at: int) -> bool:
    """Whether a mark stands inside a word, as in an address: ``tonghop@…gov.vn``."""
    return line.starts[at] == line.ends[at - 1] and line.ends[at] == line.starts[at + 1]
