"""The forms in which survey programs export answers, one module per family."""
