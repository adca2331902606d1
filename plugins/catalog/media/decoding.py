"""Decoding music block by block, in memory that does not grow with the song."""

import mmap
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The binding under miniaudio: the module on top of it imports numpy and an HTTP client, which costs each child 0.2 s.
from _miniaudio import ffi, lib  # type: ignore[import-not-found]

from .blocks import CHANNELS, SAMPLE_RATES, Block, frames_of_block, room_for
from .ffmpeg.decoding import ffmpeg_decoding
from .kinds import AudioKind
from .opening import open_regular
from .refusals import Undecodable
from .sniffing import sound_start
from .trailing import sound_end

ENCODINGS = {
    AudioKind.MP3: lib.ma_encoding_format_mp3,
    AudioKind.FLAC: lib.ma_encoding_format_flac,
    AudioKind.VORBIS: lib.ma_encoding_format_vorbis,
    AudioKind.WAV: lib.ma_encoding_format_wav,
}


@dataclass(frozen=True)
class Decoding:
    """An open song: its own channels and sample rate, and its samples as they are decoded."""

    channels: int
    sample_rate: int
    decoder: Any

    def blocks(self) -> Iterator[Block]:
        """Give the samples in blocks of a tenth of a second, until the end or damage that cannot be passed."""
        frames = frames_of_block(self.sample_rate)
        samples = room_for(frames, self.channels)
        into, frames_read = ffi.from_buffer(samples), ffi.new("ma_uint64 *")
        while lib.ma_decoder_read_pcm_frames(self.decoder, into, frames, frames_read) == lib.MA_SUCCESS:
            if frames_read[0] == 0:
                return
            yield Block(samples, int(frames_read[0]), self.channels)


def decoding(path: Path, kind: AudioKind, ffmpeg: str | None) -> AbstractContextManager[Any]:
    """Open a song of a known kind for decoding, by ffmpeg where it takes that.

    Raises `Undecodable` when its beginning makes no sense.
    """
    return ffmpeg_decoding(path, kind, ffmpeg) if kind.needs_ffmpeg else _own_decoding(path, kind)


@contextmanager
def _own_decoding(path: Path, kind: AudioKind) -> Iterator[Decoding]:
    config = lib.ma_decoder_config_init(lib.ma_format_f32, 0, 0)
    config.encodingFormat = ENCODINGS[kind]
    decoder, chosen = ffi.new("ma_decoder *"), ffi.addressof(config)
    if kind is AudioKind.MP3:
        frames = ffi.from_buffer(_frames_of(path))
        opened = lib.ma_decoder_init_memory(frames, len(frames), chosen, decoder)
    else:
        opened = lib.ma_decoder_init_file(bytes(path), chosen, decoder)
    if opened != lib.MA_SUCCESS:
        raise Undecodable
    try:
        channels, sample_rate = decoder.outputChannels, decoder.outputSampleRate
        if channels not in CHANNELS or sample_rate not in SAMPLE_RATES:
            raise Undecodable
        yield Decoding(channels, sample_rate, decoder)
    finally:
        lib.ma_decoder_uninit(decoder)


def _frames_of(path: Path) -> memoryview:
    """Map the frames of an MP3 without the tags around them, at which the decoder would lose some."""
    file = open_regular(path)
    if file is None:
        raise Undecodable
    with file:
        start, end = sound_start(file), sound_end(file)
        if start >= end:
            raise Undecodable
        return memoryview(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))[start:end]
