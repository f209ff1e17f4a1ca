"""Pictures: the sheet of them, one picture with all that is known of it, upload and description, and the files themselves."""
