"""The room `comparing`."""
