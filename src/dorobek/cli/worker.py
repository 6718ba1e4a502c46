"""`dorobek worker`: one more worker for the queue, on this machine or another."""

import argparse

NAME = "worker"
HELP = "run one worker process for background jobs (serve starts one already)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None; threads come from DOROBEK_WORKER_THREADS."""


def run(options: argparse.Namespace) -> int:
    from dorobek.kernel.worker import process

    process.main()
    return 0
