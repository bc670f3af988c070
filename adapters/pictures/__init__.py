"""Pictures for chats, drawn from figures."""
