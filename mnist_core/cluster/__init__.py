"""The same jobs on a `dask.distributed` cluster."""
