"""What people are asked about reports and decisions: shape only, the services decide."""
