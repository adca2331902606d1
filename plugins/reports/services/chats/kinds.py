"""The chat services that the site can post to, and how an address of each looks."""

from collections.abc import Callable
from dataclasses import dataclass

from plugins.reports.services.chats import wording
from plugins.reports.services.chats.messages import Message


@dataclass(frozen=True)
class Service:
    """A chat service; `hosts` are those of its addresses, none where any will do. `signs` its posts with a secret."""

    name: str
    title: str
    words: str
    hosts: tuple[str, ...]
    body: Callable[[Message], wording.Body]
    signs: bool = False


SERVICES = {
    service.name: service
    for service in (
        Service(
            "google_chat",
            "Google Chat",
            "In the space: Apps & integrations, then Webhooks.",
            ("chat.googleapis.com",),
            wording.for_google_chat,
        ),
        Service(
            "slack",
            "Slack",
            "An app of your workspace with incoming webhooks.",
            ("hooks.slack.com", "hooks.slack-gov.com"),
            wording.for_slack,
        ),
        Service(
            "mattermost",
            "Mattermost",
            "Integrations, then Incoming Webhooks; Rocket.Chat takes the same.",
            (),
            wording.for_mattermost,
        ),
        Service(
            "discord",
            "Discord",
            "Settings of the channel: Integrations, then Webhooks.",
            ("discord.com", "discordapp.com", "canary.discord.com", "ptb.discord.com"),
            wording.for_discord,
        ),
        Service(
            "webhook",
            "A program of yours",
            "Gets JSON, signed with a secret that you are shown once.",
            (),
            wording.for_webhook,
            signs=True,
        ),
    )
}
