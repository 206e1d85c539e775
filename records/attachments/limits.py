"""How much may hang on a record, and what it may be. No Django here: the process that opens files imports it too."""

MB = 1024 * 1024
LARGEST_FILE = 20 * MB
MOST_PHOTOS = 4
MOST_VOICE_NOTES = 1
# Beside photos, on what takes documents at all: a note does not.
MOST_DOCUMENTS = 4
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
# Opened by nobody here: kept as they came, once they have been found to be what they are, and only ever downloaded.
PDF, CSV = "application/pdf", "text/csv"
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
DOCUMENTS = {
    PDF: "document.pdf",
    CSV: "document.csv",
    f"{OFFICE}.wordprocessingml.document": "document.docx",
    f"{OFFICE}.spreadsheetml.sheet": "document.xlsx",
    f"{OFFICE}.presentationml.presentation": "document.pptx",
    f"{OPEN}.text": "document.odt",
    f"{OPEN}.spreadsheet": "document.ods",
    f"{OPEN}.presentation": "document.odp",
}
CALLED = PICTURES | SOUNDS | DOCUMENTS
