"""One module per kind of file; they run in the reading process and import next to nothing."""
