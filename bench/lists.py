"""How fast are lists, details, searches, covers and files, beside a peer in the same run?

    python bench/lists.py --url http://127.0.0.1:5000
    python bench/lists.py --url http://127.0.0.1:5000 --peer http://127.0.0.1:5722 --peer-password secret

The peer is any server that speaks the Subsonic API (Supysonic, Navidrome, …) with the same library. With `--static`
a plain file behind nginx is raced against the sound of a song, which should be as large. Rounds take turns. A ratio
is void (“!”) when our body is less than half of the peer's. Only the own machine is asked.
"""

import argparse
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from racing import Figures, Server, Task, race

SEED = 5
PICKED = 40
SOUNDS = 20
RANGE = {"Range": "bytes=1000000-1262143"}
Asks = dict[str, Callable[[], list[str]]]


@dataclass(frozen=True)
class Subject:
    """One thing to race for, and how many times the peer's requests per second we want."""

    name: str
    goal: float | None = None
    headers: dict[str, str] | None = None


SUBJECTS = (
    Subject("album list", 20),
    Subject("newest albums", 20),
    Subject("random songs", 20),
    Subject("artist index", 40),
    Subject("artist", 4),
    Subject("album", 7),
    Subject("search common", 10),
    Subject("search middling", 10),
    Subject("search rare", 10),
    Subject("cover", 2),
    Subject("range", 5, RANGE),
    Subject("whole file"),
)


class Ours:
    """What this project's API is asked for."""

    def __init__(self, server: Server, words: list[str], long: str) -> None:
        self.server, self.words, self.long, self.chance = server, words, long, random.Random(SEED)

    def asks(self) -> Asks:
        common, middling, rare = (f"/api/search?{urlencode({'q': word})}" for word in self.words)
        return {
            "album list": lambda: self.pages("/api/albums?sort=title&limit=50", 36),
            "newest albums": lambda: ["/api/albums?sort=newest&limit=50"],
            "random songs": lambda: ["/api/songs?sort=random&limit=50"],
            "artist index": lambda: ["/api/artists?limit=500"],
            "artist": lambda: [f"/api/artists/{one['id']}" for one in self.some("artists")],
            "album": lambda: [f"/api/albums/{one['id']}" for one in self.some("albums")],
            "search common": lambda: [common],
            "search middling": lambda: [middling],
            "search rare": lambda: [rare],
            "cover": self.covers,
            "range": self.sounds,
            "whole file": self.sounds,
        }

    def some(self, kind: str) -> list[dict[str, str]]:
        found = self.server.get_json(f"/api/{kind}?sort=random&limit=200")["data"]
        return self.chance.sample(found, min(PICKED, len(found)))

    def covers(self) -> list[str]:
        found = self.server.get_json("/api/albums?sort=random&limit=500")["data"]
        return [one["cover_url"] for one in found if one["cover_url"]][:PICKED]

    def pages(self, path: str, most: int) -> list[str]:
        """The addresses of the first pages of a list, each of which is known only from the page before."""
        paths = [path]
        while len(paths) < most and (cursor := self.server.get_json(paths[-1])["next"]):
            paths.append(f"{path}&{urlencode({'cursor': cursor})}")
        return paths

    def sounds(self) -> list[str]:
        search = f"/api/search?{urlencode({'q': self.long, 'limit': SOUNDS})}"
        songs = self.server.get_json(search)["data"]["songs"] if self.long else []
        songs = songs or self.server.get_json(f"/api/songs?sort=random&limit={SOUNDS}")["data"]
        return [song["audio_url"] for song in songs]


