"""Why another site was not reached: never allowed, or not at this moment."""


class NotReached(Exception):
    """Nothing came back this time; the words say why, and another try may succeed."""


class NotAllowed(Exception):
    """This site does not go there, however often it is asked; the words say why."""
