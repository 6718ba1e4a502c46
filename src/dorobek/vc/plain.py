"""Reports as plain data, the same on the command line and over HTTP."""

from typing import Any

from dorobek.vc.report import Report


def report_data(report: Report) -> dict[str, Any]:
    """`decided` and every check with its faults, ready for JSON."""
    return {
        "decided": report.decided,
        "checks": [
            {
                "name": one.name,
                "outcome": one.outcome,
                "matters": one.matters,
                "detail": one.detail,
                "faults": [{"code": fault.code, "path": fault.path, "message": fault.message} for fault in one.faults],
            }
            for one in report.checks
        ],
    }
