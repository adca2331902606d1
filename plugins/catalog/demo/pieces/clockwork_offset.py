"""Phase music: two marimbas play one bar of twelve, and one of them slips a note ahead every few bars."""

from ..score import Note, line
from ..sound import Sound
from ..sound.rooms import hall
from ..sound.struck import electric_piano, marimba
from ..sound.sustained import round_bass, whistle
from ..sound.tape import Tape, Tempo

FIGURE = line("E4/.25! F#4 B4 C#5 D5! F#4 E4 C#5 B4! F#4 D5 C#5", force=0.6)
BAR_BEATS = 3.0
SLIPS = (0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6, 8, 8, 9, 9, 10, 11, 12, 12, 12)
"""By how many notes the second player is ahead, bar by bar; twelve is together again."""
GROUND = "E2/12 C#2/12 A1/12 B1/12 F#2/12 D2/9 E2/9"
HELD = "r/12 E4+G#4/12 C#4+E4/12 D4+F#4/12 C#4+F#4/12 D4+A4/9 E4+B4/9"
FOUND = "r/33 B5/1.5 C#6 D6/3 | B5/1.5 F#5 E5/3 | C#6/1.5 D6 F#6/3 | D6/1.5 C#6 B5/3 | r/3 E6/1.5 D6 B5/6,"
"""A tune that is already in the pattern, brought out."""


def compose() -> Sound:
    """Twenty-six bars until both are together again."""
    tape = Tape(Tempo(112), beats=len(SLIPS) * BAR_BEATS, tail_s=3, seed=25)
    steady = [note for bar in range(len(SLIPS)) for note in _bar(bar, 0)]
    slipping = [note for bar, slip in enumerate(SLIPS) for note in _bar(bar, slip) if bar > 0]
    players = tape.part(steady, marimba, gain=0.5, pan=-0.55) + tape.part(slipping, marimba, gain=0.5, pan=0.55)
    ground = tape.part(line(GROUND, force=0.5), round_bass, gain=0.32)
    chords = tape.part(line(HELD, force=0.5), electric_piano, gain=0.6, spread=0.3)
    tune = tape.part(line(FOUND, force=0.5), whistle, gain=0.3)
    close = tape.part(line("E3+B3+E4+B4+E5/2", start=(len(SLIPS) - 0.02) * BAR_BEATS, force=0.7), marimba, gain=0.35)
    return tape.master(hall(players + close, 1.5, 0.3), ground, hall(chords + tune, 2.5, 0.6), fade_out_s=2.5)


def _bar(bar: int, ahead: int) -> list[Note]:
    """The figure in this bar, begun some notes in, swelling over the piece and sinking at its end."""
    swell = 0.75 + 0.4 * min(bar, len(SLIPS) - bar) / len(SLIPS)
    turned = FIGURE[ahead % 12 :] + FIGURE[: ahead % 12]
    return [
        Note(bar * BAR_BEATS + index / 4, 0.25, note.pitch, note.force * swell) for index, note in enumerate(turned)
    ]
