"""Make changes in Studio one by one, each written down before it is sent; and take them back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gradcam_core.base.progress import Progress
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.faults import Failed
from gradcam_core.projects.edge_impulse.back.calls import look, make
from gradcam_core.projects.edge_impulse.back.changes import Change
from gradcam_core.projects.edge_impulse.back.journal import DONE, UNDONE, Entry, Journal


@dataclass
class Writer:
    """One project, the journal of one run, and what came of it.

    ``made`` counts changes; ``left`` says of each sample that was left alone why.
    """

    client: Client
    project: int
    journal: Journal
    made: int = 0
    left: dict[str, str] = field(default_factory=dict)

    def write(self, changes: Sequence[Change], progress: Progress) -> None:
        """Make the changes. What somebody has changed since they were planned is left alone and said.

        Raises:
            SourceError: a call failed; what was done until then is in the journal, and a second start does
                the rest.
        """
        for done, change in enumerate(changes, 1):
            self._guarded(change, None)
            progress("writing to Studio", done, len(changes))

    def undo(self, progress: Progress) -> None:
        """Take back what the journal says was done, newest first; what others changed since stays.

        Raises:
            SourceError: as :meth:`write`.
        """
        entries = self.journal.open()
        for done, entry in enumerate(entries, 1):
            self._guarded(entry.change.undone(), entry)
            progress("taking back", done, len(entries))

    def _guarded(self, change: Change, undoes: Entry | None) -> None:
        try:
            self._apply(change, undoes)
        except Failed as error:  # of this sample; where the key or the server fails, everything ends
            self.left[change.sample] = error.found

    def _apply(self, change: Change, undoes: Entry | None) -> None:
        now = look(self.client, self.project, change.sample)
        found = now.of(change.field)
        if found not in (change.before, change.after):
            self.left[change.sample] = f"somebody changed its {change.field} meanwhile"
        elif found != change.after:
            entry = undoes or self.journal.begin(change)
            make(self.client, self.project, change, now)
            self.journal.set(entry, UNDONE if undoes else DONE)
            self.made += 1
        elif undoes:
            self.journal.set(undoes, UNDONE)
