"""What happens to music, told to other plugins after the commit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SongUploaded:
    """A file became a song; nobody hears it before it is ready."""

    song_id: int
    artist_id: int
    uploader_id: int | None


@dataclass(frozen=True)
class SongReady:
    """A song was decoded to its end: its duration, waveform and cover are known."""

    song_id: int
    artist_id: int


@dataclass(frozen=True)
class SongUnreadable:
    """A song could not be decoded; `problem` is the sentence for its artist."""

    song_id: int
    artist_id: int
    problem: str


@dataclass(frozen=True)
class SoundRepeated:
    """A song sounds the same as another of its artist that was here before; both stay."""

    song_id: int
    artist_id: int
    other_song_id: int


@dataclass(frozen=True)
class SongPublished:
    """Listeners can hear a song from now on."""

    song_id: int
    artist_id: int
    album_id: int | None


@dataclass(frozen=True)
class SongUnpublished:
    """A song became a draft again."""

    song_id: int
    artist_id: int


@dataclass(frozen=True)
class SongChanged:
    """The title, album, words or cover of a song are other than before."""

    song_id: int
    artist_id: int


@dataclass(frozen=True)
class SongMoved:
    """A song left an album (None: it stood alone) and is in another one (None: it stands alone)."""

    song_id: int
    from_album_id: int | None
    to_album_id: int | None


@dataclass(frozen=True)
class SongDeleted:
    """A song is gone for everybody; its artist can bring it back for 30 days."""

    song_id: int
    artist_id: int


@dataclass(frozen=True)
class SongsPurged:
    """Songs that were deleted long ago are gone for ever, with all that pointed at their rows."""

    song_ids: tuple[int, ...]


@dataclass(frozen=True)
class SongRestored:
    """A deleted song is back as it was."""

    song_id: int
    artist_id: int


@dataclass(frozen=True)
class AlbumPublished:
    """Listeners can see an album from now on."""

    album_id: int
    artist_id: int


@dataclass(frozen=True)
class AlbumUnpublished:
    """An album and its songs became drafts again."""

    album_id: int
    artist_id: int


@dataclass(frozen=True)
class AlbumChanged:
    """The title, words, cover or order of an album are other than before."""

    album_id: int
    artist_id: int


@dataclass(frozen=True)
class AlbumDeleted:
    """An album and its songs are gone for everybody; the artist can bring them back for 30 days."""

    album_id: int
    artist_id: int


@dataclass(frozen=True)
class AlbumRestored:
    """A deleted album is back with its songs."""

    album_id: int
    artist_id: int


@dataclass(frozen=True)
class ArtistChanged:
    """The name, words or picture of an artist are other than before."""

    artist_id: int


@dataclass(frozen=True)
class SubjectHidden:
    """Moderators keep a song, an album, an artist or a comment (`kind`) from listeners; music is hidden along."""

    kind: str
    subject_id: int


@dataclass(frozen=True)
class SubjectShown:
    """Listeners may have again what moderators had hidden."""

    kind: str
    subject_id: int


@dataclass(frozen=True)
class GenreChanged:
    """A genre is new, has another name, or is gone."""

    genre_id: int


@dataclass(frozen=True)
class SongPlayed:
    """Enough of a song was heard for it to count; `listener_id` is None for visitors and who keeps no history."""

    song_id: int
    artist_id: int
    listener_id: int | None
    started_at: datetime
    heard_ms: int
    source: str


@dataclass(frozen=True)
class CommentAdded:
    """Somebody wrote about a song, an album or what another plugin lets be talked about.

    `reply_to_id` is the comment that it answers, `mentioned_ids` are the people whom it names.
    """

    comment_id: int
    subject_kind: str
    subject_id: int
    author_id: int
    reply_to_id: int | None = None
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class CommentEdited:
    """Its author changed the words of a comment."""

    comment_id: int
    subject_kind: str
    subject_id: int
    author_id: int
    mentioned_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class CommentDeleted:
    """A comment was taken away by its author, by whom the subject belongs to, or by staff.

    `author_id` is None when the account is gone, `deleted_by_id` where moderators removed it with a decision.
    """

    comment_id: int
    subject_kind: str
    subject_id: int
    author_id: int | None
    deleted_by_id: int | None


@dataclass(frozen=True)
class SongRated:
    """Somebody gave a song 1 to 5 stars, or (None) took theirs back."""

    song_id: int
    artist_id: int
    person_id: int
    stars: int | None


@dataclass(frozen=True)
class Favourited:
    """Somebody keeps a song, an album or an artist (`kind`) among their favourites."""

    kind: str
    subject_id: int
    person_id: int


@dataclass(frozen=True)
class Unfavourited:
    """Something is no longer a favourite of somebody."""

    kind: str
    subject_id: int
    person_id: int


@dataclass(frozen=True)
class ArtistFollowed:
    """Somebody wants to hear of what an artist publishes."""

    artist_id: int
    person_id: int


@dataclass(frozen=True)
class ArtistUnfollowed:
    """Somebody no longer wants to hear of it."""

    artist_id: int
    person_id: int


# What changes the lists that everybody sees.
Change = (
    SongPublished
    | SongUnpublished
    | SongChanged
    | SongMoved
    | SongDeleted
    | SongRestored
    | AlbumPublished
    | AlbumUnpublished
    | AlbumChanged
    | AlbumDeleted
    | AlbumRestored
    | ArtistChanged
    | SubjectHidden
    | SubjectShown
    | GenreChanged
)
