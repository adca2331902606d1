"""Invitations: links by which people sign up, with a role, for some time and for so many."""
