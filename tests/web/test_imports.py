"""Lists are read as offices keep them; what cannot be read is told by row, column and reason."""

from datetime import date
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from openpyxl import load_workbook
from spreadsheets import DIRTY, HEADINGS, PLACE, WORK, csv_file, dirty_file, group, xlsx_file

from application.case_types import ORGANIZATION
from application.reference.places import load_places
from domain.catalogue.catalogue import CATALOGUE_2021
from domain.catalogue.codes import Direction, ParticipationMode, TeamType
from web.imports.codes import coded, several
from web.imports.export import COLUMNS, CONTACT_COLUMNS, row_of, spreadsheet
from web.imports.lists import MAX_ROWS, read_list
from web.imports.place_names import district_code, region_code
from web.imports.remarks import UnreadableFile
from web.imports.spreadsheets import read_spreadsheet
from web.imports.values import WrongCell
from web.imports.workbooks import MAX_UNPACKED
from web.languages import LANGUAGES, SPOKEN, texts

PLACES = load_places()
BIN, SHORT_BIN = "971240001315", "20240000555"
NGO = ("НПО", "фонд", BIN, *PLACE, *WORK)
GROUP = (HEADINGS, group("Тёплый двор"))
NGO_HEADINGS = ("Название", "Тип", "ОПФ", "БИН", *HEADINGS[2:])


@pytest.fixture
def read(app, services, tmp_path):
    """Read rows as a list in a workbook; return it, or the file that a test has written."""

    def read(rows, region=None, file=None):
        assert services
        with app.app_context():
            return read_list(read_spreadsheet(file or xlsx_file(tmp_path, rows)), PLACES, region)

    return read


@pytest.fixture
def row(read):
    """Read one row with more columns than a group's own."""

    def row(headings=(), cells=(), base=GROUP):
        (found,) = read([(*base[0], *headings), (*base[1], *cells)]).rows
        return found

    return row


def faults(row):
    return [(each.field, each.code) for each in row.remarks if each.is_fault]


# Files and their encodings.


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_text_is_read_in_whatever_encoding_and_with_whatever_delimiter(
    read, tmp_path, encoding, delimiter
):
    rows = (HEADINGS, group("Тёплый двор"), group("Добрые, руки"))
    found = read((), file=csv_file(tmp_path, rows, delimiter, encoding))

    assert [each.listed.details.name for each in found.rows] == ["Тёплый двор", "Добрые, руки"]
    assert {"cp1251": "Windows-1251", "utf-16": "UTF-16"}.get(encoding, "UTF-8") in found.form


def test_the_line_that_names_the_delimiter_to_excel_keeps_its_number(read, tmp_path):
    found = read((), file=csv_file(tmp_path, (["sep=;"], HEADINGS, group("Двор"))))
    assert [each.number for each in found.rows] == [3]


def test_letters_that_an_encoding_has_lost_are_not_taken_for_a_name(read, tmp_path):
    (row,) = read(
        (), file=csv_file(tmp_path, (HEADINGS, group("?лкен ?міт")), encoding="cp1251")
    ).rows
    assert faults(row) == [("name", "letters-lost")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "строка заголовков"),
        (b"PK\x03\x04 no book", "не таблица"),
        (b"%PDF-1.7\x00\x01", "не таблица"),
        (b"\xd0\xcf\x11\xe0 locked", "не таблица"),
        (b"\xff\xfe\x00", "не таблица"),
        (b"\xff\xd8\xff\x98", "не таблица"),
        ("имя;возраст\nПример;7\n".encode(), "строка заголовков"),
        (";".join(HEADINGS).encode(), "ни одной строки"),
    ],
    ids=["empty", "torn", "pdf", "old", "half UTF-16", "no text", "other", "headings only"],
)
def test_what_is_no_list_is_told_in_a_sentence(read, tmp_path, content, told):
    file = tmp_path / "list"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        read((), file=file)


