"""The program ffmpeg: found or fetched, and run beside us for the formats that we do not decode ourselves."""
