"""Four brass and kettledrums in E flat: a call, a procession, the call answered in parts, the procession's end."""

from ..score import Note, hertz, line, pitch
from ..sound import Sound
from ..sound.drums import as_voice, kettledrum
from ..sound.rooms import hall
from ..sound.sustained import horn
from ..sound.tape import Tape, Tempo

TRUMPET = (
    "G4/1 Ab4/.5 Bb4 Bb4/1.5 Ab4/.5 | G4/1 F4/.5 Eb4 F4/2 | G4/1 C5/.5 Bb4 Ab4/1.5 G4/.5 | F4/1 G4/.5 Ab4 Bb4/2! |",
    "C5/1! Bb4/.5 Ab4 G4/1.5 Eb4/.5 | Ab4/1 G4/.5 F4 Eb4/1 C5! | Bb4/1 Ab4/.5 G4 F4/1 D4 | Eb4/3 r/1 |",
)
CORNET = ("Eb4/2 F4 | Eb4 D4 | Eb4 Eb4 | D4 F4 |", "Eb4 Eb4/1.5 Bb3/.5 | Eb4/2 C4/1 Eb4 | D4 Eb4 D4 Bb3 | Bb3/3 r/1 |")
HORN = ("Bb3/2 Bb3 | Bb3 Bb3 | C4 C4 | Bb3 Bb3 |", "Ab3/2 Bb3 | C4 Ab3 | F3/1 Bb3 Ab3 Ab3 | G3/3 r/1 |")
TUBA = (
    "Eb3/1 Bb2 D3 Bb2 | Eb3 G2 Bb2/2 | C3/1 Bb2 Ab2 C3 | Bb2 F2 G2 Bb2 |",
    "Ab2/1 C3 Eb3 G2 | Ab2 C3 Ab2 F2 | Bb2 G2 Bb2 Bb2 | Eb2/3 r/1 |",
)
MARCH = (TRUMPET, CORNET, HORN, TUBA)
"""Both halves of the procession, four bars each."""
CALL = "Bb4/.75! Bb4/.25 Eb5/1 G5/1.5! F5/.5 | Eb5/1 Bb4 C5/.5 D5 Eb5/1 | F5/3! r/1 |"
ANSWER = (
    CALL,
    "r/2 Bb4/1.5 Ab4/.5 | G4/1 G4 Ab4/.5 Bb4 G4/1 | C5/1 A4 Bb4 r |",
    "r/2 Eb4/2 | Bb3/1 Eb4 Eb4 Eb4 | F4/3 r/1 |",
    "Eb3/2 Eb3 | G2/1 Eb3 Ab2 C3 | F2/2 Bb2/1 r/1 |",
)
CLOSE = (
    "Bb4/1 Ab4/.5 G4 F4/1 D5 | Eb5/4!",
    "D4/1 Eb4 D4 F4 | G4/4!",
    "F3/1 Bb3 Ab3 Bb3 | Bb3/4!",
    "Bb2/1 G2 Bb2 Bb2 | Eb2/4!",
)
PLACES = (0.35, -0.35, 0.12, -0.12)
DRUMS = {"Eb3": (12, 20, 28, 40, 44, 60, 60.5, 61), "Bb2": (10, 10.5, 11, 27, 39, 53, 54, 58, 58.5, 59, 59.5)}
"""On which beats each kettledrum is struck."""


def compose() -> Sound:
    """Sixteen bars, slowing into the last chord."""
    tape = Tape(Tempo(92, slowing_from=54, slowing=0.05), beats=64, tail_s=2.5, seed=24)
    brass = tape.part(line(CALL, force=0.75), horn, gain=0.75, pan=PLACES[0])
    for place, march, answer, close in zip(PLACES, MARCH, ANSWER, CLOSE, strict=True):
        notes = line(march[0], 12, 0.6) + line(march[1], 28, 0.68) + line(answer, 44, 0.75) + line(close, 56, 0.78)
        brass += tape.part(notes, horn, gain=0.5, pan=place, loose_s=0.012)
    drums = tape.silence()
    for name, beats in DRUMS.items():
        strokes = [Note(beat, 1, 0, 0.5 + beat / 150) for beat in beats]
        drums += tape.part(strokes, as_voice(kettledrum(hertz(pitch(name)))), gain=0.5)
    return tape.master(hall(brass, 2.6, 0.5), hall(drums, 2.2, 0.4), fade_out_s=2.0)