def test_a_list_is_not_taken_for_shorter_than_it_is(read, tmp_path):
    rows = [HEADINGS, *[group("Двор")] * (MAX_ROWS + 1)]
    with pytest.raises(UnreadableFile, match="Разделите"):
        read((), file=csv_file(tmp_path, rows))


# Headings.


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_known_in_every_language_and_by_the_names_of_http(read, language):
    SPOKEN.set(language)
    rows = [[values_of(language, name) for name in FIELDS], group("Двор")]
    assert [each.listed is not None for each in read(rows).rows] == [True]
    SPOKEN.set("ru")
    assert read([[name.upper() for name in FIELDS], group("Двор")]).rows[0].listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_known_as_the_service_itself_writes_them_in_its_lists(read, language):
    titles = {**texts("columns"), **texts("tables")["columns"]}
    headings = [titles[name][language] for name in FIELDS]
    assert read([headings, group("Двор")]).rows[0].listed


FIELDS = (
    *("name", "team_type", "region", "district"),
    *("directions", "volunteer_groups", "participation_modes"),
)


def values_of(language, name):
    return texts("columns")[name][language]


def test_headings_may_stand_in_any_order_under_a_title(read):
    turned = [tuple(reversed(HEADINGS)), tuple(reversed(group("Двор")))]
    found = read([("Реестр на 2026 год",), (), *turned])

    assert found.heading_row == 3
    assert found.rows[0].listed.details.name == "Двор"
    assert [each.code for each in found.remarks] == ["rows-above"]


def test_headings_that_nobody_knows_are_named_and_stand_in_nobodys_way(read):
    found = read([("№ п/п", *HEADINGS, "Соцсети"), (1, *group("Двор"), "@dvor")])

    assert [each.code for each in found.remarks] == ["unknown-heading"]
    assert "Соцсети" in found.remarks[0].words
    assert found.is_good


def test_a_heading_that_is_missing_or_there_twice_is_told_once_for_the_list(read):
    found = read([(*HEADINGS[:-1], "Название"), (*group("Двор")[:-1], "Двор")])

    assert [each.code for each in found.remarks] == ["heading-twice", "heading-missing"]
    assert faults(found.rows[0]) == []
    assert not found.is_good


def test_a_list_without_a_region_is_of_the_region_that_is_given(read):
    rows = [(HEADINGS[0], *HEADINGS[1:2], *HEADINGS[3:]), ("Двор", "группа", *group("")[3:])]

    assert read(rows, "KZ-75").rows[0].listed.details.region == "KZ-75"
    with pytest.raises(UnreadableFile, match="--region"):
        read(rows)


# Cells.


@pytest.mark.parametrize(
    ("typed", "meant", "codes"),
    [
        (BIN, BIN, []),
        (int(BIN), BIN, []),
        (float(BIN), BIN, []),
        (f"'{BIN}", BIN, []),
        ("9712 4000 1315", BIN, []),
        ("971240-001315", BIN, []),
        (int(SHORT_BIN), "020240000555", ["bin-restored"]),
        (float(SHORT_BIN), "020240000555", ["bin-restored"]),
        (f"{SHORT_BIN} ", "020240000555", ["bin-restored"]),
        ("20240000556", None, ["validation-failed"]),
        ("971240001316", None, ["validation-failed"]),
        ("240000555", None, ["validation-failed"]),
        ("9,7124E+11", None, ["number-rounded"]),
        ("нет", None, ["validation-failed"]),
    ],
)
def test_a_bin_is_what_the_spreadsheet_has_left_of_it(row, typed, meant, codes):
    found = row(base=(NGO_HEADINGS, ("Берег", *NGO[:2], typed, *NGO[3:])))

    assert [each.code for each in found.remarks] == codes
    assert (found.listed and found.listed.details.bin) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "8 701 123 45 67",
        "+7 (701) 123-45-67",
        "87011234567",
        87011234567.0,
        77011234567,
        "'+77011234567",
    ],
)
def test_a_phone_is_written_in_many_ways(row, typed):
    found = row(("Руководитель", "Телефон"), ("Пример Примеров", typed))
    assert found.listed.details.leader.phone.value == "+77011234567"


