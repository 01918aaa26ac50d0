"""Student's t, which intervals of means stand on. Pure."""


def t_quantile(degrees: float, share: float = 0.975) -> float:
    """Student's t below which this share lies; of as many degrees of freedom as wanted, whole or not."""
    from scipy.special import stdtrit  # late: its import takes a moment, and that of scipy.stats a second

    return float(stdtrit(degrees, share))
