"""What every table is: a row, its key, and what each column means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: pandas dtype, what it means, its unit, and whether it may be missing."""

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row is, which columns identify it, and its columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names in order."""
        return [c.name for c in self.columns]


def _table(name: str, row: str, key: str, *columns: tuple[str, ...]) -> Table:
    """Read `(name, dtype, meaning[, unit])` tuples; a dtype ending in "?" may be missing."""
    made = tuple(
        Column(name, dtype.rstrip("?"), meaning, "".join(unit), nullable=dtype.endswith("?"))
        for name, dtype, meaning, *unit in columns
    )
    return Table(name, row, tuple(key.split()), made)


_PLACE = (
    ("page", "Int64", "page on which it begins", "page, from 1"),
    ("start", "Int64", "first character in the page's text", "code points, from 0"),
    ("end", "Int64", "end in the page's text, exclusive", "code points"),
)
_CONTINUED = (
    ("continued_page", "Int64?", "next page, when it runs over a page break", "page, from 1"),
    ("continued_start", "Int64?", "first character there", "code points, from 0"),
    ("continued_end", "Int64?", "end there, exclusive", "code points"),
)
_BOXES = ("boxes", "string", "JSON list of [page, x0, top, x1, bottom], one per line", "PDF points, origin top-left")
_INDICATORS = (
    ("points", "Float64?", "sum of points over applicable codes"),
    ("available", "Float64", "sum of points that could be had"),
    ("share", "Float64?", "points / available", "0-1"),
    ("codes_found", "Int64", "codes with evidence"),
    ("codes_applicable", "Int64", "codes that apply and could be read"),
    ("breadth", "Float64?", "codes_found / codes_applicable", "0-1"),
    ("depth", "Float64?", "mean level where found", "0-4"),
    ("equity_codings", "Int64", "codings with the equity focus"),
    ("codings", "Int64", "codings"),
    ("equity_focus", "Float64?", "equity_codings / codings", "0-1"),
    ("coded_words", "Int64", "words in coded passages"),
    ("readable_words", "Int64", "words of the plan that could be read"),
    ("salience", "Float64?", "coded words per 1,000 readable words", "per 1,000"),
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        _table(
            "plans",
            "plan",
            "plan_id",
            ("plan_id", "string", "short name of the plan"),
            ("title", "string", "title"),
            ("path", "string", "file that was read"),
            ("sha256", "string", "SHA-256 of the file's bytes"),
            ("ics_code", "string?", "ODS code of the ICS, e.g. QE1"),
            ("ics_name", "string?", "name of the ICS"),
            ("kind", "string?", "kind of plan"),
            ("year_start", "Int64?", "first year", "year"),
            ("year_end", "Int64?", "last year", "year"),
            ("guessed", "string", "facts that were guessed, and what decided; empty when all were stated"),
            ("status", "string", "read or failed"),
            ("pages", "Int64", "pages"),
            ("pages_text", "Int64", "pages that carry text"),
            ("pages_ocr", "Int64", "pages read by OCR"),
            ("pages_none", "Int64", "pages that could not be read"),
            ("words", "Int64", "words that could be read, furniture left out"),
            ("readable_share", "Float64?", "(pages_text + pages_ocr) / pages", "0-1"),
        ),
        _table(
            "passages",
            "paragraph, list item, heading or table row",
            "plan_id passage_id",
            ("plan_id", "string", "plan"),
            ("passage_id", "string", "identity, from content and place"),
            ("number", "Int64", "place in reading order", "from 0"),
            *_PLACE,
            *_CONTINUED,
            ("kind", "string", "heading, paragraph, list_item, table_row, caption, footnote, contents, furniture"),
            ("level", "Int64", "of a heading or list item (1 = highest); 0 otherwise"),
            ("section", "string", "headings above it, joined by ' > '"),
            ("lead_in", "string", "line that introduces its list"),
            ("text", "string", "verbatim text (over a page break: both parts, joined by a space)"),
            ("source", "string", "text or ocr"),
            ("words", "Int64", "words"),
            _BOXES,
        ),
        _table(
            "codes",
            "code of a framework",
            "framework code",
            ("framework", "string", "framework id"),
            ("theme", "string", "theme id"),
            ("theme_title", "string", "theme"),
            ("code", "string", "code id"),
            ("title", "string", "code"),
            ("definition", "string", "what it means"),
            ("weight", "Float64", "weight in theme and plan scores"),
            ("source", "string", "where it comes from"),
            ("status", "string", "verified or unverified wording"),
        ),
        _table(
            "evidence",
            "coding of a passage by one coder",
            "coding_id",
            ("coding_id", "string", "identity, from content"),
            ("plan_id", "string", "plan"),
            ("framework", "string", "framework id"),
            ("code", "string", "code id"),
            ("passage_id", "string", "passage"),
            *_PLACE,
            ("quote", "string", "verbatim: page text from start to end"),
            *_CONTINUED,
            ("continued_quote", "string?", "verbatim continuation on the next page"),
            ("section", "string", "headings above it, joined by ' > '"),
            ("strength", "Int64", "1 mention, 2 aim, 3 action, 4 measurable"),
            ("equity", "boolean", "equity focus"),
            ("confidence", "Float64", "calibrated probability that the code is right", "0-1"),
            ("equity_confidence", "Float64", "calibrated probability of the equity focus", "0-1"),
            ("at_least_1", "Float64", "probability that the code is right with strength >= 1", "0-1"),
            ("at_least_2", "Float64", "the same, strength >= 2", "0-1"),
            ("at_least_3", "Float64", "the same, strength >= 3", "0-1"),
            ("at_least_4", "Float64", "the same, strength = 4", "0-1"),
            ("term", "string", "term that matched; empty when the statistical layer alone decided"),
            ("clause", "string", "words that earned the strength"),
            ("coder", "string", "who coded"),
            _BOXES,
        ),
        _table(
            "scores",
            "plan x framework x code, complete",
            "plan_id framework code",
            ("plan_id", "string", "plan"),
            ("framework", "string", "framework id"),
            ("theme", "string", "theme id"),
            ("code", "string", "code id"),
            ("state", "string", "found, absent, not_applicable or unreadable"),
            ("level", "Int64?", "highest strength found", "0-4"),
            ("expected_level", "Float64?", "expected highest strength given the confidences", "0-4"),
            ("equity_level", "Int64?", "highest strength found with the equity focus", "0-4"),
            ("expected_equity_level", "Float64?", "expected highest strength with the equity focus", "0-4"),
            ("points", "Float64?", "weighted mix of level and equity_level"),
            ("available", "Float64", "points that could be had; 0 when not applicable or unreadable"),
            ("codings", "Int64", "codings"),
            ("equity_codings", "Int64", "codings with the equity focus"),
            ("coded_words", "Int64", "words in coded passages"),
            ("readable_words", "Int64", "words of the plan that could be read"),
            ("salience", "Float64?", "coded words per 1,000 readable words", "per 1,000"),
            ("sections_with_code", "Int64", "sections that hold the code"),
            ("sections", "Int64", "sections"),
            ("spread", "Float64?", "sections_with_code / sections", "0-1"),
            ("evidence_ids", "string", "coding ids, joined by ';'"),
        ),
        _table(
            "totals",
            "plan x framework x theme, and overall",
            "plan_id framework theme",
            ("plan_id", "string", "plan"),
            ("framework", "string", "framework id"),
            ("theme", "string", "theme id, or 'overall'"),
            *_INDICATORS,
        ),
        _table(
            "comparison",
            "plan x framework x theme, with uncertainty",
            "plan_id framework theme",
            ("plan_id", "string", "plan"),
            ("framework", "string", "framework id"),
            ("theme", "string", "theme id, or 'overall'"),
            ("share", "Float64?", "points / available", "0-1"),
            ("share_expected", "Float64?", "share that allows for the coder's doubt; centre of the interval", "0-1"),
            ("share_low", "Float64?", "lower end of the interval", "0-1"),
            ("share_high", "Float64?", "upper end of the interval", "0-1"),
            ("rank", "Int64?", "rank of share, 1 = highest; ties share a rank"),
            ("rank_low", "Int64?", "best rank in the interval"),
            ("rank_high", "Int64?", "worst rank in the interval"),
            ("plans_compared", "Int64", "plans that have a share"),
            ("band", "Int64?", "band of plans that cannot be told apart, 1 = highest"),
            ("gap_to_median", "Float64?", "share minus the median share", "0-1"),
        ),
        _table(
            "problems",
            "thing that a person should know",
            "",
            ("plan_id", "string", "plan"),
            ("page", "Int64?", "page; missing when it concerns the whole plan", "page, from 1"),
            ("stage", "string", "plans, read, code, score, compare or publish"),
            ("kind", "string", "kind of problem"),
            ("message", "string", "what happened"),
            ("remedy", "string", "what can be done"),
        ),
    )
}
