"""What a picture of numbers shows, in one sentence: for who cannot see it, in mails without pictures, and in chats."""

from datetime import timedelta

from musicapp.blocks.numbers import in_words, share
from musicapp.blocks.shapes import Calendar, Series, Shares
from musicapp.pages import day

NOTHING_COUNTED = "Nothing in this time."


def series_in_words(series: Series) -> str:
    """“Plays a day, 1 Oct to 31 Oct. Highest: 520 (14 Oct). Salt Almanac came out.”"""
    if not series.values:
        return f"{series.title}. {NOTHING_COUNTED}"
    place = max(range(len(series.values)), key=series.values.__getitem__)
    highest = f"Highest: {in_words(series.values[place], series.unit)} ({series.labels[place]})."
    callout = f" {series.callout.rstrip('.')}." if series.callout else ""
    return f"{series.title}, {series.labels[0]} to {series.labels[-1]}. {highest}{callout}"


def calendar_in_words(calendar: Calendar) -> str:
    """“When you listened, 1 October 2026 to 31 October 2026. Most: 3 h 12 min on 18 October 2026, 20 days of 31.”"""
    if not any(calendar.values):
        return f"{calendar.title}. {NOTHING_COUNTED}"
    place = max(range(len(calendar.values)), key=calendar.values.__getitem__)
    last = calendar.first + timedelta(days=len(calendar.values) - 1)
    filled = sum(value > 0 for value in calendar.values)
    most = f"{in_words(calendar.values[place], calendar.unit)} on {day(calendar.first + timedelta(days=place))}"
    span = f"{day(calendar.first)} to {day(last)}"
    return f"{calendar.title}, {span}. Most: {most}; something on {filled} of {len(calendar.values)} days."


def shares_in_words(shares: Shares) -> str:
    """“Found through: Playlists 41 %, Search 17 %.”"""
    if not shares.lines:
        return f"{shares.title}. {NOTHING_COUNTED}"
    parts = ", ".join(f"{line.title} {share(line.value, shares.lines)} %" for line in shares.lines)
    return f"{shares.title}: {parts}."
