"""Posts by a real worker that is killed while a chat thinks, with Redis emptied: none is lost or comes unrecognised."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import AppMaker, on_one_database
from tests.musicapp.jobs.workplace import SETTINGS, Workplace, until
from tests.plugins.reports.chat_room import ChatRoom, room_of
from tests.plugins.reports.chat_sink import chat_sink

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
PLUGINS = ["auth", "inbox", "reports"]
PATIENCE_S = 90
POSTS = 6


@pytest.fixture
def site(make_app: AppMaker, tmp_path: Path, database: str) -> Iterator[tuple[Workplace, ChatRoom]]:
    """A site whose worker is another process, and its chat."""
    (tmp_path / "instance").mkdir()
    with Workplace(tmp_path / "instance", database) as place, chat_sink() as sink:
        place.environment |= {"MUSICAPP_PLUGINS": ",".join(PLUGINS), "MUSICAPP_REACH_PRIVATE": "127.0.0.1"}
        settings = {
            "plugins": PLUGINS,
            "reach_private": ["127.0.0.1"],
            "redis_url": place.redis.address.url,
            **SETTINGS,
        }
        place.app = make_app(**settings)
        yield place, room_of(place.app, sink)
        sink.gate.set()


@on_one_database
def test_a_killed_worker_loses_no_post_and_one_that_comes_twice_is_known_by_its_id(
    site: tuple[Workplace, ChatRoom],
) -> None:
    place, room = site
    chat_id = room.add(service="webhook")
    room.sink.gate.clear()
    for number in range(POSTS):
        room.tell(chat_id, f"post {number}", f"Number {number}.")
    place.start_worker()
    assert until(lambda: room.sink.taken, PATIENCE_S)
    slots = place.kill_worker()
    for slot in slots:
        place.kill_slot(slot)
    held = Counter(taken.headers["webhook-id"] for taken in room.sink.taken)
    place.empty_redis()
    room.sink.gate.set()
    assert until(lambda: room.count_posts("sent") == POSTS, PATIENCE_S)
    came = Counter(taken.headers["webhook-id"] for taken in room.sink.taken)
    assert len(came) == POSTS
    assert came - Counter(came.keys()) == held
