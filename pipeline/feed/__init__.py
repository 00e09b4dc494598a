"""A house and its editions → RSS."""
