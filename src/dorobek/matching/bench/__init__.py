"""Measuring the matcher: data, baselines and figures of `dorobek bench matching`. Used by nothing else."""
