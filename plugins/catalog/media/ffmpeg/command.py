"""How ffmpeg is called: what it may open, and by which of its many readers."""

from pathlib import Path

from ..kinds import AudioKind

DEMUXERS = {
    AudioKind.MP3: "mp3",
    AudioKind.FLAC: "flac",
    AudioKind.VORBIS: "ogg",
    AudioKind.WAV: "wav",
    AudioKind.OPUS: "ogg",
    AudioKind.AIFF: "aiff",
    AudioKind.M4A: "mov",
    AudioKind.ALAC: "mov",
}
DECODERS = {
    AudioKind.MP3: "mp3float,mp3",
    AudioKind.FLAC: "flac",
    AudioKind.VORBIS: "vorbis",
    AudioKind.OPUS: "opus",
    AudioKind.M4A: "aac",
    AudioKind.ALAC: "alac",
}
PCM = (
    "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,"
    "pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav"
)


def reading(ffmpeg: str, path: Path, kind: AudioKind) -> list[str]:
    """Begin a command that reads the sound of one file as the kind that its content says, and nothing else.

    It asks nobody, opens no network and no other file that this one names, and takes no picture or text out of it.
    """
    return [
        *(ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"),
        *("-protocol_whitelist", "file,pipe", "-codec_whitelist", DECODERS.get(kind, PCM), "-f", DEMUXERS[kind]),
        *("-i", f"file:{path}", "-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1"),
    ]
