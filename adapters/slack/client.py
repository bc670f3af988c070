"""The SDK's client of the Web API, as we use it everywhere."""

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.secrets import quiet_logger

REQUEST_SECONDS = 30


def make_client(api_url: str, token: str | None) -> AsyncWebClient:
    """Never retries by itself: after a lost answer that would post twice. The outbox decides."""
    return AsyncWebClient(
        token=token,
        base_url=api_url if api_url.endswith("/") else api_url + "/",
        timeout=REQUEST_SECONDS,
        logger=quiet_logger("adapters.slack.sdk"),
        retry_handlers=[],
    )
