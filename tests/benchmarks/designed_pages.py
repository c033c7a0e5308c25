"""Pages as designers lay plans out, set in HTML with their exact truth; a browser prints them.

A different hand than `synthetic_plans.py`: side bars, card grids, labels beside their text, numbered cards, timelines,
plans on a page, matrices of boxes, narrow justified columns, drop capitals, large figures with their captions. Texts
are those of `tests/reference_coding/invented.csv`, drawn at random; the truth is the order in which they were set.
"""

from __future__ import annotations

import csv
import html
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

TEXTS = Path(__file__).parents[1] / "reference_coding" / "invented.csv"
COLOURS = ("#005EB8", "#7C2855", "#00A499", "#41B6E6", "#330072", "#ED8B00", "#768692")
WHITE = "color:white;margin:0"
STYLE = """@page{size:210mm 297mm;margin:0} body{margin:0;font:%s}
section{height:297mm;box-sizing:border-box;padding:16mm 14mm;page-break-after:always;overflow:hidden;position:relative}
h1{font-size:20pt;color:#005EB8;margin:0 0 8pt} h2{font-size:13pt;margin:8pt 0 4pt} h3{font-size:11pt;margin:4pt 0}
p{margin:4pt 0 6pt} ul{margin:4pt 0;padding-left:14pt} li{margin:2pt 0} .row{display:flex;gap:10pt} .row>*{flex:1}
.head{position:absolute;top:6mm;left:14mm;font-size:8pt} .foot{position:absolute;bottom:6mm;right:14mm;font-size:8pt}"""


class Block(NamedTuple):
    """A block of the truth: the page and design that it was set on, and its text."""

    page: int
    design: str
    text: str


@cache
def _invented() -> list[dict[str, str]]:
    with TEXTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Setter:
    """Sets elements in HTML and remembers them in the order in which they are set."""

    def __init__(self, seed: int, shuffled: bool) -> None:
        self.random, self._shuffled = random.Random(seed), shuffled
        self.blocks: list[Block] = []
        self.page, self.design = 0, ""
        rows = _invented()
        texts = [(row["text"], len(row["text"].split())) for row in rows]
        self._short = [t.rstrip(".") for t, n in texts if 5 <= n <= 14 and t[0].isupper()]
        self._middle = [t for t, n in texts if 15 <= n <= 35 and t.endswith(".")]
        self._long = [t for t, n in texts if 40 <= n <= 90 and t.endswith(".")]
        names = [row["section"].split("|")[0].strip() for row in rows]
        self._names = sorted({n for n in names if 2 <= len(n.split()) <= 7})

    def add(self, tag: str, text: str, style: str = "") -> str:
        """Return an element with a text, which becomes the next block of the truth."""
        self.blocks.append(Block(self.page, self.design, text))
        drawn = f"position:relative;z-index:{self.random.randint(1, 999)};" if self._shuffled else ""
        return f'<{tag} style="{drawn}{style}">{html.escape(text)}</{tag}>'

    def colour(self) -> str:
        """Return a colour."""
        return self.random.choice(COLOURS)

    def name(self, tag: str = "h3", style: str = "") -> str:
        """Return a heading."""
        return self.add(tag, self.random.choice(self._names), style)

    def line(self, tag: str = "span", style: str = "") -> str:
        """Return a text of 5 to 14 words."""
        return self.add(tag, self.random.choice(self._short), style)

    def sentence(self, tag: str = "p", style: str = "") -> str:
        """Return a text of 15 to 35 words."""
        return self.add(tag, self.random.choice(self._middle), style)

    def text(self, n: int) -> str:
        """Return paragraphs."""
        return "".join(
            self.add("p", self.random.choice(self.random.choice((self._middle, self._long)))) for _ in range(n)
        )

    def items(self, n: int) -> str:
        """Return a list."""
        pools = (self._short, self._short, self._middle)
        return (
            "<ul>" + "".join(self.add("li", self.random.choice(self.random.choice(pools))) for _ in range(n)) + "</ul>"
        )

    def either(self) -> str:
        """Return a paragraph or a list."""
        return self.text(1) if self.random.random() < 0.5 else self.items(self.random.randint(2, 4))


