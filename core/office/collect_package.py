"""A county's 上报材料包 among what came: its manifest is its return, and says what the other files prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.errors import KnownError
from core.exchange.manifest import EvidenceSent, SubmissionManifest, read_manifest
from core.office.collected import CollectedFile, RowKey


@dataclass(frozen=True, slots=True)
class Package:
    """A manifest and the path it came by. Its files may lie elsewhere: a package for mail is split."""

    path: str
    manifest: SubmissionManifest

    def lists(self, sha256: str) -> bool:
        """Whether a file is one of the package."""
        return any(sha256 == digest for _, digest, _, _ in self.manifest.files)

    def kind(self, sha256: str) -> str:
        """What the package holds a file as, in the manifest's words; empty for one that is not listed."""
        return next((kind for _, digest, _, kind in self.manifest.files if digest == sha256), "")

    def evidence(self, sha256: str) -> EvidenceSent | None:
        """What the manifest says of a piece of evidence."""
        return next((one for one in self.manifest.evidence if one.sha256 == sha256), None)

    def targets(self, sent: EvidenceSent, files: Sequence[CollectedFile]) -> Iterator[tuple[RowKey, int]]:
        """The obligations of ours that it proves, with our numbers: those whose rows were known."""
        file = next((one for one in files if one.path == self.path), None)
        if file is None or file.sheet is None:
            return
        places = {at for at, said in enumerate(self.manifest.measures, 1) if said.number in sent.measures}
        for row in file.sheet.rows:
            if row.row in places:
                yield RowKey(row.obligation_id, row.part), row.number


def package_of(file: CollectedFile, data: bytes) -> Package | None:
    """The package that a manifest begins; None for a broken one, which is told when it is read."""
    try:
        return Package(file.path, read_manifest(data, file.name))
    except KnownError:
        return None
