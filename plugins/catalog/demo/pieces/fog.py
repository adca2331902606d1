"""Ambient in D: slow pads under a few bells, with the air of a morning around them."""

import numpy as np

from ..score import bass_line, blocks, line, progression
from ..sound import Sound, samples
from ..sound.envelopes import curve
from ..sound.filters import around, sweep
from ..sound.rooms import echo, hall, widen
from ..sound.struck import bell
from ..sound.sustained import pad, round_bass
from ..sound.tape import Tape, Tempo

CHORDS = "Dmaj9 Bm9 Gmaj9 Em9 Dmaj9 Gmaj9 Dadd9"
BELLS = (
    "r/4 F#5/1 A5/3 | r/3 D6/1 C#6/4 | r/4 B5/1 A5/1.5 F#5/1.5 | r/4 G5/1 B5/3, |"
    "r/2 A5/1 C#6/1 E6/4! | r/3 D6/1 B5/2 A5/2 | r/2 F#5/1, E5 D5/4, |"
)


def compose() -> Sound:
    """Seven chords of eight slow beats."""
    tape = Tape(Tempo(64), beats=56, tail_s=4, seed=14)
    chords = progression(CHORDS, beats=8)
    seconds = tape.seconds
    veil = curve(seconds, (0, 500), (20, 1_400), (34, 3_200), (46, 1_200), (seconds, 400))
    chord = sweep(widen(tape.part(blocks(chords, low=57), pad, spread=0.5, loose_s=0.2)), veil)
    ground = tape.part(bass_line(chords, low=38, rhythm="0@0/7.5", force=0.5), round_bass, gain=0.22)
    drops = echo(tape.part(line(BELLS, force=0.6), bell, gain=0.4, spread=0.6, loose_s=0.03), 0.7, 0.5, 0.45)
    return tape.master(
        hall(chord + ground * 0.6, 3.5, 0.6), hall(drops, 4.0, 0.9), _air(tape), fade_in_s=3.0, fade_out_s=5.0
    )


def _air(tape: Tape) -> Sound:
    """Wind that comes and goes twice."""
    seconds = tape.seconds
    noise = around(tape.chance.normal(0, 1, (2, samples(seconds))), 700, 1.0)
    gusts = 0.5 - 0.5 * np.cos(2 * np.pi * np.linspace(0, 3, noise.shape[1]))
    return noise * (0.006 + 0.02 * gusts)
