"""The forms of music: what artists are asked, in which shape. The rules are the services'."""

from plugins.catalog.forms.albums import AlbumForm, NewAlbumForm
from plugins.catalog.forms.artists import ArtistForm, NewArtistForm
from plugins.catalog.forms.comments import CommentForm
from plugins.catalog.forms.fields import Form
from plugins.catalog.forms.publishing import PublishForm
from plugins.catalog.forms.songs import RowForm, SongForm
from plugins.catalog.forms.uploads import UploadForm

__all__ = [
    "AlbumForm",
    "ArtistForm",
    "CommentForm",
    "Form",
    "NewAlbumForm",
    "NewArtistForm",
    "PublishForm",
    "RowForm",
    "SongForm",
    "UploadForm",
]
