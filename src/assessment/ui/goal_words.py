"""Short names of goals for axes and lists."""


def short_goal(text: str) -> str:
    """What a goal question asks for, without its common beginning and question mark."""
    short = text.rsplit(": ", 1)[-1].rstrip("?").strip()
    return short[:1].upper() + short[1:]
