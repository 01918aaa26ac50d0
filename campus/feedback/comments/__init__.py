"""What guests wrote in their own words: redacted, with its language, topics and mood."""
