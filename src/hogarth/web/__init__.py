"""The archive in a browser: addresses, pages, and what goes round them."""
