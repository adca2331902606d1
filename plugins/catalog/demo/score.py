"""How music is written down here: note names, chords and lines, counted in beats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SIGNS = {"#": 1, "b": -1}
CHORDS = {
    "": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "maj7": (0, 4, 7, 11),
    "m9": (0, 3, 7, 10, 14), "9": (0, 4, 7, 10, 14), "maj9": (0, 4, 7, 11, 14), "sus2": (0, 2, 7),
    "sus4": (0, 5, 7), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9), "add9": (0, 4, 7, 14), "madd9": (0, 3, 7, 14),
}  # fmt: skip
"""Semitones above the root, by what is written after it."""


@dataclass(frozen=True, slots=True)
class Note:
    """A pitch (MIDI number, 69 is A4) that starts on a beat and is held for some, played with a force of 0..1."""

    beat: float
    beats: float
    pitch: float
    force: float = 0.8


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord that rules from a beat for some beats."""

    beat: float
    beats: float
    symbol: str

    @property
    def root(self) -> int:
        """The root's pitch class, 0 (C) to 11 (B)."""
        return _root(self.symbol)[0]

    def tones(self, low: int) -> list[int]:
        """Its tones within the octave above a pitch, from below, so that neighbours move little.

        Chords of five tones leave their root to the bass.
        """
        root, kind = _root(self.symbol)
        steps = CHORDS[kind] if len(CHORDS[kind]) < 5 else CHORDS[kind][1:]
        return sorted(low + (root + step - low) % 12 for step in steps)

    def bass(self, low: int) -> int:
        """The root in the octave above a pitch."""
        return low + (self.root - low) % 12


def hertz(pitch: float) -> float:
    """The frequency of a MIDI pitch, tuned to A4 = 440 Hz."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def pitch(name: str) -> int:
    """The MIDI number of a name such as `C4`, `F#5` or `Bb3`."""
    sharp = sum(SIGNS[sign] for sign in name[1:-1])
    return 12 * (int(name[-1]) + 1) + LETTERS[name[0]] + sharp


def line(text: str, start: float = 0.0, force: float = 0.8) -> list[Note]:
    """Notes one after another: `C4/2` is held for two beats, and so are the next until another length is given.

    `r` rests, `C4+E4` sounds together, a final `!` is louder, `,` softer; `|` only helps the eye.
    """
    notes, beat, beats = [], start, 1.0
    for word in text.replace("|", " ").split():
        name, _, length = word.rstrip("!,").partition("/")
        beats = float(length) if length else beats
        strength = force * {"!": 1.2, ",": 0.7}.get(word[-1], 1.0)
        if name != "r":
            notes += [Note(beat, beats, pitch(tone), min(1.0, strength)) for tone in name.split("+")]
        beat += beats
    return notes


def progression(text: str, beats: float, start: float = 0.0) -> list[Chord]:
    """Chords of equal length: `Am7 D9 Gmaj7`."""
    return [Chord(start + index * beats, beats, symbol) for index, symbol in enumerate(text.replace("|", " ").split())]


def blocks(chords: Iterable[Chord], low: int, force: float = 0.6, hold: float = 1.0) -> list[Note]:
    """Each chord struck once and held for this share of its time."""
    return [Note(c.beat, c.beats * hold, tone, force) for c in chords for tone in c.tones(low)]


def arpeggio(chords: Iterable[Chord], low: int, order: str, step: float, force: float = 0.6) -> list[Note]:
    """Each chord broken: `order` names its tones from below (0, 1, …), those past the top an octave up, `.` rests."""
    return list(_broken(chords, low, order.split(), step, force))


def bass_line(chords: Iterable[Chord], low: int, rhythm: str, force: float = 0.8) -> list[Note]:
    """The bass under each chord: `0@0/1.5 7@2/1` is the root for 1.5 beats, then seven semitones up on beat two."""
    notes = []
    for chord in chords:
        for word in rhythm.split():
            step, _, timing = word.partition("@")
            beat, _, beats = timing.partition("/")
            if float(beat) < chord.beats:
                notes.append(Note(chord.beat + float(beat), float(beats), chord.bass(low) + int(step), force))
    return notes


def moved(notes: Iterable[Note], beats: float = 0.0, semitones: int = 0, force: float = 1.0) -> list[Note]:
    """The same notes later, higher, or softer by a factor."""
    return [replace(n, beat=n.beat + beats, pitch=n.pitch + semitones, force=min(1.0, n.force * force)) for n in notes]


def swung(notes: Iterable[Note], amount: float) -> list[Note]:
    """Every second eighth later by this share of a beat."""
    return [replace(n, beat=n.beat + amount) if n.beat % 1 == 0.5 else n for n in notes]


def _broken(chords: Iterable[Chord], low: int, order: list[str], step: float, force: float) -> Iterator[Note]:
    for chord in chords:
        tones = chord.tones(low)
        for index in range(round(chord.beats / step)):
            sign = order[index % len(order)]
            if sign != ".":
                octave, tone = divmod(int(sign), len(tones))
                accent = 1.15 if index == 0 else 1.0
                yield Note(chord.beat + index * step, step, tones[tone] + 12 * octave, min(1.0, force * accent))


def _root(symbol: str) -> tuple[int, str]:
    if symbol[1:2] in SIGNS:
        return (LETTERS[symbol[0]] + SIGNS[symbol[1]]) % 12, symbol[2:]
    return LETTERS[symbol[0]], symbol[1:]
