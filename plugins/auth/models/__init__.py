"""The tables of this plugin, one module for each subject."""

from plugins.auth.models.invitations import Invitation, InvitationUse
from plugins.auth.models.leaving import DataCopy, Erased, Leaving
from plugins.auth.models.people import LONGEST_ADDRESS, LONGEST_NAME, ROLES, Role, User, UserRole
from plugins.auth.models.second_factors import RecoveryCode, SecondFactor
from plugins.auth.models.sign_ins import SignIn

__all__ = [
    "LONGEST_ADDRESS",
    "LONGEST_NAME",
    "ROLES",
    "DataCopy",
    "Erased",
    "Invitation",
    "InvitationUse",
    "Leaving",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "SignIn",
    "User",
    "UserRole",
]
