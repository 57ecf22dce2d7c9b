"""Articles: clean text with paragraphs marked and stable offsets. Knows nothing of trade."""
