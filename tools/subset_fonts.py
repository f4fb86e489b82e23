"""Make the small fonts for characters Atkinson Hyperlegible Next lacks, from the full Noto fonts.

Run once by hand, with the TTF files of the npm packages that data/SOURCES.md names in one folder:
``python tools/subset_fonts.py FOLDER``. Writes to ``static/fonts``; needs fontTools.
"""

import sys
from pathlib import Path

from fontTools import subset

TARGET = Path(__file__).resolve().parents[1] / "static" / "fonts"
LETTERS = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x0259, 0x0259),
    (0x02B0, 0x02FF),
    (0x0300, 0x036F),
    (0x0370, 0x03FF),
    (0x0400, 0x052F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x2070, 0x20CF),
    (0x2100, 0x218F),
)
SYMBOLS = ((0x2300, 0x23FF), (0x2500, 0x26FF), (0x2700, 0x27BF), (0x2B12, 0x2B2F))
SIGNS = ((0x2150, 0x22FF), (0x27F5, 0x27FF))
FONTS = {
    "NotoSans_400Regular": LETTERS,
    "NotoSans_600SemiBold": LETTERS,
    "NotoSansSymbols2_400Regular": SYMBOLS,
    "NotoSansMath_400Regular": SIGNS,
}


def main(folder: Path) -> None:
    """Write each font with its ranges only."""
    for name, ranges in FONTS.items():
        options = subset.Options(
            hinting=False,
            layout_features=["ccmp", "mark", "mkmk", "locl"],
            drop_tables=["MATH", "DSIG"],
            notdef_outline=True,
        )
        font = subset.load_font(str(folder / f"{name}.ttf"), options)
        maker = subset.Subsetter(options)
        maker.populate(unicodes=[c for first, last in ranges for c in range(first, last + 1)])
        maker.subset(font)
        target = TARGET / f"{name.replace('_', '-')}.subset.ttf"
        subset.save_font(font, str(target), options)
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
