"""The doorbell."""


def ring(job_id: int, *, long: bool = False) -> None:
    """Tell a worker that a job waits; never blocks."""
