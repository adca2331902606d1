"""Folk in G: a picked guitar, a wooden flute that sings the verse and the turn, a second guitar for the last time."""

from ..score import arpeggio, bass_line, line, moved, progression
from ..sound import Sound
from ..sound.rooms import hall
from ..sound.struck import guitar
from ..sound.sustained import whistle
from ..sound.tape import Tape, Tempo

VERSE = "B4/1 D5 G5/1.5 F#5/.5 | F#5/1 E5/.5 D5 A4/2, | G4/1 B4 E5/1.5! D5/.5 | E5/.5 D5 C5/1 E5/2 |"
ANSWER = "D5/1 B4 D5/1.5 G5/.5 | A5/1! F#5 D5/1.5 E5/.5 | E5/1 G5/.5 E5 C5/1 D5 | B4/3 r/1 |"
TURN = (
    "E5/.5 F#5 G5/1 B5/1.5! A5/.5 | G5/1 E5/2 r/1 | D5/.5 E5 G5/1 B5/1.5 G5/.5 | A5/3 r/1 |"
    "B5/1! A5/.5 G5 E5/2 | G5/1 E5/.5 D5 C5/2 | D5/.5 E5 F#5/1 A5! F#5 | G5/3 r/1 |"
)
LAST = "D5/1 B4 D5/1.5 G5/.5 | A5/1! F#5 D5/1.5 E5/.5 | E5/1, G5/.5, E5, C5/1, D5, | B4/4, |"
CHORDS = "G G | G D Em C | G D C G | Em C G D | Em C D G | G D C G | G"
PICKING = "0@0/2 7@2/2"


def compose() -> Sound:
    """Twenty-three bars of four, slowing into the last chord."""
    tape = Tape(Tempo(112, slowing_from=84, slowing=0.05), beats=92, tail_s=2.5, seed=11)
    chords = progression(CHORDS, beats=4)
    fingers = arpeggio(chords[:-1], low=55, order=". 1 2 1 . 2 1 2", step=0.5, force=0.5)
    thumb = bass_line(chords[:-1], low=40, rhythm=PICKING, force=0.75)
    close = line("G2+D3+G3+B3+D4+G4/4", start=88, force=0.6)
    first = tape.part([*fingers, *thumb, *close], guitar, gain=1.0, pan=-0.25, loose_s=0.006)
    second = tape.part(
        arpeggio(chords[10:-1], low=67, order="2 . 1 2 . 1 0 1", step=0.5, force=0.42),
        guitar,
        0.8,
        pan=0.5,
        loose_s=0.008,
    )
    song = line(VERSE + ANSWER, start=8) + line(TURN, start=40) + line(LAST, start=72)
    flute = tape.part(song, whistle, gain=0.6, pan=0.15, loose_s=0.012)
    low_flute = tape.part(
        moved(line(LAST, start=72), semitones=-12, force=0.7), whistle, gain=0.4, pan=-0.1, loose_s=0.012
    )
    return tape.master(hall(first + second, 1.4, 0.25), hall(flute + low_flute, 2.2, 0.5), fade_out_s=2.5)
