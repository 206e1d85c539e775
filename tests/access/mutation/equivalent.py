"""Clauses that no test can miss, since nothing follows from them alone; each with its reason. No other is excused."""

EQUIVALENT: dict[str, str] = {
    "records.access.pages_of_records: never `if not ids`": "It saves a question to the database that finds nothing.",
    "records.access.pages_of_records: without `public_id__in=ids.values()`": "It would find more, and use as much.",
    "records.models.attachment.AttachmentQuerySet.visible_to: without `record=None`": (
        "A file with a draft key is on no record: the database refuses it (`on_a_record_or_in_a_form`)."
    ),
    "records.withholding.withheld_from: always `if spaces`": "Nothing is in none of the spaces: it saves the question.",
    "desk.notices.may_go: without `notices`": "A mail of notices has a line for at least one.",
}
