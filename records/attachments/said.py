"""What a form says about its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import User
from records.models import Attachment, Record


@dataclass(frozen=True)
class Files:
    """The files that somebody's form shows, by public id: which there are, which to take off, and what each shows."""

    owner: User
    key: str
    listed: frozenset[str] = frozenset()
    taken_off: frozenset[str] = frozenset()
    descriptions: Mapping[str, str] = field(default_factory=dict)

    def sent(self) -> list[Attachment]:
        """Return the files that came with the form, and are on no record yet."""
        return list(Attachment.objects.in_form(self.owner, key=self.key, listed=self.listed))

    def are_on(self, record: Record) -> bool:
        """Say whether the record carries all that the form says already: it is only sent once more."""
        here = {row.public_id: row for row in record.attachments.all()}
        digests = {row.digest for row in here.values()}
        said = ((here[key], words) for key, words in self.descriptions.items() if key in here)
        return (
            all(row.digest in digests for row in self.sent())
            and not self.taken_off & here.keys()
            and all(row.description == words for row, words in said)
        )
