"""Exports: what somebody may take out, starting one, how it goes, its file, and when that is gone."""

from plugins.reports.services.exports.clearing import remove_expired, remove_export, remove_orphans
from plugins.reports.services.exports.kinds import ExportKind, export_named, exports_for
from plugins.reports.services.exports.listing import ExportRow, export_by_secret, export_of, exports_of
from plugins.reports.services.exports.making import READY, make_export
from plugins.reports.services.exports.starting import Asked, cancel_export, start_export

__all__ = [
    "READY",
    "Asked",
    "ExportKind",
    "ExportRow",
    "cancel_export",
    "export_by_secret",
    "export_named",
    "export_of",
    "exports_for",
    "exports_of",
    "make_export",
    "remove_expired",
    "remove_export",
    "remove_orphans",
    "start_export",
]
