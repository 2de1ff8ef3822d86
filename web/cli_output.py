"""How commands answer: as a table for people, as JSON as HTTP has it, as CSV for spreadsheets."""

import os
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click
import msgspec
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from web.cli_language import Command, speaking
from web.csv_tables import csv_text
from web.languages import SPOKEN, texts
from web.presentation import plain

Row = Mapping[str, Any]
_BYTE_ORDER_MARK = "\ufeff"


def answering(default: str = "table", *more: str) -> Callable[[Command], Command]:
    """Let a command be asked for a form of its answer, some for ``more``, and for a language."""
    forms = click.Choice(["table", "json", "csv", *more])
    form = click.option(
        "-o",
        "output",
        type=forms,
        default=default,
        show_default=True,
        help="В каком виде ответить.",
    )
    return lambda command: form(speaking(command))


def tell(output: str, columns: Sequence[str], rows: Sequence[Row], document: Any) -> None:
    """Answer with the document as JSON, or with the columns of the rows as a table."""
    match output:
        case "json":
            click.echo(msgspec.json.format(msgspec.json.encode(plain(document))).decode())
        case "csv":
            mark = _BYTE_ORDER_MARK if _goes_to_a_file() else ""
            click.echo(mark + csv_text(columns, rows), nl=False)
        case _:
            cells = [[_cell(row.get(column)) for column in columns] for row in rows]
            _tell_table([_title(column) for column in columns], cells)


def _tell_table(titles: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Show a table: ruled on a terminal, else each row as one line, whole."""
    if not sys.stdout.isatty():
        lines = [titles, *cells]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            click.echo("  ".join(padded).rstrip())
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in titles:
        table.add_column(Text(title), overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    Console().print(table)


def _cell(value: Any) -> str:
    """Return a value as one line of text."""
    match plain(value):
        case None:
            return ""
        case list(several):
            return ", ".join(map(_cell, several))
        case bool(answer):
            return "+" if answer else ""
        case dict(parts):
            return "; ".join(f"{name}: {_cell(part)}" for name, part in parts.items())
        case other:
            return " ".join(str(other).split())


def _title(column: str) -> str:
    words = texts("fields").get(column, {})
    return str(words.get(SPOKEN.get(), column))


def _goes_to_a_file() -> bool:
    """Whether the answer becomes a file, which spreadsheets open by the mark at its beginning."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False
