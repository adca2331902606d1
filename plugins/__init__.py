"""The features of the site, one plugin each. `musicapp` finds them here; nothing imports this package itself."""
