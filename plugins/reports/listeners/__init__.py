"""What reports put into other plugins' places, and what they hear."""
