"""Printing a figure beside the bar it has to reach."""


def show(what: str, figure: float, bar: float, *, most: bool = False, digits: int = 3) -> bool:
    """Print whether ``figure`` reaches ``bar`` (``most``: stays within it); returns it."""
    holds = figure <= bar if most else figure >= bar
    sign = "<=" if most else ">="
    verdict = "holds" if holds else "MISSES"
    print(f"  {verdict:7}{what:<52}{figure:9.{digits}f}  {sign} {bar:.{digits}f}", flush=True)
    return holds
