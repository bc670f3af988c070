"""Why a platform refused a post, as a text that says what to do. Pure."""

NOT_INSTALLED = (
    "account_inactive", "app_not_installed", "is_inactive", "team_access_not_granted", "team_not_found",
    "token_revoked", "uninstalled",
)  # fmt: skip
"""What is true of a whole workspace, until we are installed there again."""

_SLACK = {
    "slack.not_in_channel": ("not_in_channel", "removed", "left", "channel_not_found"),
    "slack.archived": ("is_archived", "archived"),
    "slack.restricted": (
        "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
    ),
    "slack.not_installed": NOT_INSTALLED,
    "broadcast.channel_deleted": ("deleted",),
    "broadcast.message_gone": ("cant_update_message", "edit_window_closed", "message_not_found"),
}  # fmt: skip
_TELEGRAM = {
    "broadcast.bot_cannot_post": (
        "not enough rights", "have no rights", "need administrator rights", "chat_write_forbidden", "chat_restricted",
    ),
    "broadcast.bot_removed": ("left", "kicked", "not a member", "deactivated"),
    "broadcast.no_chat": ("chat not found", "peer_id_invalid"),
    "broadcast.message_gone": ("message to edit not found", "message can't be edited"),
}  # fmt: skip


def reason(platform: str, cause: str) -> tuple[str, dict[str, str]]:
    """The key of the sentence for a delivery's last error, and what else fills it."""
    if platform == "slack":
        name = cause.partition(":")[0]
        if name == "missing_scope":
            return "slack.scope_missing", {}
        found = next((key for key, names in _SLACK.items() if name in names), None)
    else:
        said = cause.lower()
        found = next((key for key, marks in _TELEGRAM.items() if any(mark in said for mark in marks)), None)
    return (found, {}) if found else ("broadcast.refused", {"cause": cause or "?"})
