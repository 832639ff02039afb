"""The wire: requests, key and host, downloads and archives."""
