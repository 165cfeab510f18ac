"""How people write where a site is published to."""

from __future__ import annotations

import pytest

from aicareers_site.publish_address import Address, Branch, Bucket, Folder, Host, read


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("public", Folder("public")),
        ("/srv/www/site", Folder("/srv/www/site")),
        ("./odd:name", Folder("./odd:name")),
        ("C:/site", Folder("C:/site")),
        ("deploy@example.com:/srv/site/", Host("deploy@example.com", "/srv/site")),
        ("web:site", Host("web", "site")),
        ("me@[::1]:site", Host("me@[::1]", "site")),
        ("ssh://deploy@example.com:2222/srv/site", Host("deploy@example.com", "/srv/site", 2222)),
        ("ssh://[::1]/srv/site", Host("[::1]", "/srv/site")),
        ("s3://my-bucket", Bucket("my-bucket")),
        ("s3://my-bucket/blog/new/", Bucket("my-bucket", "blog/new/")),
        ("git:origin", Branch("origin", "gh-pages")),
        ("git:../site.git#live", Branch("../site.git", "live")),
        ("git:git@github.com:me/site.git#gh-pages", Branch("git@github.com:me/site.git")),
        ("git:https://example.com/a#b.git#x/y", Branch("https://example.com/a#b.git", "x/y")),
    ],
)
def test_a_target_is_understood(text: str, address: Address) -> None:
    assert read(text) == address


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a folder"),
        ("ftp://example.com/site", "'ftp://' is none of"),
        ("https://example.com/site.git", "write git:https://example.com/site.git#gh-pages"),
        ("git://example.com/site.git", "write git:git://example.com/site.git#gh-pages"),
        ("git@github.com:me/site.git", "write git:git@github.com:me/site.git#gh-pages"),
        ("git:", "write git:"),
        ("git:--upload-pack=x#live", "write git:"),
        ("git:origin#", "cannot be the name of a branch"),
        ("git:origin#a..b", "cannot be the name of a branch"),
        ("git:origin#-x", "cannot be the name of a branch"),
        ("s3://", "cannot be the name of a bucket"),
        ("s3://Bucket/x", "cannot be the name of a bucket"),
        ("-oProxyCommand=x:/srv", "cannot be the name of a host"),
        ("me@-oProxyCommand=x:/srv", "cannot be the name of a host"),
        ("example.com:", "name the folder"),
        ("ssh://me:secret@example.com/srv/site", "with a key"),
        ("ssh://example.com", "write ssh://"),
    ],
)
def test_what_can_be_no_target_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        read(text)
    assert words in str(refusal.value)
