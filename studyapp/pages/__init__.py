"""One screen a file. A page is handed its bridges, finds nothing itself, and never imports another page."""
