"""The durable queue (DBOS) and the process that works on it. Web processes use `queue` alone."""
