"""Pages about people, agencies and one's own account."""
