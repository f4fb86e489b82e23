"""What leaves the house: documents, packages and bulk jobs, for pages and command line alike."""
