"""The table of what broke."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model

LONGEST_DOING = LONGEST_KIND = 120
LONGEST_PLACE = 200


class Fault(Model):
    """One kind of error on one day, however often it happened: `times`.

    `source` is request or job, `doing` the endpoint or the kind of job, `kind` the error's class, `place` the line of
    the site's code in which it arose. `digest` stands for these four. `request_id` is that of the last one, by which
    the site's log tells all of it. The words of errors are not kept, since they may hold what people typed.
    """

    __tablename__ = "site_fault"

    day: Mapped[date] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    source: Mapped[str] = mapped_column(sa.String(7))
    doing: Mapped[str] = mapped_column(sa.String(LONGEST_DOING))
    kind: Mapped[str] = mapped_column(sa.String(LONGEST_KIND))
    place: Mapped[str] = mapped_column(sa.String(LONGEST_PLACE))
    times: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    request_id: Mapped[str] = mapped_column(sa.String(64), default="")
