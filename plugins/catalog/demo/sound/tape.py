"""The tape a piece is recorded on: it knows the tempo, places notes in time and makes the final mix."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..score import Note, hertz
from . import Sound, Voice, samples
from .drums import Drum
from .envelopes import fade
from .filters import highpass
from .loudness import at_loudness

LOUDNESS_LUFS = -16.0


@dataclass(frozen=True)
class Tempo:
    """Beats per minute, with an optional slowing towards the end."""

    bpm: float
    slowing_from: float = 1e9
    slowing: float = 0.0

    def seconds(self, beat: float) -> float:
        """When a beat is heard."""
        beyond = max(0.0, beat - self.slowing_from)
        return (beat + self.slowing * beyond**2 / 2) * 60 / self.bpm


class Tape:
    """A stretch of time in which parts are recorded one by one."""

    def __init__(self, tempo: Tempo, beats: float, tail_s: float, seed: int) -> None:
        self.tempo = tempo
        self.seconds = tempo.seconds(beats) + tail_s
        self.chance = np.random.default_rng(seed)

    def part(
        self,
        notes: Iterable[Note],
        voice: Voice,
        gain: float = 1.0,
        pan: float = 0.0,
        spread: float = 0.0,
        loose_s: float = 0.0,
    ) -> Sound:
        """One instrument's notes in stereo; `spread` strews them over the sides, `loose_s` frees them from the grid."""
        track = self.silence()
        for note in notes:
            start_s = self.tempo.seconds(note.beat) + abs(self.chance.normal(0, loose_s))
            held_s = self.tempo.seconds(note.beat + note.beats) - self.tempo.seconds(note.beat)
            sound = voice(hertz(note.pitch), held_s, note.force, self.chance)
            self._lay(track, sound * gain, start_s, pan + self.chance.uniform(-spread, spread))
        return track

    def beat(
        self, pattern: str, drum: Drum, bars: Iterable[int], gain: float = 1.0, pan: float = 0.0, swing: float = 0.0
    ) -> Sound:
        """A drum pattern repeated in these bars of four: 16 signs, `X` hard, `x` soft, `.` nothing."""
        track = self.silence()
        for bar in bars:
            for step, sign in enumerate(pattern.replace(" ", "")):
                if sign != ".":
                    late = swing / 4 if step % 2 else 0.0
                    force = (1.0 if sign == "X" else 0.55) * self.chance.uniform(0.9, 1.0)
                    start_s = self.tempo.seconds(bar * 4 + step / 4 + late)
                    self._lay(track, drum(force, self.chance) * gain, start_s, pan)
        return track

    def silence(self) -> Sound:
        """An empty stereo track of the tape's length."""
        return np.zeros((2, samples(self.seconds)))

    def master(self, *tracks: Sound, fade_in_s: float = 0.01, fade_out_s: float = 2.0) -> Sound:
        """All tracks together at the common loudness, faded at both ends."""
        mix = highpass(np.sum(tracks, axis=0), 28)
        return fade(at_loudness(fade(mix, fade_in_s, fade_out_s), LOUDNESS_LUFS), 0.005, 0.05)

    def _lay(self, track: Sound, sound: Sound, start_s: float, pan: float) -> None:
        start = samples(start_s)
        kept = sound[: max(0, track.shape[1] - start)]
        angle = (np.clip(pan, -1, 1) + 1) * np.pi / 4
        track[0, start : start + len(kept)] += np.cos(angle) * kept
        track[1, start : start + len(kept)] += np.sin(angle) * kept
