"""Text into findings: what a description reports, denies and leaves open."""
