"""What other plugins may ask of moderation: one module for each subject."""
