"""Pictures that move, in parts as they stand in their files, and how any picture carries a document."""
