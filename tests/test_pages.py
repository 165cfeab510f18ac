from aicareers_site.configuration import PATH as SETTINGS_PATH
from aicareers_site.diagnostics import Span
from aicareers_site.pages import check_collisions

OWN = Span(SETTINGS_PATH)
FIRST = Span("content/articles/a.md", 3, 7, 9)
SECOND = Span("content/articles/b.md", 4, 7, 9)


def test_different_addresses_do_not_collide() -> None:
    assert check_collisions([("/blog/a/", FIRST), ("/blog/b/", SECOND), ("/feed.xml", OWN)]) == ()


def test_the_second_claim_to_an_address_is_an_error_naming_the_first() -> None:
    (found,) = check_collisions([("/blog/a/", FIRST), ("/blog/a/", SECOND)])
    assert (found.code, found.span, found.related) == ("url-clash", SECOND, (FIRST,))


def test_the_sites_own_pages_win_whichever_comes_first() -> None:
    claims = [("/feeds/", FIRST), ("/feeds/", OWN)]
    for found in (*check_collisions(claims), *check_collisions(claims[::-1])):
        assert (found.span, found.related) == (FIRST, ())
        assert found.message == "'/feeds/' is already the address of one of the site's own pages"


def test_letter_case_does_not_tell_two_addresses_apart() -> None:
    assert len(check_collisions([("/blog/a/", FIRST), ("/blog/A/", SECOND)])) == 1


def test_a_file_can_be_in_the_way_of_a_page() -> None:
    copied = Span("static/blog/a/index.html")
    assert len(check_collisions([("/blog/a/index.html", copied), ("/blog/a/", FIRST)])) == 1
