"""Fits the lines of a list, so that two documents that differ do not read the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from cda_tools.line.fields import LineFields
from cda_tools.line.fitting import Core, fit
from cda_tools.line.titles import EMPTY, words

# A word as it compares, and where it starts and ends.
PlacedWord = tuple[str, int, int]
# How many characters of a title may be asked for beyond the word that tells it apart.
_WIDEST_CORE = 24


def cores(titles: Iterable[str]) -> dict[str, Core]:
    """Return, for titles that are to be told apart, where each has a word of its own.

    One without such a word is told apart by those of the others; it is kept whole where it is
    short, and left out where it is not. The cost grows with the length of the titles.
    """
    of_title = {title: list(words(title)) for title in titles}
    found = _cores(of_title)
    if not found:  # They differ in case or accents alone.
        as_written = {
            title: [(title[start:end], start, end) for _, start, end in places]
            for title, places in of_title.items()
        }
        found = _cores(as_written)
    for title in of_title if found else ():
        if title not in found and len(title) <= _WIDEST_CORE:
            found[title] = (0, len(title))
    return found


def _cores(of_title: dict[str, list[PlacedWord]]) -> dict[str, Core]:
    holders = Counter(word for places in of_title.values() for word in {one[0] for one in places})
    found = {title: _core(places, holders) for title, places in of_title.items()}
    return {title: core for title, core in found.items() if core}


def _core(places: list[PlacedWord], holders: Counter[str]) -> Core | None:
    """Return the place of the first word that no other title has, with those that follow.

    The beginning of one that is longer than any word: whole, it would fit no line. Where only
    words such as *une* are its own, the first stands with the word that it goes with.
    """
    own = [(start, end) for word, start, end in places if holders[word] == 1 and word not in EMPTY]
    if not own:
        return _with_next(places, holders)
    first, last = own[0]
    if last - first > 2 * _WIDEST_CORE:
        return first, first + _WIDEST_CORE
    for start, end in own[1:]:
        if end - first > _WIDEST_CORE or any(last < one[1] < start for one in places):
            break
        last = end
    return first, last


def _with_next(places: list[PlacedWord], holders: Counter[str]) -> Core | None:
    for place, (word, first, last) in enumerate(places):
        if holders[word] == 1:
            after = next((end for name, _, end in places[place:] if name not in EMPTY), last)
            return first, after if after - first <= _WIDEST_CORE else last
    return None


def fit_all(lines: Sequence[LineFields], fields: Sequence[str], width: int) -> list[LineFields]:
    """Return the lines of a list, each as :func:`fit` cuts it to ``width`` columns.

    Where the titles of documents of one type and date are cut, each keeps the words that the
    others do not have. Raise ValueError as :func:`fit`.
    """
    shown = [fit(line, fields, width) for line in lines]
    alike: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        alike[line.type, line.date].append(index)
    for same in alike.values():
        cut = [index for index in same if shown[index].title != lines[index].title]
        titles = {title for index in same if (title := lines[index].title)} if cut else set()
        found = cores(titles) if len(titles) > 1 else {}
        for index in cut:
            core = found.get(lines[index].title or "")
            if core:
                shown[index] = fit(lines[index], fields, width, core=core)
    return shown
