"""Whether a date of the passage fits a date of the claim."""

from dataclasses import replace

from workbench.matching.discrepancies.dates import DateMention, When


def compare_dates(claim: DateMention, passage: DateMention) -> bool | None:
    """Whether the passage's date fits the claim's; None when that is open.

    Open is what shares no written part, and "before 5 March" against "as of 5 March": the one does not deny the other.
    """
    fit = _either_way(claim, passage)
    if fit and only_weekday(claim) != only_weekday(passage):
        # Every week has a Monday: that a dated day is one does not show that it is the same.
        return None
    if fit is False and claim.when in (When.BEFORE, When.AFTER) and _same_day(claim, passage):
        return None
    return fit


def _either_way(claim: DateMention, passage: DateMention) -> bool | None:
    """`same_time`, in any order of day and month that the two dates may have."""
    fits = {same_time(mine, other) for mine in _orders(claim) for other in _orders(passage)}
    return True if True in fits else None if None in fits else False


def _orders(one: DateMention) -> tuple[DateMention, ...]:
    return (one, replace(one, day=one.month, month=one.day)) if one.swapped else (one,)


def only_weekday(one: DateMention) -> bool:
    """Whether nothing but a day of the week is written."""
    return one.year is None and one.month is None


def _same_day(claim: DateMention, passage: DateMention) -> bool:
    """Whether no part that both write differs."""
    pairs = ((claim.year, passage.year), (claim.month, passage.month), (claim.day, passage.day))
    return all(mine == other for mine, other in pairs if mine is not None and other is not None)


def same_time(claim: DateMention, passage: DateMention) -> bool | None:
    """Whether the passage's date fits the claim's; None when the two share no written part to compare.

    Only parts written on both sides count: "March 2019" and "5 March" compare by month, "Friday" and "Thursday 12
    March 2026" by day of the week.
    """
    if only_weekday(claim) or only_weekday(passage):
        return None if claim.weekday is None or passage.weekday is None else claim.weekday == passage.weekday
    if claim.year is not None and passage.year is not None:
        verdict = _compare_years(claim, passage)
        if verdict is not None:
            return verdict
    pairs = [
        (a, b) for a, b in ((claim.month, passage.month), (claim.day, passage.day)) if a is not None and b is not None
    ]
    if not pairs:
        return True if claim.year is not None and passage.year is not None else None
    mine, other = [a for a, _ in pairs], [b for _, b in pairs]
    if mine == other and (claim.day is None) != (passage.day is None) and {claim.when, passage.when} != {When.ON}:
        return None
    return _fits(claim.when, other, mine, passage.when)


def _fits(when: When, other: list[int], mine: list[int], passage_when: When) -> bool:
    if when is When.BEFORE:
        return other < mine or (other == mine and passage_when is When.BEFORE)
    if when is When.AFTER:
        return other > mine or (other == mine and passage_when is When.AFTER)
    if when is When.SINCE:
        return other >= mine
    if when is When.UNTIL:
        return other <= mine
    if passage_when is When.BEFORE:
        return mine < other
    if passage_when is When.AFTER:
        return mine > other
    return other == mine


def _compare_years(claim: DateMention, passage: DateMention) -> bool | None:
    """The answer when the years alone decide, else None."""
    low, high = claim.year or 0, claim.last_year or claim.year or 0
    other_low, other_high = passage.year or 0, passage.last_year or passage.year or 0
    finer = claim.month is not None and passage.month is not None
    if low == high == other_low == other_high:
        if finer:
            return None
        return _fits(claim.when, [other_low], [low], passage.when) or _open_within(claim, passage)
    if claim.when is When.BEFORE:
        return other_high < low
    if claim.when is When.AFTER:
        return other_low > high
    if claim.when is When.SINCE:
        return other_low >= low
    if claim.when is When.UNTIL:
        return other_high <= high
    return other_low <= high and low <= other_high


def _open_within(claim: DateMention, passage: DateMention) -> bool:
    """Before or after a date of the same year, where only the other side names the month: nothing contradicts."""
    return (claim.month is None) != (passage.month is None) and claim.month is not None
