"""The roster: everybody who has an account, for those who run the site, and what they decide of somebody."""
