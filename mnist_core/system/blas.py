"""NumPy's matrix products take one processor."""

from functools import cache


@cache
def use_one_thread() -> None:
    """Have NumPy multiply matrices on one thread; once a process.

    OpenBLAS keeps one thread a processor, and each goes on running for 30 ms after a product, for
    the case that another follows: more processor time than all else that a stroke costs the web
    process. A visitor's products are small.
    """
    # Finds out which library NumPy brought: 5 ms.
    import threadpoolctl

    # Not as a context: it holds for good.
    threadpoolctl.threadpool_limits(1, user_api="blas")
