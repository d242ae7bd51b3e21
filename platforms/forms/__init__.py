"""What people write about channels."""
