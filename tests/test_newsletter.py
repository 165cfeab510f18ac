"""The newsletter: what site.yaml may say, and the form that each provider gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicareers_site import yaml_reader
from aicareers_site.newsletter import Newsletter, form
from aicareers_site.validation import validate
from aicareers_site.view_parts import NewsletterForm

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Outcome

THANKS_URL = "https://example.com/blog/newsletter/thanks/"
THANKS_HREF = "/blog/newsletter/thanks/"
LIST = "8a1b2c3d-0000-4000-8000-0123456789ab"
OTHER_LIST = "8a1b2c3d-0000-4000-8000-ba9876543210"
ACTIONS = {
    "buttondown": "https://buttondown.com/api/emails/embed-subscribe/whereaiworks",
    "mailchimp": "https://whereaiworks.us5.list-manage.com/subscribe/post?u=12ab&id=34cd&f_id=5",
    "kit": "https://app.kit.com/forms/123456/subscriptions",
    "listmonk": "https://lists.example.com/subscription/form",
    "formspree": "https://formspree.io/f/mabcdefg",
    "custom": "https://mail.example.com/subscribe?list=7",
}


def read(text: str) -> Outcome[Newsletter | None]:
    """The settings as site.yaml would hold them, with the promise that all have."""
    tree = yaml_reader.parse("site.yaml", f"{text}\npromise: One letter a month.\n").value
    return validate(Newsletter, tree, what="the newsletter")


def settings(text: str) -> Newsletter:
    outcome = read(text)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def problems(text: str) -> list[str]:
    """Each problem's place, code, message and hint."""
    return [
        f"{found.span.line}:{found.span.column} {found.code}: {found.message} ({found.hint})"
        for found in read(text).diagnostics
    ]


def made(text: str) -> NewsletterForm:
    return form(settings(text), THANKS_URL, THANKS_HREF)


def test_buttondown() -> None:
    assert made(f"provider: buttondown\naction: {ACTIONS['buttondown']}") == NewsletterForm(
        action=ACTIONS["buttondown"],
        email_field="email",
        promise="One letter a month.",
        honeypot="website",
        hidden=(("embed", "1"),),
        provider="Buttondown",
    )


def test_mailchimp_names_its_honeypot_after_the_account_and_the_list() -> None:
    assert made(f"provider: mailchimp\naction: {ACTIONS['mailchimp']}") == NewsletterForm(
        action=ACTIONS["mailchimp"],
        email_field="EMAIL",
        promise="One letter a month.",
        honeypot="b_12ab_34cd",
        provider="Mailchimp",
    )


def test_kit() -> None:
    assert made(f"provider: kit\naction: {ACTIONS['kit']}") == NewsletterForm(
        action=ACTIONS["kit"],
        email_field="email_address",
        promise="One letter a month.",
        honeypot="website",
        provider="Kit",
    )


def test_listmonk_subscribes_to_every_list() -> None:
    text = f"provider: listmonk\naction: {ACTIONS['listmonk']}\nlists: [{LIST}, {OTHER_LIST}]"

    assert made(text) == NewsletterForm(
        action=ACTIONS["listmonk"],
        email_field="email",
        promise="One letter a month.",
        honeypot="nonce",
        hidden=(("l", LIST), ("l", OTHER_LIST), ("next", THANKS_URL)),
        provider="listmonk",
    )


def test_netlify_takes_the_form_on_the_site_itself() -> None:
    assert made("provider: netlify") == NewsletterForm(
        action=THANKS_HREF,
        email_field="email",
        promise="One letter a month.",
        honeypot="bot-field",
        hidden=(("form-name", "newsletter"),),
        attributes=(
            ("name", "newsletter"),
            ("data-netlify", "true"),
            ("data-netlify-honeypot", "bot-field"),
        ),
        provider="Netlify",
    )


