"""The history of a case as a page to print: whole, in one language, harmless, and on record."""

import base64
import hashlib
import html
import re

import pytest

HTML = "text/html"
AUDITOR, HEAD = "auditor@KZ", "republican_head@KZ"
EVIL = "<script>alert('x')</script> & \"конец\" {{ 7 * 7 }}"


@pytest.fixture
def path(caller) -> str:
    """An organization with a name that is no harmless one, and closed for a reason."""
    made = caller.organization(name=f"Фонд {EVIL}").get_json()
    path = f"/organizations/{made['id']}"
    caller.post(f"{path}/close", {"reason": f"Распалась {EVIL}"}, 1)
    return path


def page(caller, path, who="specialist@KZ-75", language="ru", query=""):
    answer = caller.get(
        f"{path}/history{query}", who=who, Accept=HTML, **{"Accept-Language": language}
    )
    assert answer.status_code == 200
    return answer


def text_of(answer):
    """What a person reads."""
    body = answer.get_data(as_text=True)
    body = re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)
    return html.unescape(" ".join(re.sub("<[^>]+>", " ", body).split()))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("История дела", "Организация «Фонд", "Что произошло", "Версии 1–2 из 2")),
        ("kk", ("Істің тарихы", "Ұйым «Фонд", "Не болды", "2 нұсқаның 1–2")),
        ("en", ("History of the case", "Organization «Фонд", "What happened", "Versions 1–2 of 2")),
    ],
)
def test_a_page_is_in_the_language_of_its_reader_and_says_so(caller, path, language, words):
    answer = page(caller, path, language=language)

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in answer.get_data(as_text=True)
    assert all(each in text_of(answer) for each in words)


def test_it_says_for_what_when_and_by_whom_it_was_printed(caller, path):
    answer = page(caller, path, query="?purpose=Жалоба%20№%2015")
    told = text_of(answer)

    assert "Для чего Жалоба № 15" in told
    assert re.search(r"Напечатано 02\.03\.2026 \d\d:\d\d \(GMT\+05:00\)", told)
    assert "Пример specialist@KZ-75, специалист, Фронт-офис волонтёров, город Алматы" in told
    assert answer.headers["X-Request-ID"] in told


def test_words_of_users_are_text_and_a_reason_is_said_once(caller, path):
    answer = page(caller, path)

    assert "<script" not in answer.get_data(as_text=True)
    assert text_of(answer).count(f"Распалась {EVIL}") == 1
    assert EVIL in text_of(answer)


def test_a_page_needs_nothing_but_itself_and_lets_nothing_run(caller, path):
    answer = page(caller, path)
    body = answer.get_data(as_text=True)
    style = re.search(r"<style>(.*?)</style>", body, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]

    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; frame-ancestors 'none'")
    assert f"style-src 'sha256-{digest}'" in html.unescape(body)
    assert not re.search(r"https?://|src=|url\(|@import|style=", body)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_of_some_versions_has_these_and_a_page_of_none_says_so(caller, path):
    assert "Версии 2–2 из 2" in text_of(page(caller, path, query="?from_version=2"))
    told = text_of(page(caller, path, query="?from_version=3"))
    assert "Событий в этих версиях нет." in told


def test_a_page_is_an_export_on_record(caller, path):
    page(caller, path, who="head@KZ-75")
    reads = caller.get("/audit/reads", who=AUDITOR).get_json()["items"]
    (look,) = [each for each in reads if each["kind"] == "export"]
    assert (path.endswith(look["case_id"]), look["role"]) == (True, "head")


def test_what_auditors_noted_is_printed_for_those_who_may_read_it(caller, path):
    case_id = path.rsplit("/", 1)[1]
    for about in ({"version": 2}, {}):
        note = {"case_id": case_id, "text": "Спросить о письме", **about}
        caller.post("/audit/annotations", note, who=AUDITOR)
    for who in (AUDITOR, HEAD):
        assert text_of(page(caller, path, who=who)).count("Спросить о письме") == 2
    for who in ("specialist@KZ-75", "head@KZ-75", "republican_specialist@KZ"):
        assert "письме" not in text_of(page(caller, path, who=who))


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", HTML),
        ("*/*", "application/json"),
        ("application/json, text/html", "application/json"),
        ("text/csv, text/html;q=0.5", "text/csv"),
    ],
)
def test_who_asks_for_a_page_first_is_given_it(caller, path, accept, kind):
    assert caller.get(f"{path}/history", Accept=accept).mimetype == kind


def test_every_kind_of_case_is_printed(caller, services):
    organization = caller.organization().get_json()
    request = caller.request(organization["id"]).get_json()
    begun = caller.post("/verifications", {"organization_id": organization["id"]}).get_json()
    account = caller.get("/me").get_json()["staff_id"]
    for path, title in (
        (f"/assistance-requests/{request['id']}", "Запрос KZ-75/2026/000001"),
        (f"/verifications/{begun['id']}", "Проверка KZ-75/V/2026/000001"),
        (f"/staff/{account}", "Учётная запись"),
    ):
        assert f"История дела {title}" in text_of(page(caller, path, who=AUDITOR))
