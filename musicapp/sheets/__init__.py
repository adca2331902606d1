"""Sheets: what people take out and bring back as CSV, XLSX or ODS."""

from musicapp.sheets.columns import Column, Value

__all__ = ["Column", "Value"]
