"""A register entry as plain data, and the shapes it comes in: print-out, JSON, CSV (RG-1, RG-2). No database here."""

from dorobek.register.entry.shape import (
    TEXTS,
    Body,
    Criterion,
    Entry,
    Outcome,
    OutcomeSet,
    Read,
    Remark,
    RemarkKind,
)

__all__ = ["TEXTS", "Body", "Criterion", "Entry", "Outcome", "OutcomeSet", "Read", "Remark", "RemarkKind"]
