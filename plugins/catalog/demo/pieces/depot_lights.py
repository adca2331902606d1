"""Techno in A minor: four to the floor, a bass that opens up, stabs in the echo, a pause for breath before the end."""

from ..score import Note, blocks, line, progression
from ..sound import Sound
from ..sound.drums import closed_hat, kick, open_hat, shaker, snare
from ..sound.envelopes import curve
from ..sound.filters import highpass, sweep
from ..sound.rooms import echo, hall, widen
from ..sound.struck import bell
from ..sound.sustained import chip, pad, saw_bass
from ..sound.tape import Tape, Tempo

BASS = "A1 A1, A2 A1 C2! A1, E2 A1, G1 A1 A2, A1 C2! D2 E2 G2,"
STABS = "r/.75 A4+C5+E5/.25 r/.5 A4+C5+E5/.25, r/2.25 |"
HIGHER = "r/.75 A4+C5+F5/.25 r/.5 A4+C5+F5/.25, r/1.25 G4+B4+E5/.25 r/.75 |"
SIGNAL = "E5/.75 D5 C5/.5 D5/.75 E5 A5/.5, | E5/.75 D5 C5/.5 B4/.75 C5 G4/.5, |"
BREAK = range(14, 18)
BARS = 25


def compose() -> Sound:
    """Intro, groove, breath, everything, and out."""
    tape = Tape(Tempo(126), beats=BARS * 4, tail_s=2, seed=23)
    beat_s = 60 / 126
    bass_bars = [bar for bar in range(2, 24) if bar not in BREAK]
    riff = [Note(n.beat / 4 + bar * 4, 0.22, n.pitch, n.force) for bar in bass_bars for n in line(BASS, force=0.75)]
    opening = curve(tape.seconds, (0, 250), (14, 900), (26, 2_600), (34, 500), (36, 3_000), (tape.seconds, 1_200))
    bass = sweep(tape.part(riff, saw_bass, gain=0.6), opening)
    chords = [note for bar in range(6, 24) for note in line(HIGHER if bar % 2 else STABS, bar * 4, 0.7)]
    stabs = echo(highpass(tape.part(chords, chip(0.4, 0.06), gain=0.42, spread=0.3), 250), beat_s * 0.75, 0.6, 0.5)
    signal = [note for bar in (10, 12, 18, 20, 22) for note in line(SIGNAL, bar * 4, 0.55)]
    bells = echo(tape.part(signal, bell, gain=0.26, spread=0.5), beat_s * 1.5, 0.5, 0.4)
    sky = widen(tape.part(blocks(progression("Am9 Fmaj7 Am9 G6", 4, BREAK[0] * 4), 57), pad, gain=0.9, spread=0.4))
    return tape.master(_drums(tape), bass, hall(stabs + bells + sky, 2.0, 0.35), fade_out_s=3.5)


def _drums(tape: Tape) -> Sound:
    """The kick rests in the breath, which a roll on the snare ends."""
    groove = [bar for bar in range(24) if bar not in BREAK]
    low = tape.beat("X... X... X... X...", kick, groove, gain=0.85) + tape.beat(
        "X... .... .... ....", kick, [24], gain=0.85
    )
    hats = tape.beat("..X. ..X. ..X. ..X.", open_hat, groove[4:], gain=0.17, pan=0.15)
    hats += tape.beat("xx.x xx.x xx.x xxxx", closed_hat, [*groove[2:], 16, 17], gain=0.2, pan=-0.2)
    claps = tape.beat(".... X... .... X...", snare, groove[8:], gain=0.26)
    claps += tape.beat("x.x. x.x. xxxx XXXX", snare, [17], gain=0.2)
    seeds = tape.beat("x.xx x.xx x.xx x.xx", shaker, range(8, 24), gain=0.35, pan=0.4)
    return low + hall(hats + claps + seeds, 0.9, 0.2)
