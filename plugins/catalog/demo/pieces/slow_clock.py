"""A waltz in A minor for felt piano, reeds and a clock that ticks through it and stops a bar too late."""

from ..score import Note, bass_line, blocks, line, moved, progression
from ..sound import Sound
from ..sound.drums import as_voice, rim
from ..sound.rooms import hall
from ..sound.struck import felt_piano
from ..sound.sustained import reed
from ..sound.tape import Tape, Tempo

THEME = "A4/1 C5 E5 | A5/2! E5/1 | F5/1 A5! F5 | D5/3 | E5/1 D5 B4 | G#4/1 B4 E5 |"
ASKING = THEME + "C5/1.5 D5/.5 C5/1 | B4/3, |"
CLOSING = "A4/1 C5 E5 | C6/2! A5/1 | F5/1.5 E5/.5 D5/1 | A5/3 | G#5/1 E5 B4 | D5/1.5 C5/.5 B4/1 | A4/3 | A4/2, r/1 |"
MIDDLE = "G5/2! E5/1 | C5/1 E5 G5 | F5/2 D5/1 | B4/1 D5 F5 | A5/1.5! G5/.5 F5/1 | E5/1 C5 A4 | E5/1 G#5 B5! | E5/3, |"
CHORDS = "Am Am | Am Am Dm Dm E7 E7 Am E7 | Am Am Dm Dm E7 E7 Am Am |C C G7 G7 Dm Am E7 E7 | Am Am Dm Dm E7 E7 Am Am"


def compose() -> Sound:
    """Thirty-four bars of three and two to come to rest, slowing all through the last eight."""
    tape = Tape(Tempo(152, slowing_from=84, slowing=0.02), beats=108, tail_s=2.5, seed=12)
    chords = progression(CHORDS, beats=3)
    left = bass_line(chords, low=40, rhythm="0@0/1", force=0.75)
    after_beats = [Note(note.beat + beat, 0.6, note.pitch, 0.36) for note in blocks(chords, low=57) for beat in (1, 2)]
    rest = line("A2+E3+C4+A4/6", start=102, force=0.55)
    piano = tape.part([*left, *after_beats, *rest], felt_piano, gain=0.7, pan=-0.2, loose_s=0.008)
    theme = (
        line(ASKING, start=6, force=0.7)
        + line(CLOSING, start=30)
        + line(MIDDLE, start=54)
        + line(CLOSING, start=78, force=0.65)
    )
    reeds = tape.part(theme, reed, gain=0.42, pan=0.15, loose_s=0.012)
    above = tape.part(
        moved(line(CLOSING, start=78), semitones=12, force=0.55), felt_piano, gain=0.6, pan=0.4, loose_s=0.01
    )
    return tape.master(
        hall(piano + above, 1.6, 0.3), hall(reeds, 1.8, 0.4), hall(_clock(tape), 1.2, 0.5), fade_out_s=2.0
    )


def _clock(tape: Tape) -> Sound:
    """A tick on every bar, answered from the other side on the next."""
    ticks = tape.silence()
    for first_bar, pan in ((0, 0.6), (1, 0.3)):
        strokes = [Note(bar * 3, 0.1, 0, 0.5 + 0.1 * first_bar) for bar in range(first_bar, 35, 2)]
        ticks += tape.part(strokes, as_voice(rim), gain=0.5, pan=pan)
    return ticks
