"""The room `frameworks`."""