@pytest.mark.parametrize(
    ("headings", "cells", "field", "code"),
    [
        (("Телефон",), ("87011234567",), "phone", "whose-contact"),
        (("Лидер", "Телефон"), ("Пример", "87011234567, 87021234567"), "phone", "several-phones"),
        (("Лидер", "Телефон"), ("Пример", "12-34"), "phone", "validation-failed"),
        (("Лидер", "Телефон"), ("Пример", "8,7011E+10"), "phone", "number-rounded"),
        (("Лидер", "Почта"), ("Пример", "не знаю"), "email", "validation-failed"),
        (("Лидер", "Согласие"), ("Пример", "может быть"), "consent", "not-yes-or-no"),
        (("Дата",), ("вчера",), "occurred_on", "not-a-day"),
        (("Дата",), ("31.02.2026",), "occurred_on", "not-a-day"),
        (("Сайт",), ("нет сайта",), "website", "validation-failed"),
        (("Правовая форма",), ("кооператив",), "legal_form", "no-such-value"),
        (("Примечание",), ("до\x0bпосле",), "comment", "validation-failed"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_named(read, tmp_path, headings, cells, field, code):
    rows = [(*HEADINGS, *headings), (*group("Двор"), *cells)]
    (found,) = read((), file=csv_file(tmp_path, rows)).rows

    assert faults(found) == [(field, code)]
    assert found.listed is None


def test_days_are_read_as_people_and_spreadsheets_write_them(row):
    for typed in (
        "24.11.2026",
        "24/11/2026",
        "2026-11-24",
        "24.11.26",
        date(2026, 11, 24),
    ):
        assert row(("Дата",), (typed,)).listed.occurred_on.isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("answer", "agreed"), [("да", True), ("ИӘ", True), ("1", True), ("нет", False)]
)
def test_who_has_agreed_is_a_contact_person(row, answer, agreed):
    found = row(("Лидер", "Телефон", "Согласие"), ("Пример", "87011234567", answer))
    (contact,) = found.listed.details.contact_persons
    assert (contact.consent, contact.person) == (agreed, found.listed.details.leader)


def test_a_contact_person_of_their_own_is_the_one_who_is_reached(row):
    found = row(
        ("Руководитель", "Контактное лицо", "Телефон", "Согласие"),
        ("Пример Первый", "Пример Вторая", "87011234567", "да"),
    )
    details = found.listed.details
    assert details.leader.phone is None
    assert details.contact_persons[0].person.phone.value == "+77011234567"


def test_codes_are_known_by_their_titles_in_every_language(app, services):
    assert services
    fields = ("team_type", "legal_form", "directions", "volunteer_groups", "participation_modes")
    lists = [CATALOGUE_2021.lists[name] for name in ("team_types", "legal_forms", *fields[2:])]
    for field, entries in zip(fields, lists, strict=True):
        for each in entries:
            for language in LANGUAGES:
                title = getattr(each.title, language)
                assert several(field, title.upper()) == [each.code.value], title
            assert coded(field, each.code.value) == each.code.value


@pytest.mark.parametrize(
    ("field", "text", "codes"),
    [
        ("directions", "TAZA ÁLEM, saulyq", [Direction.TAZA_ALEM, Direction.SAULYQ]),
        ("directions", "Экология\nСПОРТ;", [Direction.TAZA_ALEM, Direction.SPORT_HEALTHY_LIVING]),
        ("directions", "эко / эко", [Direction.TAZA_ALEM]),
        ("directions", "қоршаған ортаны қорғау", [Direction.TAZA_ALEM]),
        ("directions", "защита окружающей среды", [Direction.TAZA_ALEM]),
        (
            "participation_modes",
            "Оффлайн; online",
            [ParticipationMode.OFFLINE, ParticipationMode.ONLINE],
        ),
        ("team_type", "нпо", [TeamType.NGO]),
    ],
)
def test_several_values_stand_in_a_cell_as_people_write_them(field, text, codes):
    assert several(field, text) == [each.value for each in codes]


def test_a_value_that_is_none_is_told_with_those_that_are():
    with pytest.raises(WrongCell) as wrong:
        several("directions", "эко; субботники")
    assert "«субботники»" in wrong.value.remark.words
    assert "TAZA ÁLEM" in wrong.value.remark.words


def test_every_place_is_known_by_its_titles():
    for region in PLACES.regions.values():
        assert region_code(PLACES, region.title.ru) == region.code
        assert region_code(PLACES, region.code.lower()) == region.code
    for district in PLACES.districts.values():
        for title in (district.title.ru, district.title.kk, district.code):
            assert district_code(PLACES, district.region, title) == district.code


@pytest.mark.parametrize(
    ("region", "text", "code"),
    [
        ("KZ-75", "Медеуский р-н", "751710000"),
        ("KZ-75", "медеу", "751710000"),
        ("KZ-75", "Медеу ауданы", "751710000"),
        ("KZ-10", "г. Семей", "101000000"),
        ("KZ-10", "Семей", "101000000"),
    ],
)
def test_a_place_is_known_without_the_word_for_its_kind(region, text, code):
    assert district_code(PLACES, region, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Алматы", "KZ-75"),
        ("г.Алматы", "KZ-75"),
        ("Алматинская обл.", "KZ-19"),
        ("Абай облысы", "KZ-10"),
    ],
)
def test_the_city_is_told_from_the_region_of_its_name(text, code):
    assert region_code(PLACES, text) == code


# Whole lists.


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_the_spreadsheet(read):
    rows = [(), HEADINGS, (), group("Двор"), ("", ""), group("Соседи")]
    assert [each.number for each in read(rows).rows] == [4, 6]


def test_a_total_is_passed_over_and_said(read):
    found = read([HEADINGS, group("Двор"), ("ИТОГО: 1",)])
    assert [(each.is_counted, len(each.remarks)) for each in found.rows] == [(True, 0), (False, 1)]
    assert found.is_good


def test_merged_cells_have_to_be_split(read, tmp_path):
    rows = [HEADINGS, group("Двор"), group("Соседи")]
    found = read((), file=xlsx_file(tmp_path, rows, merged=["D2:D3"]))
    assert [faults(each) for each in found.rows] == [[], [("district", "merged")]]


@pytest.mark.parametrize("beyond", ["XFD2000", "XFD1048576"])
def test_a_cell_far_beyond_the_list_is_told_before_room_is_made_for_it(read, tmp_path, beyond):
    book = load_workbook(xlsx_file(tmp_path, GROUP))
    book.active[beyond] = "."
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(UnreadableFile, match="далеко за списком"):
        read((), file=tmp_path / "far.xlsx")


def test_a_workbook_that_is_huge_unpacked_is_told_before_it_is(read, tmp_path):
    with ZipFile(tmp_path / "bomb.xlsx", "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/sharedStrings.xml", bytes(MAX_UNPACKED + 1))
    with pytest.raises(UnreadableFile, match="слишком много места"):
        read((), file=tmp_path / "bomb.xlsx")


@pytest.mark.parametrize("packing", [ZIP_LZMA, ZIP_BZIP2])
def test_a_workbook_packed_as_none_is_is_told_as_broken(read, tmp_path, packing):
    plain = xlsx_file(tmp_path, GROUP)
    with ZipFile(plain) as book, ZipFile(tmp_path / "odd.xlsx", "w", packing) as made:
        for name in book.namelist():
            made.writestr(name, book.read(name))
    content = bytearray((tmp_path / "odd.xlsx").read_bytes())
    content[60:200] = bytes(140)
    (tmp_path / "odd.xlsx").write_bytes(content)
    with pytest.raises(UnreadableFile, match="файл повреждён"):
        read((), file=tmp_path / "odd.xlsx")


def test_cells_merged_below_the_list_are_none_of_it(read, tmp_path):
    file = xlsx_file(tmp_path, GROUP, merged=["A4:B5"])
    with ZipFile(file) as book, ZipFile(tmp_path / "merged.xlsx", "w") as made:
        for name in book.namelist():
            made.writestr(name, book.read(name).replace(b"A4:B5", b"A4:XFD1048576"))
    assert read((), file=tmp_path / "merged.xlsx").is_good


def test_the_worst_list_is_told_row_by_row(taken_in, tmp_path):
    told = taken_in(dirty_file(tmp_path))
    said = {each.row: (each.outcome, [one.code for one in each.remarks]) for each in told.rows}

    assert said == {
        3: ("headings", ["unknown-heading", "rows-above"]),
        4: ("will-be-registered", []),
        5: ("refused", ["bin-restored", "not-yes-or-no"]),
        6: ("will-be-registered", []),
        7: ("refused", ["several-phones"]),
        8: ("refused", ["validation-failed"]),
        9: ("refused", ["number-rounded"]),
        10: ("refused", ["no-such-district"]),
        11: ("will-be-registered", []),
        13: ("refused", ["duplicate-suspected"]),
        14: ("will-be-registered", []),
        15: ("refused", ["minors-in-emergency-work"]),
        16: (
            "refused",
            ["no-such-value", "whose-contact", "validation-failed", "validation-failed"],
        ),
        17: ("refused", ["office-forbidden"]),
        18: ("refused", ["merged", "not-a-day"]),
        19: ("passed-over", ["total-row"]),
    }
    assert len(DIRTY) == 19
    assert not told.is_good


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_three_languages(taken_in, tmp_path, language):
    SPOKEN.set(language)
    told = taken_in(dirty_file(tmp_path))
    lines = [*told.words, *(line["remark"] for line in told.lines)]
    SPOKEN.set("ru")
    assert not any("{" in line for line in lines)


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_what_was_given_out_comes_back_to_what_is_known(
    office, app, services, taken_in, tmp_path, row, kind
):
    details = row(
        ("Лидер", "Телефон", "Согласие", "Название на казахском", "Qazvolunteer ID"),
        ("+Пример", "87011234567", "да", "Жылы аула", "QV-1"),
    ).listed.details
    stream = office.cases.register_organization(office.on(), details=details)
    with app.app_context():
        given = row_of(stream, services.places, with_contacts=True)
        file = tmp_path / f"given{kind}"
        file.write_bytes(spreadsheet(file, (*COLUMNS, *CONTACT_COLUMNS), [given]))
        told = taken_in(file)
        assert [each.outcome for each in told.rows] == ["known"]
        assert told.words[-1].startswith("Вносить нечего")
        (back,) = read_list(read_spreadsheet(file), PLACES, None).rows
    again = back.listed.details
    assert again.leader.name.value == "+Пример"
    assert again.contact_persons[0].person.phone == again.leader.phone
    known = office.cases.case(ORGANIZATION, stream.id).state.details
    same = ("name", "name_kk", "directions", "volunteer_groups", "district", "qazvolunteer_id")
    assert [getattr(again, each) for each in same] == [getattr(known, each) for each in same]


def test_what_xml_has_no_place_for_is_not_given_out(app, tmp_path):
    with app.app_context():
        content = spreadsheet(tmp_path / "given.xlsx", ("name",), [{"name": "Двор\uffff"}])
    (tmp_path / "given.xlsx").write_bytes(content)
    cells = load_workbook(tmp_path / "given.xlsx").active.iter_rows(values_only=True)
    assert [*cells][1:] == [("Двор",)]
