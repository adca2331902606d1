"""The Celery app, as the side that rings and the side that works both see it. It carries ids, never the work itself."""

from urllib.parse import urlsplit

from celery import Celery

from musicapp.redis import RedisAddress

RING_EXPIRES_S = 3600
RINGING = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}
WORKING = {"socket_connect_timeout": 5, "socket_timeout": 5, "max_retries": 3}


def make_celery(address: RedisAddress, site_url: str, transport: dict[str, int]) -> Celery:
    """Celery on this Redis, with a queue of the site's own, because a Redis may serve several."""
    celery = Celery("musicapp", broker=address.broker_url, set_as_current=False)
    celery.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_acks_late=False,
        task_publish_retry=False,
        task_default_queue=f"musicapp@{urlsplit(site_url).netloc}",
        broker_pool_limit=2,
        broker_transport_options=dict(transport),
    )
    return celery


def warm_up(celery: Celery) -> None:
    """Have Celery import what its first message needs; otherwise the request that rings first would feel it."""
    celery.finalize()
    for _ in (celery.amqp, celery.events.Dispatcher, celery.Task, celery.backend):
        """Each is made when it is first asked for."""
    with celery.connection_for_write() as connection:
        connection.transport  # noqa: B018 (made when it is asked for, and not connected by that)
