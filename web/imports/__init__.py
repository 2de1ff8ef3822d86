"""Lists as offices keep them: read from spreadsheets, and said row by row."""
