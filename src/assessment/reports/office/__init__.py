"""Office files and plain text of a document: Word, PowerPoint, text for a council system."""
