"""How much may hang on a record, and what it may be. No Django here: the process that opens files imports it too."""

MB = 1024 * 1024
LARGEST_FILE = 20 * MB
MOST_PHOTOS = 4
MOST_VOICE_NOTES = 1
LONGEST_MINUTES = 10
# A recorder that stops at ten minutes writes a little more than that.
LONGEST_SECONDS = LONGEST_MINUTES * 60 + 5
# In forms that are not saved yet, of one person at a time.
MOST_WAITING = 60

# By media type: how the file is called when somebody keeps it. Nothing else is ever stored or served.
PICTURES = {"image/jpeg": "photo.jpg", "image/png": "photo.png", "image/webp": "photo.webp"}
SOUNDS = {
    "audio/webm": "voice-note.weba",
    "audio/mp4": "voice-note.m4a",
    "audio/mpeg": "voice-note.mp3",
}
CALLED = PICTURES | SOUNDS
