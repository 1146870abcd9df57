"""The command `hogarth`: one module a command."""
