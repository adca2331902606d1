"""A lo-fi beat: electric piano on a worn cassette, brushed and late, with dust in the groove."""

from ..score import bass_line, blocks, line, moved, progression, swung
from ..sound import Sound
from ..sound.drums import closed_hat, kick, snare
from ..sound.filters import lowpass
from ..sound.rooms import crackle, echo, hall, worn_tape
from ..sound.struck import electric_piano, music_box
from ..sound.sustained import round_bass
from ..sound.tape import Tape, Tempo

LOOP = "Dm9 G9 Cmaj9 Am9"
TURN = "Fmaj9 Em7 Dm9 G9"
TUNE = (
    "r/1.5 A4/.5 C5 D5 E5/1 | D5/1.5 B4/.5 G4/2, | r/1 E5/.5 G5 E5/1 D5/.5 C5 | B4/1 A4/2, r/1 |"
    "r/1.5 A4/.5 C5 D5 F5/1! | E5/1.5 D5/.5 B4/2, | r/1 G5/.5 A5 G5/1 E5/.5 D5 | C5/1 A4/2, r/1 |"
)
LATER = "A5/1 G5/.5 E5 C5/2 | r/.5 B4 D5 E5 G5/1.5 E5/.5, | F5/1 E5/.5 C5 A4/2 | r/.5 B4 D5 F5 A5/2! |"
LATE = 0.1
"""The share of a beat by which every second eighth is late."""


def compose() -> Sound:
    """Two bars alone, fourteen with the beat, and a chord to get off at."""
    tape = Tape(Tempo(80), beats=68, tail_s=2.5, seed=22)
    chords = progression(f"{LOOP} {LOOP} {LOOP} {TURN} Cmaj9", beats=4)
    struck = blocks(chords, low=55, force=0.55, hold=0.55)
    struck += moved(blocks(chords[:-1], low=55, hold=0.2), beats=2.5, force=0.7)
    keys = tape.part(swung(struck, LATE), electric_piano, gain=0.55, spread=0.25, loose_s=0.014)
    tune = swung(line(TUNE, start=16, force=0.7) + line(LATER, start=48, force=0.7), LATE)
    lead = echo(tape.part(tune, music_box, gain=0.5, pan=0.2, loose_s=0.015), 0.375, 0.4, 0.3)
    low = bass_line(chords[2:], 33, "0@0/1.5 0@1.75/.5 7@2.5/1.2", 0.8)
    bass = lowpass(tape.part(swung(low, LATE), round_bass, gain=0.75, loose_s=0.01), 700)
    music = worn_tape(hall(keys, 1.2, 0.25) + lead)
    drums = worn_tape(_drums(tape), wobble_s=0.0004, dull_hz=7_000)
    dust = crackle(music.shape[1], tape.chance) * 0.16
    return tape.master(music, bass, drums, dust, fade_in_s=0.6, fade_out_s=4)


def _drums(tape: Tape) -> Sound:
    """A lazy backbeat; the last bar before the turn and the end only keep the hat."""
    bars = [bar for bar in range(2, 16) if bar != 11]
    swing = LATE * 4 / 2
    low = tape.beat("X... ...x ..X. ....", kick, bars, gain=0.75, swing=swing)
    back = tape.beat(".... X... .... X..x", snare, bars, gain=0.34, pan=0.05, swing=swing)
    hats = tape.beat("x.x. x.x. x.xx x.x.", closed_hat, range(2, 16), gain=0.3, pan=-0.25, swing=swing)
    return low + hall(back + hats, 0.7, 0.25)
