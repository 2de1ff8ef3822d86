"""Every problem type has its page, in every language."""

import re

import pytest

from web.languages import LANGUAGES, texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_has_a_page_that_says_what_to_do(client, language):
    for code, words in texts("problems").items():
        page = client.get(f"/problems/{code}", headers={"Accept-Language": language})
        text = page.get_data(as_text=True)
        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert f'<html lang="{language}">' in text
        assert f"/problems/{code}" in text
        title = words[f"title_{language}"]
        assert f"<title>{title}</title>" in text.replace("&#34;", '"').replace("&#39;", "'")
        assert not re.search(r"{\w+}", text)


def test_a_type_is_the_address_of_its_page(client):
    told = client.get("/api/v1/organizations/none").get_json()
    assert client.get(told["type"]).status_code == 200
