"""The import rule that import-linter lacks: a library is imported by a few named modules and by nobody else."""

from fnmatch import fnmatchcase

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyImportedBy(Contract):
    """Only modules whose dotted name matches one of `importers` may import `imported` directly.

    Patterns are shell-style; `*` also spans dots. A library or a module that is not there (yet) breaks nothing.
    """

    type_name = "only_imported_by"

    # import-linter puts the configured values in place of the fields
    imported: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]
    importers: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find every direct import of the libraries by a module outside the list."""
        offences = [
            f"{importer}:{detail['line_number']} imports {library}"
            for library in self.imported
            if library in graph.modules
            for importer in sorted(graph.find_modules_that_directly_import(library))
            if not any(fnmatchcase(importer, pattern) for pattern in self.importers)
            for detail in graph.get_import_details(importer=importer, imported=library)
        ]
        return ContractCheck(kept=not offences, metadata={"offences": offences})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line per offence, then where the import belongs."""
        for offence in check.metadata["offences"]:
            output.print_error(offence, bold=False)
        output.print(f"Allowed importers: {', '.join(self.importers)}")
