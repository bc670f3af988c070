"""The outside world: feeds and pages in; Telegram, Slack, web and terminal out; the language model."""
