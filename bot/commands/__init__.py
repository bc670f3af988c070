"""The commands. They know no chat: a `Request` comes in, a `Reply` goes out."""
