"""Dub in A minor: deep bass, chords on the off-beat, a melodica, and an echo that is played like an instrument."""

from ..score import Note, blocks, line, progression
from ..sound import Sound
from ..sound.drums import closed_hat, drop, kick, rim, snare
from ..sound.filters import lowpass
from ..sound.rooms import echo, hall
from ..sound.struck import guitar
from ..sound.sustained import reed, round_bass
from ..sound.tape import Tape, Tempo

BASS = (
    "A1/1! r/.5 A1/.5 C2 D2/1 E2/.5 | G1/1! r/.5 G1/.5 B1 D2/1 G1/.5 |"
    "F1/1! r/.5 F1/.5 A1 C2/1 F1/.5 | E1/1! r/.5 E1/.5 G1 B1/1 E2/.5 |"
)
TUNE = (
    "E5/1! D5/.5 C5 A4/2 | r/4 | C5/1 D5/.5 C5 A4/2 | r/4 |"
    "C5/.5 D5 E5/1! G5 E5 | D5/1 B4/1.5 r/1.5 | A4/.5 C5 D5/1 C5 A4 | G4/1 B4/3 |"
)
FAREWELL = "E5/1 D5/.5 C5 A4/2 | r/2 D5/1, B4 | A4/4, |"
THROWN = "A4+C5+E5/.2! r/7.8 | G4+B4+D5/.2 r/3.3 B4+D5/.2 r/4.3 |"
"""Single chords thrown into the long echo while the rest is silent."""
BARS = 16
BEAT_S = 60 / 74
DOTTED_S = BEAT_S * 0.75


def compose() -> Sound:
    """Two bars of bass and drums, eight with the tune, four of echoes, two to close."""
    tape = Tape(Tempo(74), beats=BARS * 4, tail_s=4, seed=26)
    ground = [*line(BASS * 4, force=0.85), Note(64, 2, 33, 0.8)]
    bass = lowpass(tape.part(ground, round_bass, gain=0.85, loose_s=0.008), 500)
    chords = progression("F Em Am G F Em Am G", 4, 8) + progression("F Em", 4, 56)
    skank = [Note(n.beat + beat, 0.12, n.pitch, 0.55) for n in blocks(chords, 60) for beat in (0.5, 1.5, 2.5, 3.5)]
    guitars = tape.part(skank, guitar, gain=0.5, pan=-0.3, loose_s=0.004)
    thrown = tape.part(line(THROWN, start=40, force=0.8), guitar, gain=0.8)
    tune = tape.part(line(TUNE, start=8, force=0.7) + line(FAREWELL, start=56, force=0.6), reed, gain=0.28, pan=0.15)
    wet = echo(guitars, DOTTED_S, 0.45, 0.3) + echo(thrown, DOTTED_S, 0.78, 0.8) + echo(tune, DOTTED_S, 0.6, 0.5, 2_000)
    return tape.master(bass, _drums(tape), hall(wet, 2.0, 0.25), fade_out_s=4)


def _drums(tape: Tape) -> Sound:
    """One drop: kick and rim fall together on three; now and then a snare runs into the echo."""
    bars = [bar for bar in range(BARS) if bar not in (10, 11)]
    dry = tape.beat(".... .... X... ....", kick, bars, gain=0.9)
    dry += tape.beat(".... .... X... ..x.", rim, bars, gain=0.4, pan=0.1)
    dry += tape.beat("x.x. X.x. x.x. X.xx", closed_hat, bars, gain=0.18, pan=-0.2)
    splash = tape.beat("..X. .... .... ..X.", snare, (1, 5, 9, 11, 13), gain=0.3)
    water = tape.beat("x... ..x. ...x ....", drop, (0, 10, 11, 12, 15), gain=0.25, pan=0.3)
    return hall(dry, 0.6, 0.12) + hall(echo(splash + water, DOTTED_S, 0.65, 0.7), 2.4, 0.4)