def box(inner: str, style: str) -> str:
    """Return a box round an inner part."""
    return f'<div style="{style}">{inner}</div>'


def grid(inner: str, columns: str, gap: int = 6) -> str:
    """Return a grid of the columns."""
    return box(inner, f"display:grid;grid-template-columns:{columns};gap:{gap}pt")


def flow(inner: str, columns: int, gap: int = 20, align: str = "left") -> str:
    """Return text in columns."""
    return box(inner, f"column-count:{columns};column-gap:{gap}pt;text-align:{align}")


def side_bar(s: Setter) -> str:
    """Return a side bar of figures before the text."""
    bar = s.name(style=WHITE) + "".join(
        s.add("div", f"{s.random.randint(2, 99)}%", "font-size:26pt") + s.line("div") for _ in range(3)
    )
    bar = box(bar, f"background:{s.colour()};color:white;padding:10pt;flex:0 0 150pt")
    return f'<div class="row">{bar}<div>{s.name("h1")}{s.text(2)}{s.name("h2")}{s.text(1)}{s.items(4)}</div></div>'


def two_columns(s: Setter) -> str:
    """Return a page of two columns with a quote and a case study over both."""
    top = s.name("h1") + flow(
        s.text(3) + s.sentence("blockquote", "font-size:15pt") + s.text(2) + s.name("h2") + s.text(1), 2
    )
    return top + box(s.name() + flow(s.text(2), 2), f"background:{s.colour()}22;border-left:5pt solid;padding:10pt")


def narrow_columns(s: Setter) -> str:
    """Return three justified columns."""
    top = s.name("h1") + s.sentence(style="font-size:13pt")
    return top + flow(s.text(2) + s.name("h2") + s.text(1) + s.items(4) + s.name("h2") + s.text(2), 3, 20, "justify")


def cards(s: Setter) -> str:
    """Return a grid of cards between two paragraphs."""
    looks = ("background:{}22", "border:1.5pt solid {};border-radius:8pt", "border-top:4pt solid {}")
    top, look = s.name("h1") + s.text(1), s.random.choice(looks)
    inner = "".join(box(s.name() + s.either(), look.format(s.colour()) + ";padding:8pt") for _ in range(6))
    return top + grid(inner, f"repeat({s.random.choice((2, 3))},1fr)", s.random.choice((6, 10, 16))) + s.text(1)


def labels(s: Setter) -> str:
    """Return rows of a label in a box and its list, in a box of its own or in none."""
    top, look = s.name("h1") + s.text(1), s.random.choice(("background:#eee;padding:6pt", "padding:4pt"))
    middle = "background:{};padding:8pt;display:flex;align-items:center"
    rows = [box(s.name(style=WHITE), middle.format(s.colour())) + box(s.either() + s.items(2), look) for _ in range(4)]
    return top + grid("".join(rows), "110pt 1fr")


def numbers(s: Setter) -> str:
    """Return cards with large numbers."""
    top = s.name("h1") + s.text(1)
    parts = [
        box(
            s.add("div", str(i), "font-size:34pt;line-height:1") + box(s.name() + s.sentence(), ""),
            "display:flex;gap:8pt",
        )
        for i in range(1, 7)
    ]
    return top + grid("".join(parts), f"repeat({s.random.choice((2, 3))},1fr)", 14)


def icons(s: Setter) -> str:
    """Return texts beside round icons, in two columns."""
    top, round_ = s.name("h1"), "width:44pt;height:44pt;border-radius:22pt;flex:none;background:"
    parts = [
        box(box("", round_ + s.colour()) + s.sentence("div"), "display:flex;gap:10pt;align-items:center")
        for _ in range(6)
    ]
    return top + grid("".join(parts), "1fr 1fr", 16) + s.name("h2") + s.text(2)


