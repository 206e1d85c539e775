"""Clauses that no test can miss, since nothing follows from them alone; each with its reason. No other is excused."""

EQUIVALENT: dict[str, str] = {
    "records.access.pages_of_records: never `if not ids`": "It saves a question to the database that finds nothing.",
    "records.access.pages_of_records: without `public_id__in=ids.values()`": "It would find more, and use as much.",
    "records.models.attachment.AttachmentQuerySet.visible_to: without `record=None`": (
        "A file with a draft key is on no record: the database refuses it (`on_a_record_or_in_a_form`)."
    ),
    "records.models.attachment.AttachmentQuerySet.waiting: without `record=None`": (
        "The same: what has a draft key is on no record, and what has none is left out."
    ),
    "records.models.record.Record.words_withheld_from: without `.visible_to(reader)": (
        "Of what was taken back, set aside or folded the words reach only its author, who was asked before, and a"
        " steward in its space, who may know of it. A record comes from `visible_to` all the same (CONTRIBUTING, 2)."
    ),
    "records.folding.to_look_at: without `.visible_to(reader)": (
        "What lies in the reader's spaces is visible to them, and nothing else is left. It stands for the same reason."
    ),
    "records.folding._looks_after_space: without `0`": "Under no key there is no space, as there is none under 0.",
    "partnerships.reader.Reader.membership_in: always as if `partnership_id`": (
        "There is no membership under no key; the types ask for one."
    ),
    "records.suggestions.own_question_or_404: without `record__author=reader.person`": (
        "`own_record_or_404`, through which the record comes, asks the same and gives the same answer."
    ),
    "records.suggestions.to_look_at: without `.visible_to(reader)": (
        "A question stands for who is in the record's space, and an author's waits in the reader's spaces: both read"
        " there. It stands for the same reason."
    ),
    "records.withholding.withheld_from: always `if spaces`": "Nothing is in none of the spaces: it saves the question.",
}
