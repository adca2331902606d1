"""People and invitations for programs of those who run the site."""

from plugins.auth.api.people import deciding, invitations, looking, second_factor

__all__ = ["deciding", "invitations", "looking", "second_factor"]
