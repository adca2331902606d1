"""The table of numbers by day."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model
from musicapp.numbers.points import LONGEST_NAME


class KeptNumber(Model):
    """What a number of the site was on one day of its clock: what happened on it, or how much there was at its end."""

    __tablename__ = "site_number"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(LONGEST_NAME), primary_key=True)
    value: Mapped[int] = mapped_column(sa.BigInteger)
