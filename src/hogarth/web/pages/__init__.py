"""The pages, by what a person does: read, look through, look into, keep, sign in."""
