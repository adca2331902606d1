"""What is wrong with a site, looked for from outside: one sentence for each finding, and what to do."""
