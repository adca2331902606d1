"""The forms of this plugin: what is asked, in which shape. The rules are the services'."""

from plugins.auth.forms.account import ChangePasswordForm, NameForm, TokenForm
from plugins.auth.forms.entering import AddressForm, ConfirmForm, LogInForm, NewPasswordForm, SignUpForm
from plugins.auth.forms.leaving import LeaveForm, leave_form
from plugins.auth.forms.people import InvitationForm, RefuseForm, SuspendForm
from plugins.auth.forms.second_factor import CodeForm, KeptCodesForm, ResetForm, SwitchOffForm, VerifyForm
from plugins.auth.forms.setting_up import MusicForm, SetUpForm, SiteForm
from plugins.auth.forms.shape import Form

__all__ = [
    "AddressForm",
    "ChangePasswordForm",
    "CodeForm",
    "ConfirmForm",
    "Form",
    "InvitationForm",
    "KeptCodesForm",
    "LeaveForm",
    "LogInForm",
    "MusicForm",
    "NameForm",
    "NewPasswordForm",
    "RefuseForm",
    "ResetForm",
    "SetUpForm",
    "SignUpForm",
    "SiteForm",
    "SuspendForm",
    "SwitchOffForm",
    "TokenForm",
    "VerifyForm",
    "leave_form",
]
