"""`make quality`: how well copy is read, measured on labelled data that lies beside the project."""
