"""Names are in the order of the Kazakh alphabet, and words are found however they are written."""

import random

import pytest

from application.read_models.search_words import search_words, words_of
from application.read_models.sort_keys import ALPHABET, NAMELESS, sort_key

IN_ORDER = [
    "100 добрых дел",
    "24 часа помощи",
    "Ecology Kazakhstan",
    "Volunteer Hub",
    "Ак Орда",
    "Алғыс",
    "«Асар» қоғамдық қоры",
    "Әділ жол",
    "Болашақ",
    "Волонтёры Алматы",
    "Гүлдер",
    "Ғарыш жастары",
    "Дети и книги",
    "Единство",
    "Ёлка желаний",
    "Жастар",
    "Игра",
    "Йога для всех",
    "Камкор",
    "Кыпшак",
    "Қамқор",
    "Қоңыр күз",
    "Наш двор",
    "Ниет",
    "Ңұсқа",
    "Орда",
    "Өрлеу",
    "Рука помощи",
    "Тёплый двор",
    "Тепло рук",
    "Умит",
    "Ұлағат",
    "Үміт",
    "Феникс",
    "Халық",
    "Һәм",
    "Чистый берег",
    "Чистый берег 2",
    "Щит",
    "Ынтымақ",
    "Іскер",
    "Эко-клуб",
    "Юность",
    "Ясный день",
]


def test_names_are_sorted_by_the_kazakh_alphabet():
    names = IN_ORDER[:]
    # ё and е are letters of their own, as in the alphabet: «Тепло» comes before «Тёплый».
    place = names.index("Тёплый двор")
    names[place], names[place + 1] = names[place + 1], names[place]
    shuffled = names[:]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == names


def test_the_alphabet_has_its_forty_two_letters_once():
    assert len(ALPHABET) == len(set(ALPHABET)) == 42


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«Чистый берег»", "Чистый берег"),
        ('"Чистый  берег".', "Чистый берег"),
        ("Эко-клуб", "Экоклуб"),
        ("Te\u0301atre", "Teatre"),
        ("И\u0306ога", "Йога"),
    ],
)
def test_quotes_punctuation_and_marks_do_not_count(one, other):
    assert sort_key(one) == sort_key(other)


def test_capitals_only_tell_apart_what_is_the_same_otherwise():
    assert sorted(["ОРДА", "Орда", "орда", "Орда 1"], key=sort_key) == [
        "орда",
        "Орда",
        "ОРДА",
        "Орда 1",
    ]


@pytest.mark.parametrize(
    "odd", ["", "«»", "\0", "漢字", "Ωμέγα", "👍", "İı", "\ud7ff", "Я" * 5000], ids=ascii
)
def test_what_is_no_letter_of_ours_does_no_harm(odd):
    key = sort_key(odd)
    assert "\0" not in key
    assert len(key.encode()) < 2000
    assert key < NAMELESS


def test_a_row_without_a_name_comes_last():
    assert sort_key(None) > max(map(sort_key, IN_ORDER))


def test_words_are_folded_and_stand_alone():
    assert words_of("«ЗЕЛЁНЫЙ Қоңыр», ӘҒҚҢӨҰҮҺІ") == ["зеленый", "коныр", "агкноуухи"]
    assert words_of("KZ-75/2026/000123") == ["kz", "75", "2026", "000123"]
    assert words_of("Й и и\u0306") == ["й", "и", "й"]
    assert words_of("a_b … % — ''") == ["a", "b"]
    assert search_words("Чистый берег", None, "971240001315") == "чистый берег 971240001315"


def test_a_word_that_nobody_looks_for_is_cut():
    assert [len(word) for word in words_of("я" * 5000)] == [100]
