"""Chiptune in C for four channels of a games console that never was: two pulses, a triangle and noise."""

from ..score import arpeggio, bass_line, line, progression
from ..sound import Sound
from ..sound.drums import console_noise
from ..sound.filters import lowpass
from ..sound.rooms import echo
from ..sound.sustained import chip, triangle
from ..sound.tape import Tape, Tempo

ROUND = (
    "E5/.5 G5 C6/1! B5/.5 C6 G5/1 | D5/.5 G5 B5/1! A5/.5 B5 G5/1 | C5/.5 E5 A5/1! G5/.5 A5 E5/1 |"
    "F5/.5 A5 C6/1! A5/.5 G5 F5/1 | E5/.5 G5 C6/1! D6/.5 C6 G5/1 | B5/.5 A5 G5/1 D5/.5 E5 G5/1 |"
)
OPEN = ROUND + "A5/.5 C6 F5/1 B5/.5 D6 G5/1 | C6/1.5 r/.5 G5/.5 G5 A5 B5 |"
SHUT = ROUND + "A5/.5 C6 F5/1 B5/.5 D6 G6/1! | C6/1 G5/.5 E5 C5/1 r/1 |"
BRIDGE = (
    "A5/1.5 B5/.5 C6/1! A5 | B5/1.5 A5/.5 G5/1 E5 | F5/1.5 G5/.5 A5/1 C6! | G5/3 r/1 |"
    "A5/1.5 B5/.5 C6/1 E6! | D6/1.5 B5/.5 G5/1 E5 | F5/.5 G5 A5 B5 C6 D6 E6 F6 | G6/2! D6/1 B5 |"
)
CODA = "A5/.5 C6 F5/1 B5/.5 D6 G6/1! | C6/.5 G5 E5 G5 C6/2! |"
CHORDS = "C G Am F C G F C | Am Em F C Am Em F G | C G Am F C G F C | F C"


def compose() -> Sound:
    """Round, bridge, round and two bars to finish."""
    tape = Tape(Tempo(150), beats=104, tail_s=1.6, seed=21)
    chords = progression(CHORDS, beats=4)
    song = line(OPEN) + line(BRIDGE, start=32) + line(SHUT, start=64) + line(CODA, start=96)
    lead = tape.part(song, chip(0.25), gain=0.6, pan=0.12)
    chatter = arpeggio(chords[:8], 60, "0 . 1 . 2 . 1 .", 0.25, 0.45) + arpeggio(chords[8:-1], 60, "0 1 2 3", 0.25, 0.5)
    second = tape.part(chatter, chip(0.125, 0.1), gain=0.6, pan=-0.3)
    walking = bass_line(chords[:-1], 36, "0@0/.5 0@.5/.5 12@1/.5 0@1.5/.5 7@2/.5 7@2.5/.5 12@3/.5 7@3.5/.5")
    bass = tape.part([*walking, *line("C3/1 G2 C2/2", start=100)], triangle, gain=0.34)
    bars = [bar for bar in range(25) if bar not in (0, 1, 15)]
    drums = tape.beat("X... .... X... ..x.", console_noise(0.03), bars, gain=0.5)
    drums += tape.beat(".... X... .... X...", console_noise(0.07), [*bars, 15], gain=0.55)
    drums += tape.beat("..x. ..x. ..x. ..xx", console_noise(0.012), range(25), gain=0.6, pan=0.2)
    return tape.master(echo(lead, 0.3, 0.3, 0.18), second, bass, lowpass(drums, 9_000), fade_out_s=0.8)
