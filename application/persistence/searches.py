"""How words are looked for: each as the beginning of a word or in another form, and all of them."""

from psycopg.sql import SQL, Composable, Composed, Literal

from application.persistence.reader import Reader
from application.read_models.lists import CaseList, ListQuery, Match
from application.read_models.search_words import words_of

FEW = 1000
_IDS = SQL("SELECT ids_with_words({}, {}, {}) AS ids")


def search(text: str) -> Composable:
    """Return the query for the words of a text; where there are none, nothing is found.

    A word is held as it is against the beginnings of words, and in its Russian stem
    against stems. It is letters and digits only, so nothing in it can end the quotes.
    """
    words = words_of(text)
    if not words:
        return SQL("''::tsquery")
    return SQL("({})").format(SQL(" && ").join(map(_begins, words)))


def among_the_found(reader: Reader, case_list: CaseList, query: ListQuery) -> Composed:
    """Return a condition that lets the rows be read by their ids, if few have the words.

    If many have them, they are met soon enough when the list is read in its order.
    """
    sought = [
        search(value)
        for name, value in query.filters.items()
        if case_list.filters[name].match is Match.WORDS
    ]
    conditions: list[Composable] = [SQL("true")]
    for each in sought:
        ids = reader.row(_IDS.format(case_list.table, each, FEW))["ids"]
        conditions += [] if ids is None else [SQL("id = ANY({})").format(Literal(ids))]
    return SQL(" AND ").join(conditions)


def _begins(word: str) -> Composable:
    return SQL("({}::tsquery || to_tsquery('russian', {}))").format(
        Literal(f"'{word}':*"), Literal(f"{word}:*")
    )
