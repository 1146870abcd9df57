"""One migration history for all tables."""
