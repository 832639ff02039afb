"""One small registry: the modules of a package add their entries under a name."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from threading import RLock
from typing import Generic, TypeVar

from gradcam_core.base.errors import AuditError

T = TypeVar("T")


class Registry(Mapping[str, T], Generic[T]):
    """A read-only mapping from name to entry that ``add`` fills.

    Importing the package's modules is what fills it, so a new file is all that an extension needs.
    A name used twice is an error; an unknown name lists the known ones.
    """

    def __init__(self, kind: str, package: str) -> None:
        self.kind, self._package = kind, package
        self._entries: dict[str, T] = {}
        self._discovered = self._discovering = False
        self._lock = RLock()

    def add(self, name: str, entry: T) -> T:
        if name in self._entries and self._entries[name] is not entry:
            raise ValueError(f"two {self.kind} entries are called {name!r}; names must be unique")
        self._entries[name] = entry
        return entry

    def _discover(self) -> None:
        """Import the siblings once; other threads wait until all are there, the importing one does not."""
        if self._discovered:
            return
        with self._lock:
            if self._discovering:
                return
            self._discovering = True
            package = importlib.import_module(self._package)
            for module in pkgutil.iter_modules(package.__path__):
                if not module.name.startswith("_"):
                    importlib.import_module(f"{self._package}.{module.name}")
            self._discovered = True

    def __getitem__(self, name: str) -> T:
        self._discover()
        if name not in self._entries:
            known = ", ".join(sorted(self._entries))
            raise AuditError(f"a {self.kind} out of: {known}", f"{name!r}", "choose one of these")
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        self._discover()
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        self._discover()
        return iter(sorted(self._entries))

    def __len__(self) -> int:
        self._discover()
        return len(self._entries)
