"""A lullaby in F: a music box, a harp and a voice that hums the words written for it."""

from ..score import arpeggio, bass_line, line, moved, progression
from ..sound import Sound
from ..sound.rooms import hall
from ..sound.struck import harp, music_box
from ..sound.sustained import singers
from ..sound.tape import Tape, Tempo

VERSE = (
    "C5/2 A4/1 | D5/1 C5 A4 | C5/1 A4 F4 | A4/1 G4 G4 | Bb4/1 D5! D5 | C5/1 A4 F4 | G4/2 E4/1 | G4/1 Bb4 D5! |"
    "C5/1 A4 G4 | F4/2, r/1 |"
)
CHORDS = "F Bb F C Bb F C C7 F F"


def compose() -> Sound:
    """Two bars to begin, two verses of ten, two bars to fall asleep in."""
    tape = Tape(Tempo(96, slowing_from=60, slowing=0.05), beats=72, tail_s=3.5, seed=13)
    chords = progression(f"F F {CHORDS} {CHORDS} F", beats=3)
    rocking = arpeggio(chords, low=53, order="0 2 1 2 1 2", step=0.5, force=0.42)
    strings = tape.part(
        [*rocking, *bass_line(chords, low=41, rhythm="0@0/3", force=0.55)], harp, 0.9, pan=-0.2, loose_s=0.01
    )
    voice = tape.part(
        line(VERSE, start=6) + line(VERSE, start=36, force=0.7), singers("oo", "oh"), gain=0.5, loose_s=0.015
    )
    second = tape.part(moved(line(VERSE, start=36, force=0.5), semitones=-12), singers("oo", "oo"), gain=0.3, pan=-0.3)
    bells = line("C6/1.5, A5/.5 G5/1 | F5/3, |", force=0.6) + line(VERSE.replace("!", ""), start=36, force=0.5)
    bells += line("C6/1.5, A5/.5 G5/1 | F5/1, A5 C6 | F6/3, |", start=66, force=0.5)
    box = tape.part(
        [n if n.beat < 6 or n.beat > 65 else moved([n], semitones=12)[0] for n in bells], music_box, 0.5, pan=0.35
    )
    return tape.master(hall(strings, 1.8, 0.35), hall(voice + second, 2.4, 0.6), hall(box, 2.4, 0.5), fade_out_s=3.0)
