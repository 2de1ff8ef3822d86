"""Lists as offices keep them, made in code: clean ones, and one that is as bad as they get."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Организация", "Тип", "Регион", "Район", "Направления", "Состав", "Формы участия")
PLACE = ("г. Алматы", "Медеуский р-н")
WORK = ("экология; BILIM", "Общее", "офлайн, онлайн")


def group(name: str) -> tuple[str, ...]:
    """Return the row of an initiative group, under HEADINGS."""
    return (name, "группа", *PLACE, *WORK)


def csv_file(
    folder: Path, rows: Iterable[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8-sig"
) -> Path:
    """Write the rows as a text file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path = folder / "list.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def xlsx_file(folder: Path, rows: Iterable[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    """Write the rows as a workbook, some of its cells merged."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    path = folder / "list.xlsx"
    book.save(path)
    return path


DIRTY_HEADINGS = (
    *("№ п/п", "Наименование организации", "ТИП", "ОПФ", "БИН", "Область", "район"),
    *("Направление деятельности", "состав волонтеров", "Форма участия", "Лидер"),
    *("Контактный телефон", "Эл. почта", "Согласие", "Дата", "Соцсети", "Не дубликат"),
)
BERRY = ("Алматы", "Медеуский р-н", "экология; BILIM", "Общее", "офлайн, онлайн")
YARD = ("", "", "", "751410000", "эко", "все", "офлайн")
DIRTY: tuple[Sequence[Any], ...] = (
    ("Реестр волонтёрских организаций города Алматы",),
    (),
    DIRTY_HEADINGS,
    (
        1,
        "ОФ «Чистый берег»",
        "НПО",
        "ОФ",
        971240001315,
        *BERRY,
        "Пример",
        "8 701 123 45 67",
        "",
        "да",
    ),
    (
        2,
        "ОФ «Читающий город»",
        "нпо",
        "фонд",
        20240000555.0,
        *BERRY,
        "Пример",
        87021234567,
        "",
        "?",
    ),
    (3, "ОФ «Түнгі көмек»", "НКО", "Общественный фонд", "'940140000385", *BERRY),
    (4, "Добрые руки", "группа", "", "", *BERRY, "Пример", "+7 (701) 765-43-21; 8 702 765 43 21"),
    (5, "ОФ «Опечатка»", "НПО", "ОФ", 971240001316, *BERRY),
    (6, "ОФ «Округление»", "НПО", "ОФ", "9,7124E+11", *BERRY),
    (7, "Где-то", "Инициативная группа", "", "", "", "Заречный район", "эко", "все", "офлайн"),
    (8, "Тёплый двор", "Инициативная группа", *YARD),
    (),
    (9, "«ТЁПЛЫЙ ДВОР»", "ИГ", *YARD),
    (10, "Тёплый двор", "ИГ", *YARD, *[""] * 6, "Другая улица, другие люди"),
    (11, "Юные спасатели", "ИГ", "", "", "", "751410000", "ЧС", "Детское волонтёрство", "офлайн"),
    (12, "", "ИГ", "", "", "", "751410000", "субботники", "", "офлайн", "", "+77011112233"),
    (13, "Соседи", "ИГ", "", "", "Алматинская область", "Талгарский район", "эко", "все", "офлайн"),
    (14, "Вместе", "ИГ", "", "", "", "Медеу", "эко", "", "офлайн", *[""] * 4, "вчера"),
    ("Итого", 14),
)


def dirty_file(folder: Path) -> Path:
    """Write the list that is as bad as they get."""
    return xlsx_file(folder, DIRTY, merged=["I17:I18"])
