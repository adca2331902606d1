"""What is found out about a song while it is decoded once: how loud, how high, of which shape."""
