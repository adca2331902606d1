"""A site whose chats are on this machine."""

from collections.abc import Iterator

import pytest

from tests.conftest import AppMaker
from tests.plugins.reports.chat_room import ChatRoom, room_of
from tests.plugins.reports.chat_sink import chat_sink


@pytest.fixture
def room(make_app: AppMaker) -> Iterator[ChatRoom]:
    """The site, its owner and a chat service that answers as it is told to."""
    with chat_sink() as sink:
        yield room_of(make_app(reach_private=["127.0.0.1"], mail_server="smtp.example.org"), sink)
