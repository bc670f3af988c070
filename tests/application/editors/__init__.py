"""An editor's conversations, from the first line typed to the correction of a post, in both chats."""
