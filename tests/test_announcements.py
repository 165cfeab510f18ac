"""Who is told that something has changed, and of what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import parse_qs

import pytest

from aicareers_site import announcements, announcing
from aicareers_site.announcements import INDEXNOW, due
from tests.samples import SETTINGS, outputs, post, sources
from tests.sites import settings

if TYPE_CHECKING:
    from urllib.request import Request

HUB = "https://hub.example/"
KEY = "0f3c7d2e9a514b68"
TOLD = SETTINGS + f"websub: {HUB}\nindexnow: {KEY}\n"
CHANGED = [
    *("index.html", "blog/a/index.html", "gone.html", "ä/index.html", "404.html"),
    *("feed.xml", "topics/x/feed.xml", "atom.xml", "feed.json", "sitemap.xml", "site.css"),
]


def test_a_hub_is_told_of_each_feed() -> None:
    found = [one for one in due(settings(TOLD), CHANGED) if one.address == HUB]
    assert {one.media_type for one in found} == {"application/x-www-form-urlencoded"}
    assert {one.whom for one in found} == {"the hub https://hub.example/"}
    assert {one.remedy for one in found} == {"check whether 'websub' is the address of a hub"}
    assert "https://sample.example/feed.xml has changed" in [one.news for one in found]
    forms = [parse_qs(one.body.decode()) for one in found]
    assert all(form["hub.mode"] == ["publish"] for form in forms)
    assert sorted(form["hub.url"][0] for form in forms) == [
        "https://sample.example/atom.xml",
        "https://sample.example/feed.json",
        "https://sample.example/feed.xml",
        "https://sample.example/topics/x/feed.xml",
    ]


def test_search_engines_are_told_of_pages() -> None:
    below = TOLD.replace("sample.example/", "sample.example/site/", 1)
    (found,) = [one for one in due(settings(below), CHANGED) if one.address == INDEXNOW]
    assert found.media_type == "application/json; charset=utf-8"
    assert (found.whom, found.news, found.remedy) == (
        "IndexNow",
        "4 pages have changed",
        f"check whether readers get the key at https://sample.example/site/{KEY}.txt",
    )
    assert json.loads(found.body) == {
        "host": "sample.example",
        "key": KEY,
        "keyLocation": f"https://sample.example/site/{KEY}.txt",
        "urlList": [
            "https://sample.example/site/blog/a/",
            "https://sample.example/site/gone.html",
            "https://sample.example/site/",
            "https://sample.example/site/%C3%A4/",
        ],
    }


def test_many_pages_go_in_several_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "_AT_MOST", 2)
    found = due(settings(SETTINGS + f"indexnow: {KEY}\n"), [f"{n}.html" for n in range(5)])
    assert [len(json.loads(one.body)["urlList"]) for one in found] == [2, 2, 1]


@pytest.mark.parametrize("changed", [[], ["site.css", "robots.txt"], ["404.html"]])
def test_where_no_page_and_no_feed_has_changed_nobody_is_told(changed: list[str]) -> None:
    assert list(due(settings(TOLD), changed)) == []


def test_without_settings_nobody_is_told() -> None:
    assert list(due(settings(), CHANGED)) == []


def test_the_site_shows_its_key_and_names_its_hub() -> None:
    site = outputs(sources({"articles/a.md": post()}, TOLD))
    assert site[f"{KEY}.txt"] == KEY.encode()
    link = f'<atom:link href="{HUB}" rel="hub"/>'.encode()
    assert link in site["feed.xml"]
    assert link in site["categories/advice/feed.xml"]
    assert f'<link href="{HUB}" rel="hub"/>'.encode() in site["atom.xml"]
    assert json.loads(site["feed.json"])["hubs"] == [{"type": "WebSub", "url": HUB}]
    # The channel's own link is still the page that the feed follows.
    assert b"<link>https://sample.example/</link>" in site["feed.xml"]


def test_who_cannot_be_reached_is_asked_once_and_told_of_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def refuse(request: Request, **_: object) -> None:
        asked.append(request.full_url)
        raise URLError(TimeoutError(110, "Connection timed out"))

    monkeypatch.setattr(announcing, "urlopen", refuse)
    problems = [*announcing.told(due(settings(TOLD), CHANGED))]
    assert asked == [HUB, INDEXNOW]
    assert {problem.code for problem in problems} == {"not-announced"}
    later = (
        "nothing is lost: the site is published, and feed readers and search engines find this "
        "when they next look; if it happens each time,"
    )
    assert [(problem.message, problem.hint) for problem in problems] == [
        (
            "the hub https://hub.example/ was not told that https://sample.example/atom.xml has "
            "changed, nor of 3 more changes: Connection timed out",
            f"{later} check whether 'websub' is the address of a hub",
        ),
        (
            "IndexNow was not told that 4 pages have changed: Connection timed out",
            f"{later} check whether readers get the key at https://sample.example/{KEY}.txt",
        ),
    ]
