"""Words of a session that somebody may begin a note of their own with: read by the rule, quoted, signed by nobody."""

from partnerships.reader import Reader
from records.models import Record

from .models import Cluster, Contribution, Session, UnsignedNote


def words_of_contribution(reader: Reader, contribution: Record, public_id: str) -> str | None:
    """Return what was written for a session and revealed; None before that, and where it does not stand."""
    if contribution.public_id != public_id:
        return None
    text = _revealed(reader).filter(pk=contribution.pk).values_list("text", flat=True).first()
    return _quoted(text) if text else None


def words_at_session(reader: Reader, session: Record, public_id: str) -> str | None:
    """Return the words of a revealed note that nobody signed, or of a cluster with all in it that the reader reads."""
    readable = Session.objects.visible_to(reader).with_words_for(reader).standing().filter(pk=session.pk)
    if not readable.exists():
        return None
    revealed = {"writing__session": session.pk, "writing__revealed_at__isnull": False}
    note = UnsignedNote.objects.filter(**revealed, public_id=public_id).first()
    if note:
        return _quoted(note.text)
    cluster = Cluster.objects.filter(**revealed, public_id=public_id).first()
    if cluster is None:
        return None
    texts = _revealed(reader).filter(cluster=cluster).order_by("public_id").values_list("text", flat=True)
    unsigned = UnsignedNote.objects.filter(cluster=cluster).values_list("text", flat=True)
    said = [_quoted(text) for text in (*texts, *unsigned)]
    return "\n".join(filter(None, (cluster.name, *said))) or None


def _revealed(reader: Reader):
    return Contribution.objects.visible_to(reader).with_words_for(reader).standing().shared()


def _quoted(text: str) -> str:
    return f"“{text}”"
