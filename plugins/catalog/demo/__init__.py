"""Twelve short pieces that the project composed itself, shipped as MP3s, and the scores that make them again."""
