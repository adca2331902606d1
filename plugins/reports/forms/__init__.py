"""What people are asked on the pages of reports: shape only, the services decide."""
