"""A claim about the tests themselves: none of them leaves this machine."""

import socket

import pytest


def test_a_connection_to_elsewhere_is_refused_before_it_is_made() -> None:
    with socket.socket() as outward, pytest.raises(RuntimeError, match="only this machine"):
        outward.connect(("192.0.2.1", 80))
