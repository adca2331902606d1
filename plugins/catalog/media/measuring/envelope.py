"""The shape of a song, small enough to draw: how loud it is from beginning to end."""

from array import array

BINS = 240
WINDOW_SAMPLES = 1024
# Every fifth sample tells how loud a window is, at a fifth of the time; being odd, it hears both channels in turn.
STRIDE = 5
# Below -60 dB of full scale there is nothing to hear, and noise is not drawn as if it were music.
SILENCE = 0.001
LOUDEST = 255


class Envelope:
    """The loudest sample of each short window of a song, gathered while it is decoded."""

    def __init__(self) -> None:
        self.windows = array("f")

    def add(self, samples: memoryview) -> None:
        """Take in the next samples of the song, as floats."""
        for start in range(0, len(samples), WINDOW_SAMPLES):
            heard = samples[start : start + WINDOW_SAMPLES : STRIDE].tolist()
            highest, lowest = max(heard), min(heard)
            self.windows.append(max(highest, -lowest))

    def peaks(self, bins: int = BINS) -> bytes:
        """Return one byte a bin: its mean loudness, where 255 is the loudest bin of this song and silence is 0."""
        if not self.windows:
            return bytes(bins)
        levels = [self._level(place, bins) for place in range(bins)]
        loudest = max(levels)
        if loudest < SILENCE:
            return bytes(bins)
        return bytes(round(LOUDEST * level / loudest) for level in levels)

    def _level(self, place: int, bins: int) -> float:
        first = place * len(self.windows) // bins
        last = max(first + 1, (place + 1) * len(self.windows) // bins)
        return sum(self.windows[first:last]) / (last - first)
