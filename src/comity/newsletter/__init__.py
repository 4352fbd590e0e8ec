"""A field keeps up to date: a database of all it has read, and every edition built from it."""

from comity.core.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "editions.assemble": ("assemble",),
        "editions.build": ("write_site",),
        "editions.checks": ("Check",),
        "editions.email": ("Mail", "email"),
        "editions.preparing": ("prepare",),
        "model.archive": ("Archive",),
        "model.columns": ("EmailStatus", "Publicity"),
        "model.edition": ("Edition",),
        "model.entry": ("Entry", "Version", "Work"),
        "model.faults": ("Fault",),
        "model.issue": ("AuthorReply", "Erratum", "Issue"),
        "model.publication": ("Category", "Publication"),
        "model.withholding": ("View", "withhold"),
        "publication.beginning": ("begin",),
        "publication.reading": ("read_publication",),
        "search.found": ("Filters", "Found"),
        "sheets.exporting": ("export_sheet",),
        "sheets.importing": ("Plan", "apply", "plan_import"),
        "sheets.reading": ("read_sheet",),
        "store.store": ("Store",),
    },
)
