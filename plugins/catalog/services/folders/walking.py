"""Going through a folder of music: every file that may be some, in the order of their paths."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# What lies beside music and is known by its name; everything else is judged by its content.
BESIDE_MUSIC = frozenset(
    b".jpg .jpeg .png .gif .webp .bmp .tif .tiff .svg .ico .heic .avif .psd .txt .nfo .log .cue .m3u .m3u8 .pls .xspf "
    b".wpl .pdf .epub .htm .html .url .webloc .desktop .md .rtf .doc .docx .odt .xml .json .yaml .csv .ini .db .sqlite "
    b".dat .sfv .md5 .sha1 .sha256 .ffp .st5 .accurip .toc .lrc .srt .sub .zip .rar .7z .gz .tar .iso .torrent .part "
    b".tmp .crdownload .download .bak .lnk .exe .dll .py .sh .bat .avi .mkv .mov .mpg .mpeg .wmv .flv .webm "
    b".asd .als .flp .cpr .peak .reapeaks .pek .sfk".split()
)
NOT_MUSIC_FOLDERS = frozenset({b"@eaDir", b"#recycle", b"#snapshot", b"$RECYCLE.BIN", b"lost+found", b"__MACOSX"})
# Both databases keep paths in an index that takes no longer ones; real collections stay far below.
LONGEST_PATH_BYTES = 2_000
Refuse = Callable[[bytes, str], object]


@dataclass(frozen=True, slots=True)
class Found:
    """A file in a folder; times in ns since 1970. `settled_ns` is when anything about it changed last."""

    path: bytes
    size_bytes: int
    mtime_ns: int
    settled_ns: int


def walk(root: bytes, avoid: bytes, refuse: Refuse) -> Iterator[Found]:
    """The files below `root`, sorted by the bytes of their paths; `refuse` hears of what cannot be gone through.

    Hidden files and folders are passed over, so is the folder `avoid`, and no symbolic link is followed: what it leads
    to is found where it lies, or lies outside.
    """
    todo = [iter(entries_of(root, refuse))]
    while todo:
        entry = next(todo[-1], None)
        if entry is None:
            todo.pop()
        elif not entry.is_dir(follow_symlinks=False):
            yield from found(entry, refuse)
        elif entry.path != avoid:
            todo.append(iter(entries_of(entry.path, refuse)))


def count(root: bytes, avoid: bytes) -> int:
    """How many files a walk will find, near enough to say how long it takes."""
    return sum(1 for _ in walk_names(root, avoid))


def walk_names(root: bytes, avoid: bytes) -> Iterator[bytes]:
    folders = [root]
    while folders:
        for entry in entries_of(folders.pop(), lambda path, reason: None):
            if not entry.is_dir(follow_symlinks=False):
                yield entry.path
            elif entry.path != avoid:
                folders.append(entry.path)


def entries_of(folder: bytes, refuse: Refuse) -> "list[os.DirEntry[bytes]]":
    """What may be music or hold some, in the order that the whole paths have."""
    try:
        with os.scandir(folder) as listed:
            entries = [(order(entry), entry) for entry in listed if is_wanted(entry)]
    except OSError as error:
        refuse(folder, f"This folder cannot be read: {error.strerror}.")
        return []
    entries.sort(key=lambda pair: pair[0])
    return [entry for _, entry in entries]


def order(entry: "os.DirEntry[bytes]") -> bytes:
    return entry.name + b"/" if entry.is_dir(follow_symlinks=False) else entry.name


def is_wanted(entry: "os.DirEntry[bytes]") -> bool:
    name = entry.name
    if name.startswith(b".") or name in NOT_MUSIC_FOLDERS:
        return False
    return entry.is_dir(follow_symlinks=False) or os.path.splitext(name)[1].lower() not in BESIDE_MUSIC


def found(entry: "os.DirEntry[bytes]", refuse: Refuse) -> Iterator[Found]:
    """The file of an entry, unless it is none or went away meanwhile."""
    if len(entry.path) > LONGEST_PATH_BYTES:
        refuse(entry.path, f"Its path is longer than {LONGEST_PATH_BYTES} bytes. Move it to a shorter one.")
        return
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        refuse(entry.path, f"It cannot be read: {error.strerror}.")
        return
    if stat.S_ISREG(status.st_mode):
        yield Found(entry.path, status.st_size, status.st_mtime_ns, max(status.st_mtime_ns, status.st_ctime_ns))
