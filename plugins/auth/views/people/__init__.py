"""The pages of those who run the site: everybody who has an account, one of them, and invitations."""

from plugins.auth.views.people import deciding, invitations, listing, person, second_factor

__all__ = ["deciding", "invitations", "listing", "person", "second_factor"]
