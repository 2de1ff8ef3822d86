"""What the next decision about a document reads."""

from domain.document import events
from domain.document.document import Document
from domain.events import Evolution

evolve: Evolution[Document] = Evolution()


@evolve.begin(events.Uploaded)
def _uploaded(event: events.Uploaded) -> Document:
    return Document(office=event.office)
