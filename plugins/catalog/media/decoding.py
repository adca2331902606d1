"""Decoding music block by block, in memory that does not grow with the song."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The binding under miniaudio: the module on top of it imports numpy and an HTTP client, which costs each child 0.2 s.
from _miniaudio import ffi, lib  # type: ignore[import-not-found]

from .kinds import AudioKind

BLOCK_SAMPLES = 1 << 17
CHANNELS_LIMIT = 64
SAMPLE_RATES = range(4_000, 384_001)
ENCODINGS = {
    AudioKind.MP3: lib.ma_encoding_format_mp3,
    AudioKind.FLAC: lib.ma_encoding_format_flac,
    AudioKind.VORBIS: lib.ma_encoding_format_vorbis,
    AudioKind.WAV: lib.ma_encoding_format_wav,
}


class Undecodable(Exception):
    """A file in which the decoder finds nothing to begin with."""


@dataclass(frozen=True)
class Decoding:
    """An open song: its own channels and sample rate, and its samples as they are decoded."""

    channels: int
    sample_rate: int
    decoder: Any

    def blocks(self) -> Iterator[memoryview]:
        """Give 16-bit samples, channels interleaved, block by block, until the end or damage that cannot be passed.

        A block is only valid until the next one is asked for.
        """
        frames = BLOCK_SAMPLES // self.channels
        samples = ffi.new("int16_t[]", frames * self.channels)
        frames_read = ffi.new("ma_uint64 *")
        while lib.ma_decoder_read_pcm_frames(self.decoder, samples, frames, frames_read) == lib.MA_SUCCESS:
            size_bytes = frames_read[0] * self.channels * 2
            if size_bytes == 0:
                return
            yield memoryview(ffi.buffer(samples, size_bytes)).cast("h")


@contextmanager
def decoding(path: Path, kind: AudioKind) -> Iterator[Decoding]:
    """Open a song of a known kind for decoding; raise `Undecodable` when its beginning makes no sense."""
    config = lib.ma_decoder_config_init(lib.ma_format_s16, 0, 0)
    config.encodingFormat = ENCODINGS[kind]
    decoder = ffi.new("ma_decoder *")
    if lib.ma_decoder_init_file(bytes(path), ffi.addressof(config), decoder) != lib.MA_SUCCESS:
        raise Undecodable
    try:
        channels, sample_rate = decoder.outputChannels, decoder.outputSampleRate
        if not 1 <= channels <= CHANNELS_LIMIT or sample_rate not in SAMPLE_RATES:
            raise Undecodable
        yield Decoding(channels, sample_rate, decoder)
    finally:
        lib.ma_decoder_uninit(decoder)
