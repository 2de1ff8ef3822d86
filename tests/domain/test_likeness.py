"""Which names are likely to be of one organization, and how such names are looked up."""

import pytest
from builders import PLACES

from domain.names import name_key
from domain.rules.likeness import LIKELY, Name, beginnings, beginnings_of_places, name_likeness

THERE = beginnings_of_places(PLACES)
ALIKE = [
    ("Чистый берег", "чистый  БЕРЕГ!"),
    ("Чистый берег", "ОФ «Чистый берег»"),
    ("Общественный фонд «Чистый берег»", "ОО Чистый берег"),
    ("Корпоративный фонд «Таза жаға»", "«Таза жаға» қоғамдық қоры"),
    ("Общественное объединение «Жас Отан»", "«Жас Отан» қоғамдық бірлестігі"),
    ("Чистый берег", "Чистый берг"),
    ("Чистый берег", "Чситый берег"),
    ("Перспектива", "Прспектива"),
    ("Перспектива", "Перспекива"),
    ("Надежда", "Надежна"),
    ("Добрые сердца", "Доброе сердце"),
    ("Чистый берег", "Берег чистый"),
    ("Тёплый двор", "Теплый двор"),
    ("Тёплый двор", "ТёплыйДвор"),
    ("Тёплый двор", "Tyoplyy dvor"),
    ("Таза жаға", "Taza jağa"),
    ("Жас Отан", "Zhas Otan"),
    ("Қамқор", "Камкор"),
    ("Өркен", "Оркен"),
    ("Волонтёры Алматы", "Алматы еріктілері"),
    ("Волонтёрский центр «Қамқор»", "«Қамқор» еріктілер орталығы"),
    ("Школа №5", "№5 мектеп"),
    ("Чистый берег", "Волонтёрский отряд «Чистый берег» города Алматы"),
    ("Чистый берег", "Движение «Чистый берег — 2026»"),
]
APART = [
    ("Волонтёры Алматы", "Волонтёры Актау"),
    ("Молодёжный волонтёрский центр Алматы", "Молодёжный волонтёрский центр Актау"),
    ("Чистый берег Алматы", "Чистый берег Актау"),
    ("Волонтёры Алматы", "Молодёжь Алматы"),
    ("Волонтёры Алматы", "Волонтёры Алматы «Надежда»"),
    ("Школа №5", "Школа №6"),
    ("Школа №15", "Школа №5"),
    ("Инициативная группа 1", "Инициативная группа 2"),
    ("Группа 0-1", "Группа 0-0"),
    ("Группа 2-3", "Группа 3-2"),
    ("Школа №5, отряд 1", "Школа №5, отряд 2"),
    ("Чистый берег", "Чистый город"),
    ("Чистый берег", "Чистая река"),
    ("Тёплый двор", "Тёплый дом"),
    ("Тёплый двор", "Двор у реки"),
    ("Помощь детям", "Помощь пожилым"),
    ("Забота", "Работа"),
    ("Асар", "Асыл"),
    ("Волонтёры", "Добрые волонтёры"),
    ("Надежда", "Надежда и опора"),
    ("Волонтёрский центр", "Молодёжный клуб"),
]


def likeness(one: str, other: str) -> int:
    return name_likeness(Name.of(one, THERE), Name.of(other, THERE))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_of_one_organization_however_they_were_written_down(one, other):
    assert likeness(one, other) >= LIKELY
    assert likeness(other, one) == likeness(one, other)
    assert beginnings([one]) & beginnings([other])


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_of_different_organizations_however_many_words_they_share(one, other):
    assert likeness(one, other) < LIKELY
    assert likeness(other, one) == likeness(one, other)


def test_a_name_of_nothing_but_signs_is_like_no_other():
    assert likeness("", "Чистый берег") == likeness("", "") == 0
    assert beginnings([""]) == set()
    assert likeness("★", "★") == 100


def test_the_key_of_a_name_is_without_legal_form_quotes_case_and_alphabet():
    assert name_key("Общественный фонд «Жас Қанат»") == name_key("ZHAS KANAT") == "жас канат"
    assert name_key("ОФ") == "оф"
