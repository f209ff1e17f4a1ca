"""What the copy says of itself in its text: language, dateline, headline, blocks. Pure."""