class Subsonic:
    """What a peer with the Subsonic API is asked for."""

    def __init__(self, server: Server, words: list[str], long: str, user: str, password: str) -> None:
        self.server, self.words, self.long, self.chance = server, words, long, random.Random(SEED)
        self.login = {"u": user, "p": f"enc:{password.encode().hex()}", "c": "bench", "v": "1.12.0", "f": "json"}

    def asks(self) -> Asks:
        return {
            "album list": lambda: [
                self.path("getAlbumList2", type="alphabeticalByName", size=50, offset=offset)
                for offset in range(0, 1800, 50)
            ],
            "newest albums": lambda: [self.path("getAlbumList2", type="newest", size=50)],
            "random songs": lambda: [self.path("getRandomSongs", size=50)],
            "artist index": lambda: [self.path("getArtists")],
            "artist": lambda: [self.path("getArtist", id=one["id"]) for one in self.artists()],
            "album": lambda: [self.path("getAlbum", id=one["id"]) for one in self.albums()],
            "search common": lambda: [self.search(self.words[0])],
            "search middling": lambda: [self.search(self.words[1])],
            "search rare": lambda: [self.search(self.words[2])],
            "cover": lambda: [
                self.path("getCoverArt", id=one["coverArt"], size=300) for one in self.albums() if one.get("coverArt")
            ],
            "range": self.sounds,
            "whole file": self.sounds,
        }

    def path(self, view: str, **asked: object) -> str:
        return f"/rest/{view}.view?{urlencode({**self.login, **asked})}"

    def search(self, word: str) -> str:
        return self.path("search3", query=word, artistCount=20, albumCount=20, songCount=20)

    def answer(self, view: str, **asked: object) -> dict[str, dict[str, list[dict[str, str]]]]:
        answer: dict[str, dict[str, list[dict[str, str]]]]
        answer = self.server.get_json(self.path(view, **asked))["subsonic-response"]
        return answer

    def albums(self) -> list[dict[str, str]]:
        return self.answer("getAlbumList2", type="random", size=PICKED)["albumList2"]["album"]

    def artists(self) -> list[dict[str, str]]:
        index = self.answer("getArtists")["artists"]["index"]
        return self.chance.sample([artist for letter in index for artist in letter["artist"]], PICKED)  # type: ignore[attr-defined]

    def sounds(self) -> list[str]:
        if self.long:
            songs = self.answer("search3", query=self.long, songCount=SOUNDS)["searchResult3"]["song"]
        else:
            songs = self.answer("getRandomSongs", size=SOUNDS)["randomSongs"]["song"]
        return [self.path("stream", id=song["id"], format="raw") for song in songs]


def compare(subject: Subject, tasks: list[Task], chosen: argparse.Namespace) -> str:
    """Race for one thing; its line of the table."""
    if not all(task.paths for task in tasks):
        return f"{subject.name:16} there is nothing to ask for"
    sizes = [task.bytes_each() for task in tasks]
    figures = race(tasks, connections=chosen.connections, seconds=chosen.seconds, rounds=chosen.rounds)
    cells = "".join(cell(one, size) for one, size in zip(figures, sizes, strict=True))
    if len(tasks) == 1:
        return f"{subject.name:16}{cells}"
    ratio = figures[0].per_s / figures[1].per_s
    void = "!" if sizes[0] * 2 < sizes[1] else ""
    goal = f"goal {subject.goal:g}" if subject.goal else ""
    return f"{subject.name:16}{cells}  {ratio:7.1f}{void:1} {goal}"


def cell(figures: Figures, size: int) -> str:
    return f" {figures.per_s:9.1f} {figures.p50_ms:8.2f} {figures.p99_ms:8.2f} {size:8} "


def choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="address of our site")
    parser.add_argument("--token", help="API token to ask with; without it a visitor asks")
    parser.add_argument("--peer", help="address of a server with the Subsonic API")
    parser.add_argument("--peer-user", default="bench")
    parser.add_argument("--peer-password", default="")
    parser.add_argument("--static", help="address of a plain file that is raced against the sound of a song")
    parser.add_argument("--words", default="love,blue,zozo", help="a very common, a common and a rare word")
    parser.add_argument("--long", default="", help="a word in titles of songs over 2 MB, where most are smaller")
    parser.add_argument("--only", default="", help="some of the subjects, with commas between")
    parser.add_argument("--connections", type=int, default=8, help="lasting connections at once (at most 64)")
    parser.add_argument("--seconds", type=float, default=3, help="length of a round (at most 60)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each server (at most 20)")
    chosen = parser.parse_args()
    for name, most in {"connections": 64, "seconds": 60, "rounds": 20}.items():
        if not 0 < getattr(chosen, name) <= most:
            parser.error(f"--{name} is at most {most}")
    if len(chosen.words.split(",")) != 3:
        parser.error("--words are three words")
    return chosen


def main() -> int:
    chosen = choices()
    words, only = chosen.words.split(","), [name for name in chosen.only.split(",") if name]
    bearer = {"Authorization": f"Bearer {chosen.token}"} if chosen.token else {}
    servers = [Server("ours", chosen.url, bearer)]
    asked = [Ours(servers[0], words, chosen.long).asks()]
    if chosen.peer:
        servers.append(Server("peer", chosen.peer))
        asked.append(Subsonic(servers[1], words, chosen.long, chosen.peer_user, chosen.peer_password).asks())
    headings = "".join(f" {name + ' /s':>9} {'p50 ms':>8} {'p99 ms':>8} {'bytes':>8} " for name in ("ours", "peer"))
    print(f"{'':16}{headings}    ratio", flush=True)
    for subject in SUBJECTS:
        if not only or subject.name in only:
            tasks = [
                Task(server, asks[subject.name](), subject.headers or {})
                for server, asks in zip(servers, asked, strict=True)
            ]
            print(compare(subject, tasks, chosen), flush=True)
    if chosen.static:
        static = Server("static", chosen.static)
        tasks = [
            Task(servers[0], asked[0]["whole file"]()),
            Task(static, [chosen.static.partition(f":{static.port}")[2]]),
        ]
        print(compare(Subject("file and nginx"), tasks, chosen), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
