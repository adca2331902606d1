"""What other plugins may do with reports: everything goes through its points."""
