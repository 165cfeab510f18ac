"""How people write where a site is published to."""

from __future__ import annotations

import pytest

from aicareers_site.publish_address import (
    BUCKET_RULES,
    Address,
    Branch,
    Bucket,
    Folder,
    Host,
    read,
)

GIT = "for a branch of a git repository write"
REPOSITORY = "write git:, the repository, '#' and the branch: git:origin#gh-pages"
BRANCH = (
    "write letters, digits, hyphens and single slashes, beginning with a letter, such as "
    "git:origin#gh-pages"
)
SSH = "write ssh://user@host:port/folder, with a key instead of a password"


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
        ("s3://2026.11.30", Bucket("2026.11.30")),
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
        (
            "",
            "it is empty: write a folder, user@host:folder, s3://bucket/prefix or "
            "git:repository#branch",
        ),
        (
            "ftp://example.com/site",
            "'ftp://' cannot be published to: write a folder, user@host:folder, "
            "ssh://user@host:port/folder, s3://bucket/prefix or git:repository#branch",
        ),
        ("https://example.com/site.git", f"{GIT} git:https://example.com/site.git#gh-pages"),
        ("git://example.com/site.git", f"{GIT} git:git://example.com/site.git#gh-pages"),
        ("git@github.com:me/site.git", f"{GIT} git:git@github.com:me/site.git#gh-pages"),
        ("git:", REPOSITORY),
        ("git:--upload-pack=x#live", REPOSITORY),
        ("git:origin#", f"git takes no branch of the name '': {BRANCH}"),
        ("git:origin#a..b", f"git takes no branch of the name 'a..b': {BRANCH}"),
        ("git:origin#-x", f"git takes no branch of the name '-x': {BRANCH}"),
        ("s3://", f"'' cannot be the name of a bucket: {BUCKET_RULES}"),
        ("s3://Bucket/x", f"'Bucket' cannot be the name of a bucket: {BUCKET_RULES}"),
        ("s3://my..bucket", f"'my..bucket' cannot be the name of a bucket: {BUCKET_RULES}"),
        ("s3://192.168.0.1", f"'192.168.0.1' cannot be the name of a bucket: {BUCKET_RULES}"),
        (
            "-oProxyCommand=x:/srv",
            "'-oProxyCommand=x' cannot be the name of a host, which begins with no hyphen; for a "
            "folder of this machine write ./-oProxyCommand=x:/srv",
        ),
        (
            "me@-oProxyCommand=x:/srv",
            "'me@-oProxyCommand=x' cannot be the name of a host, which begins with no hyphen; for "
            "a folder of this machine write ./me@-oProxyCommand=x:/srv",
        ),
        ("example.com:", "name a folder on the host, too, and not its root: example.com:folder"),
        ("example.com:/", "name a folder on the host, too, and not its root: example.com:folder"),
        ("ssh://me:secret@example.com/srv/site", SSH),
        ("ssh://example.com", SSH),
    ],
)
def test_what_can_be_no_target_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        read(text)
    assert str(refusal.value) == words
