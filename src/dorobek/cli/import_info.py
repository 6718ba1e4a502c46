"""`dorobek import info`: the info centre's pages from files, the shipped ones when no folder is given (RG-9)."""

import argparse

from dorobek.cli.problem import Problem


def run_info(options: argparse.Namespace) -> int:
    """Import and say what changed. What an editor changed here stays, and is named."""
    from dorobek.kernel.errors import RuleBroken
    from dorobek.register.actions.info_files import import_info
    from dorobek.register.info.files import SHIPPED, BadInfoFile, read_folder

    folder = options.folder or SHIPPED
    if not folder.is_dir():
        raise Problem(f"{folder} is no folder; give the folder with the pages (*.md)")
    try:
        files = list(read_folder(folder))
        done = import_info(files)
    except (BadInfoFile, RuleBroken, OSError) as problem:
        raise Problem(f"{problem}; nothing was imported") from problem
    print(
        f"{len(files)} pages read: {len(done.created)} new, {len(done.changed)} changed, {done.unchanged} as they were"
    )
    for name in done.left:
        print(f"  left as an editor changed it here: {name}")
    return 0
