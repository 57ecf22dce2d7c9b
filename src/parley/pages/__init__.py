"""Pages: files as they were taken, with address, times and sha256. Knows no language."""
