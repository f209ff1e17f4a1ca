"""One text analysis for everyone: cleaning, folding, script and direction, language, counting, paragraphs. Pure."""
