from dataclasses import replace

from aicareers_site.urls import Urls, output_path, published_path

AT_ROOT = Urls("https://sample.example/")
BELOW = Urls("https://sample.example/careers/")


def test_an_href_includes_the_path_of_the_base_url() -> None:
    assert AT_ROOT.href("/blog/") == "/blog/"
    assert BELOW.href("/blog/") == "/careers/blog/"


def test_a_url_is_complete() -> None:
    assert AT_ROOT.url("/") == "https://sample.example/"
    assert BELOW.url("/blog/") == "https://sample.example/careers/blog/"


def test_links_within_a_page_stay_short_on_that_page() -> None:
    assert BELOW.resolved("#visas", "/blog/germany/") == "#visas"


def test_detached_text_names_the_page_of_its_anchors() -> None:
    detached = replace(BELOW, detached=True)
    assert detached.resolved("#visas", "/blog/germany/") == "/careers/blog/germany/#visas"


def test_feeds_print_complete_addresses() -> None:
    feed = BELOW.complete
    base = "https://sample.example/careers/blog/germany/"
    assert feed.resolved("#visas", "/blog/germany/") == f"{base}#visas"
    assert feed.resolved("/blog/germany/", "/blog/") == base


def test_addresses_elsewhere_are_printed_as_they_are() -> None:
    assert BELOW.resolved("https://example.org/a?b#c", "/blog/") == "https://example.org/a?b#c"


def test_a_path_that_ends_with_a_slash_is_answered_by_an_index_file() -> None:
    assert output_path("/") == "index.html"
    assert output_path("/blog/germany/") == "blog/germany/index.html"
    assert output_path("/feed.xml") == "feed.xml"


def test_files_are_published_at_encoded_paths_under_their_own_names() -> None:
    path = published_path("content/countries/Größe 50% #1?.png")
    assert path == "/media/countries/Gr%C3%B6%C3%9Fe%2050%25%20%231%3F.png"
    assert output_path(path) == "media/countries/Größe 50% #1?.png"
    assert published_path("static/photos/a b.jpg") == "/photos/a%20b.jpg"
