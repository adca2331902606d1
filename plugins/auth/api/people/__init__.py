"""People and invitations for programs of those who run the site."""

from plugins.auth.api.people import deciding, invitations, looking

__all__ = ["deciding", "invitations", "looking"]
