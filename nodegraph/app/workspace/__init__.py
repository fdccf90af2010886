"""What the features of a window share: messages, the stage, the dock, the history of views."""
