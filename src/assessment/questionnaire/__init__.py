"""The codebook: what is asked, how answers are coded, and how they are scored."""
