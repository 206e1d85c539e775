"""What a partnership remembers, along time."""
