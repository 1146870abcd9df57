"""Works: kept, published, asked for."""
