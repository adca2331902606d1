"""Choral: seven phrases in four parts, Dorian on D, each on one breath."""

from ..score import Note, line
from ..sound import Sound
from ..sound.rooms import hall
from ..sound.sustained import singers
from ..sound.tape import Tape, Tempo

PHRASES = (
    ("F4/2 E4 D4/3", "D4/2 C4 A3/3", "A3/2 G3 F3/3", "D3/2 C3 D3/3"),
    ("F4/2 G4 A4/3", "D4/2 D4 C4/3", "A3/2 B3 A3/3", "D3/2 G2 F2/3"),
    ("A4/1 B4 C5/2 A4/3", "E4/1 G4 G4/2 E4/3", "C4/1 D4 E4/2 C4/3", "A2/1 G2 C3/2 A2/3"),
    ("D5/2! C5 B4/1 A4/3", "F4/2 E4 G4/1 E4/3", "A3/2 C4 D4/1 C4/3", "D3/2 A2 G2/1 A2/3"),
    ("A4/1.5 G4 F4/2 E4/3", "F4/1.5 D4 C4/2 C4/3", "C4/1.5 B3 A3/2 G3/3", "F3/1.5 G3 F3/2 C3/3"),
    ("D4/2 F4 E4/3", "A3/2 C4 C4/3", "F3/2 A3 A3/3", "D3/2 F2 A2/3"),
    ("F4/2, G4, F#4/5,", "D4/2, D4, D4/5,", "A3/2, B3, A3/5,", "D3/2, G2, D2/5,"),
)
"""Soprano, alto, tenor and bass of each phrase."""
SWELLS = (0.5, 0.6, 0.75, 0.95, 0.75, 0.55, 0.5)
BREATH_BEATS = 0.75
PLACES = (0.35, -0.35, 0.15, -0.15)


def compose() -> Sound:
    """The phrases one after another, with a breath between them."""
    parts: list[list[Note]] = [[], [], [], []]
    start = 0.0
    for phrase, force in zip(PHRASES, SWELLS, strict=True):
        for part, text in zip(parts, phrase, strict=True):
            part.extend(line(text, start, force))
        start = max(note.beat + note.beats for note in parts[0]) + BREATH_BEATS
    tape = Tape(Tempo(68), beats=start, tail_s=3, seed=15)
    upper, lower = singers("oo", "ah"), singers("oh", "ah")
    choir = sum(
        (
            tape.part(notes, voice, 1.0, pan, 0.15, 0.03)
            for notes, voice, pan in zip(parts, (upper, upper, lower, lower), PLACES, strict=True)
        ),
        start=tape.silence(),
    )
    return tape.master(hall(choir, 3.8, 0.7), fade_in_s=0.2, fade_out_s=3.0)
