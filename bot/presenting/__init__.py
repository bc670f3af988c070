"""What the application knows as chat-neutral messages. Pure: content and texts in, `Message` out."""
