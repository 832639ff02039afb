"""Finished parts of an audit, kept so that it can be continued, here or on a cluster."""
