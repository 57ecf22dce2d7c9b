"""Articles: clean text with paragraphs marked and stable offsets. Knows nothing of trade."""

from parley.articles._read import read

__all__ = ["read"]