def timeline(s: Setter) -> str:
    """Return years with what is done in each."""
    top, pill = s.name("h1") + s.text(1), "background:{};color:white;text-align:center;border-radius:12pt"
    years = [box(s.add("b", f"{y}/{y - 1999}"), pill.format(s.colour())) + s.items(2) for y in range(2023, 2028)]
    return top + f'<div class="row" style="font-size:8.5pt">{"".join(box(y, "") for y in years)}</div>' + s.text(2)


def matrix(s: Setter) -> str:
    """Return a table made of boxes with white between them."""
    top, cell = s.name("h1") + s.text(1), "background:#f0f0f0;padding:4pt"
    inner = "".join(
        box(s.add("b", n), f"background:{COLOURS[0]};color:white;padding:4pt") for n in ("Aim", "Action", "Measure")
    )
    for _ in range(4):
        inner += box(s.name("b"), f"background:{s.colour()};color:white;padding:4pt")
        inner += box(s.sentence("span"), cell) + box(s.line(), cell)
    return top + grid(inner, "90pt 2fr 1.3fr", s.random.choice((0, 2, 4, 6, 8))) + s.text(1)


def plan_on_a_page(s: Setter) -> str:
    """Return a vision over columns of priorities over a row of enablers."""
    top = box(s.name("h1", WHITE) + s.sentence(), f"background:{s.colour()};color:white;padding:8pt;margin-bottom:8pt")
    columns = [
        box(box(s.name(style=WHITE), f"background:{s.colour()};padding:4pt") + s.items(3), "background:#f4f4f4")
        for _ in range(4)
    ]
    middle = f'<div class="row" style="font-size:8.5pt">{"".join(columns)}</div>' + s.name("h2")
    chips = "".join(box(s.line(), f"background:{s.colour()}33;padding:4pt;text-align:center") for _ in range(4))
    return top + middle + f'<div class="row">{chips}</div>'


def drop_capital(s: Setter) -> str:
    """Return a foreword that begins with a drop capital, and two columns below."""
    top = s.add("h1", "Foreword")
    s.sentence()
    text = s.blocks[-1].text
    letter = f'<span style="float:left;font-size:38pt;line-height:.8;padding-right:4pt">{text[0]}</span>'
    return f"{top}<p>{letter}{html.escape(text[1:])}</p>" + s.text(3) + flow(s.text(3), 2)


def side_headings(s: Setter) -> str:
    """Return headings in the margin beside their text."""
    return s.name("h1") + grid("".join(box(s.name(), "") + box(s.text(2), "") for _ in range(4)), "110pt 1fr", 14)


def figures(s: Setter) -> str:
    """Return large figures over what they mean, in a row."""
    top = s.name("h1") + s.text(1)
    stats = [
        box(
            s.add("div", f"{s.random.randint(101, 999)},000", "font-size:26pt") + s.line("div"),
            f"background:{s.colour()}22;padding:8pt",
        )
        for _ in range(3)
    ]
    return top + f'<div class="row">{"".join(stats)}</div>' + s.name("h2") + flow(s.text(3), 2)


DESIGNS: tuple[Callable[[Setter], str], ...] = (
    side_bar,
    two_columns,
    narrow_columns,
    cards,
    labels,
    numbers,
    icons,
    timeline,
    matrix,
    plan_on_a_page,
    drop_capital,
    side_headings,
    figures,
)


def designed(seed: int, shuffled: bool) -> tuple[str, list[Block]]:
    """Return a plan in HTML, one page for every design, and its blocks in order; `shuffled` is how they are drawn."""
    setter, pages = Setter(seed, shuffled), ""
    for number, design in enumerate(DESIGNS, start=1):
        setter.page, setter.design = number, design.__name__
        inner = (
            f'<div class="head">Northmere Integrated Care System</div>{design(setter)}<div class="foot">{number}</div>'
        )
        pages += f"<section>{inner}</section>"
    font = setter.random.choice(("9.5pt/1.3 sans-serif", "10pt/1.4 sans-serif", "10.5pt/1.25 serif"))
    return f'<html lang="en"><meta charset="utf-8"><style>{STYLE % font}</style>{pages}</html>', setter.blocks
