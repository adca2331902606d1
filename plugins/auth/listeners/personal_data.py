"""What is kept of people: the place where every plugin says what it holds of them."""

from plugins.auth import plugin
from plugins.auth.services.points import PersonalData

plugin.collects("auth.personal_data", PersonalData)
