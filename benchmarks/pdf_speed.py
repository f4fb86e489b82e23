"""All Steckbriefe as PDF: the product's writer beside WeasyPrint, total, memory, first PDF.

Four numbers. (a) Time per document, the same ``Document`` through our writer and as HTML with
inline SVG through WeasyPrint (``pdf/ua-1``): alternately in one process, one thread; goal at least
10 times faster. Wall times: nothing else must run. (b) All 412 with the collective report into an
archive, two threads, profiles included; goal 30 s. (c) Peak memory of that job in a fresh process;
goal 600 MB. (d) The first PDF of a fresh process against the steady time; goal at most twice.
"""

import io
import json
import logging
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

SAMPLE = 12
"""Documents set by both."""
DAY = date(2026, 11, 22)
RATIO_GOAL, TOTAL_GOAL, MEMORY_GOAL, FIRST_GOAL = 10.0, 30.0, 600.0, 2.0


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] == "bulk":
        print(json.dumps(_bulk(Path(sys.argv[2]))))
        return
    if len(sys.argv) > 1 and sys.argv[1] == "first":
        print(json.dumps(_first()))
        return
    _side_by_side()
    with tempfile.TemporaryDirectory() as folder:
        job = _fresh("bulk", f"{folder}/alle.zip")
    print(
        f"  {job['count']} PDFs into an archive, 2 threads: {job['seconds']:.1f} s "
        f"(goal {TOTAL_GOAL:.0f} s){_verdict(job['seconds'] <= TOTAL_GOAL)}; "
        f"{job['cpu']:.1f} s CPU, archive {job['megabytes']:.0f} MB, pages {job['pages']}"
    )
    print(
        f"  peak memory of that process: {job['memory']:.0f} MB "
        f"(goal {MEMORY_GOAL:.0f} MB){_verdict(job['memory'] <= MEMORY_GOAL)}; "
        f"{job['before']:.0f} MB of them before the first PDF"
    )
    first = _fresh("first")
    factor = first["first"] / first["steady"]
    print(
        f"  first PDF of a process: {first['first']:.0f} ms, steady {first['steady']:.0f} ms: "
        f"{factor:.1f} times (goal {FIRST_GOAL:.0f}){_verdict(factor <= FIRST_GOAL)}"
    )


def _side_by_side() -> None:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from assessment import pipeline
    from assessment.profiles.dossier import Dossier
    from assessment.reports.documents.profile_paper import profile_document
    from assessment.reports.pdf.writer import pdf_bytes, pdf_pages
    from benchmarks.html_document import html_text

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    assessment = pipeline.assess_sample()
    step = len(assessment.survey.keys) // SAMPLE
    keys = [str(key) for key in assessment.survey.keys[::step]][:SAMPLE]
    fonts = FontConfiguration()

    def other(document) -> bytes:
        made = weasyprint.HTML(string=html_text(document)).write_pdf(
            font_config=fonts, pdf_variant="pdf/ua-1"
        )
        assert made is not None
        return made

    built, ours, theirs, pages = [], [], [], []
    for place, key in enumerate((keys[0], *keys)):
        begin = time.perf_counter()
        document = profile_document(Dossier(assessment, key), DAY)
        built.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        own = pdf_bytes(document)
        ours.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        html = other(document)
        theirs.append(time.perf_counter() - begin)
        if place:
            pages.append((pdf_pages(own), _pages(html)))
    # The first of each loads fonts and modules.
    built, ours, theirs = built[1:], ours[1:], theirs[1:]
    print(f"  {SAMPLE} Steckbriefe, the same documents, one thread, medians:")
    print(f"     document from the dossier  {statistics.median(built) * 1000:8.1f} ms")
    print(f"     PDF, ours                  {statistics.median(ours) * 1000:8.1f} ms")
    print(f"     PDF, WeasyPrint            {statistics.median(theirs) * 1000:8.1f} ms")
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(f"     {ratio:.1f} times faster (goal {RATIO_GOAL:.0f}){_verdict(ratio >= RATIO_GOAL)}")
    print(f"     pages (ours, WeasyPrint): {sorted(set(pages))}")


def _bulk(path: Path) -> dict[str, float | str]:
    from assessment import pipeline
    from assessment.delivery.bulk import write_reports
    from assessment.reports.document import DocumentKind

    assessment = pipeline.assess_sample()
    before = _memory()
    begin, cpu = time.perf_counter(), time.process_time()
    result = write_reports(assessment, DocumentKind.PROFILE, DAY, path)
    pages = sorted({one.pages for one in result.written if one.key})
    return {
        "seconds": time.perf_counter() - begin,
        "cpu": time.process_time() - cpu,
        "count": result.count,
        "pages": ", ".join(map(str, pages)),
        "megabytes": path.stat().st_size / 1e6,
        "memory": _memory(),
        "before": before,
    }


def _first() -> dict[str, float]:
    """As on the page: the server has loaded fonts and templates, nobody has made a PDF yet."""
    from assessment import pipeline
    from assessment.profiles.dossier import Dossier
    from assessment.reports.documents.profile_paper import profile_document
    from assessment.reports.pdf.writer import pdf_bytes, warm_up

    assessment = pipeline.assess_sample()
    documents = [
        profile_document(Dossier(assessment, str(key)), DAY) for key in assessment.survey.keys[:20]
    ]
    warm_up()
    spent = []
    for document in documents:
        begin = time.perf_counter()
        pdf_bytes(document)
        spent.append((time.perf_counter() - begin) * 1000)
    return {"first": spent[0], "steady": statistics.median(spent[1:])}


def _fresh(*arguments: str) -> dict:
    """What a new process of this module prints."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pdf_speed", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _pages(pdf: bytes) -> int:
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def _memory() -> float:
    """Largest resident set of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _verdict(held: bool) -> str:
    return "" if held else "  ← missed"


if __name__ == "__main__":
    main()
