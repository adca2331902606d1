"""Numbers of the site by day: plugins give them, a job keeps them, the overview, the API and the metrics show them."""

from musicapp.numbers.points import SiteNumber

__all__ = ["SiteNumber"]
