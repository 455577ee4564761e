"""Numbers as people read them."""


def percent(share: float, decimals: int = 2) -> str:
    """0.9914 -> "99.14 %"."""
    return f"{share * 100:.{decimals}f} %"


def duration(seconds: float) -> str:
    """12.3 -> "12 s", 125 -> "2 min 5 s", 4000 -> "1 h 6 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def mistakes_in(mistakes: int, images: int) -> str:
    """86 of 10,000 -> "86 mistakes in 10,000"."""
    return f"{mistakes:,} {'mistake' if mistakes == 1 else 'mistakes'} in {images:,}"
