"""The two projects and their four releases, with the words that go with them."""

from .manifest import DemoAlbum, DemoArtist, DemoMusic, DemoSong

KETTLE = "Kettle Observatory"
TRAMLINE = "Tramline Nine"

GATE_LYRICS = """\
You left the gate open,
the field came inside,
with barley and swallows
and nothing to hide.

You left the gate open,
the evening came too,
it sat in the kitchen
and asked after you.

Oh, let it swing, let it swing,
let the whole summer in,
there is no lock that a morning
would ever begin.

You left the gate open,
so I left it so."""

LAMP_LYRICS = """\
Lamp out, moon in,
the kettle's gone to sleep,
the stairs have put their creaks away,
the hush is ours to keep.

Lamp out, moon in,
the street lies soft and deep,
and what the day forgot to say
the night will gladly keep."""

ARTISTS = (
    DemoArtist(
        KETTLE,
        "Folk",
        "Strings, reeds, a felt piano and borrowed voices, recorded as if next door were asleep. "
        "Kettle Observatory watches the weather and writes it down.",
    ),
    DemoArtist(
        TRAMLINE,
        "Electronic",
        "Music for the last ride home: square waves, worn cassettes, a depot full of echo, "
        "and once, by mistake, a brass band.",
    ),
)

POSTCARDS = DemoAlbum(
    "Postcards from the Weather",
    KETTLE,
    2024,
    "Folk",
    "Three songs written on the back of three warm days: a gate nobody shut, a clock that waltzes, a lamp put out.",
    161,
    (
        DemoSong("gate_left_open.mp3", "Gate Left Open", 1, "Folk", lyrics=GATE_LYRICS),
        DemoSong("slow_clock.mp3", "Waltz for a Slow Clock", 2, "Waltz"),
        DemoSong("lamp_out.mp3", "Lamp Out, Moon In", 3, "Lullaby", lyrics=LAMP_LYRICS),
    ),
)

LAST_SERVICE = DemoAlbum(
    "Last Service",
    TRAMLINE,
    2025,
    "Electronic",
    "From the arcade by the stop to the lights of the depot, in three rides.",
    97,
    (
        DemoSong("pocket_arcade.mp3", "Pocket Arcade", 1, "Chiptune"),
        DemoSong("last_tram.mp3", "Window Seat", 2, "Lo-fi"),
        DemoSong("depot_lights.mp3", "Depot Lights", 3, "Techno"),
    ),
)

LONG_ROOM = DemoAlbum(
    "The Long Room",
    KETTLE,
    2025,
    "Ambient",
    "Slow music for a room with one window at the far end. Nothing in it hurries.",
    45,
    (
        DemoSong("fog.mp3", "Fog on the Allotments", 1, "Ambient"),
        DemoSong("seven_breaths.mp3", "Seven Breaths", 2, "Choral"),
        DemoSong("undertow.mp3", "Undertow", 3, "Drone"),
    ),
)

BRASS_TAPE_RAIN = DemoAlbum(
    "Brass, Tape and Rain",
    TRAMLINE,
    2025,
    "Experimental",
    "A procession, a pattern that walks away from itself, and what the rain made of both.",
    12,
    (
        DemoSong("town_hall_steps.mp3", "Town Hall Steps", 1, "Brass"),
        DemoSong("clockwork_offset.mp3", "Clockwork, Slipping", 2, "Minimal"),
        DemoSong("puddle_dub.mp3", "Puddle Dub", 3, "Dub"),
    ),
)

RELEASES = DemoMusic(ARTISTS, (POSTCARDS, LAST_SERVICE, LONG_ROOM, BRASS_TAPE_RAIN))
