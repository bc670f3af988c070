"""The whole application: a person types into a fake platform, and the answer arrives there."""