def test_netlifys_form_can_have_another_name() -> None:
    actual = made("provider: netlify\nform_name: letters")

    assert actual.hidden == (("form-name", "letters"),)
    assert ("name", "letters") in actual.attributes


def test_formspree_leads_to_the_thanks_page() -> None:
    assert made(f"provider: formspree\naction: {ACTIONS['formspree']}") == NewsletterForm(
        action=ACTIONS["formspree"],
        email_field="email",
        promise="One letter a month.",
        honeypot="_gotcha",
        hidden=(("_next", THANKS_URL),),
        provider="Formspree",
    )


def test_a_custom_provider_is_named_by_its_host() -> None:
    text = f"provider: custom\naction: {ACTIONS['custom']}\nemail_field: mail"

    assert made(text) == NewsletterForm(
        action=ACTIONS["custom"],
        email_field="mail",
        promise="One letter a month.",
        honeypot="website",
        provider="mail.example.com",
    )


def test_a_custom_provider_calls_the_address_email_unless_told() -> None:
    assert made(f"provider: custom\naction: {ACTIONS['custom']}").email_field == "email"


@pytest.mark.parametrize("provider", [name for name in ACTIONS if name != "listmonk"])
def test_every_provider_but_netlify_needs_an_action(provider: str) -> None:
    (problem,) = problems(f"provider: {provider}")

    assert problem.startswith(
        f"1:1 missing-key: a newsletter with {provider} needs 'action' (such as https://"
    )


def test_netlify_has_no_action() -> None:
    assert problems("provider: netlify\naction: https://example.com/thanks/") == [
        "2:9 newsletter-key: a newsletter with netlify has no 'action' "
        "(leave it out: the form posts to this site)"
    ]


@pytest.mark.parametrize(
    ("provider", "action", "name"),
    [
        ("buttondown", "https://buttondown.com/whereaiworks", "Buttondown"),
        ("mailchimp", "https://a.us5.list-manage.com/subscribe/post?u=1&amp;id=2", "Mailchimp"),
        ("mailchimp", "https://a.us5.list-manage.com/subscribe?u=1&id=2", "Mailchimp"),
        ("kit", "https://whereaiworks.kit.com/123456", "Kit"),
        ("formspree", "https://formspree.io/forms/mabcdefg", "Formspree"),
    ],
)
def test_an_address_of_another_kind_is_an_error(provider: str, action: str, name: str) -> None:
    (problem,) = problems(f"provider: {provider}\naction: {action}")

    assert problem.startswith(
        f"2:9 newsletter-action: '{action}' is not the address of a {name} form "
        "(expected the action of the provider's form, such as https://"
    )


def test_listmonk_needs_a_list() -> None:
    assert problems(f"provider: listmonk\naction: {ACTIONS['listmonk']}") == [
        "1:1 missing-key: a newsletter with listmonk needs 'lists' "
        "(name at least one list by its UUID)"
    ]


def test_a_list_is_named_by_its_uuid() -> None:
    (problem,) = problems(f"provider: listmonk\naction: {ACTIONS['listmonk']}\nlists: [letters]")

    assert problem.startswith("3:9 invalid-value: entry 1 of 'lists'")


@pytest.mark.parametrize(
    ("key", "value", "owner"),
    [
        ("lists", f"[{LIST}]", "listmonk"),
        ("form_name", "letters", "netlify"),
        ("email_field", "mail", "custom"),
    ],
)
def test_a_key_of_another_provider_is_an_error(key: str, value: str, owner: str) -> None:
    (problem,) = problems(f"provider: kit\naction: {ACTIONS['kit']}\n{key}: {value}")

    assert problem == (
        f"3:{len(key) + 3} newsletter-key: a newsletter with kit has no '{key}' "
        f"(only {owner} has it)"
    )


def test_an_unknown_provider_is_the_only_error() -> None:
    (problem,) = problems("provider: pigeon\nlists: []")

    assert problem.startswith("1:11 invalid-value: 'provider'")
