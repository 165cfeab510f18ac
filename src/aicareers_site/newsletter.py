"""The newsletter's settings, and the sign-up form that each provider expects.

The forms work without a script: a plain POST with the field names that the providers give in
their own embed codes and help pages:

- Buttondown: docs.buttondown.com, "Building your subscriber base", and its embed code.
- Mailchimp: the embed code ("Add a signup form to your website" in its help); the name of the
  honeypot is made of ``u`` and ``id`` of the address.
- Kit: the form's "Embed", "HTML".
- listmonk: the form that its page "Forms" makes. A listmonk that does not list the thanks page
  among its trusted URLs ignores ``next`` and shows a page of its own.
- Netlify Forms: docs.netlify.com/forms/setup and /forms/spam-filters. The latter writes
  ``netlify-honeypot``; ``data-netlify-honeypot``, common in Netlify sites, is valid HTML too.
- Formspree: help.formspree.io, "Honeypot spam filtering". ``_next`` asks for our thanks page;
  where Formspree does not grant that, it shows a page of its own.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aicareers_site.models import Model, Text, WebAddress
from aicareers_site.view_parts import NewsletterForm

Provider = Literal["buttondown", "mailchimp", "kit", "listmonk", "netlify", "formspree", "custom"]

_UUID = r"^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


class _Preset(NamedTuple):
    """What a provider's forms have in common.

    ``path`` matches the end of the path of its addresses, of which ``example`` is one.
    """

    name: str
    path: str = ""
    example: str = ""
    email_field: str = "email"
    honeypot: str = "website"


_PRESETS: dict[Provider, _Preset] = {
    "buttondown": _Preset(
        "Buttondown",
        "/embed-subscribe/[^/]+",
        "https://buttondown.com/api/emails/embed-subscribe/NAME",
    ),
    "mailchimp": _Preset(
        "Mailchimp",
        "/subscribe/post",
        "https://NAME.us1.list-manage.com/subscribe/post?u=…&id=…",
        email_field="EMAIL",
    ),
    "kit": _Preset(
        "Kit",
        "/forms/[^/]+/subscriptions",
        "https://app.kit.com/forms/NUMBER/subscriptions",
        email_field="email_address",
    ),
    "listmonk": _Preset(
        "listmonk",
        "/subscription/form",
        "https://lists.example.com/subscription/form",
        honeypot="nonce",
    ),
    "netlify": _Preset("Netlify", honeypot="bot-field"),
    "formspree": _Preset("Formspree", "/f/[^/]+", "https://formspree.io/f/ID", honeypot="_gotcha"),
    "custom": _Preset("", example="https://example.com/subscribe"),
}

_ONLY_FOR: dict[str, Provider] = {
    "lists": "listmonk",
    "form_name": "netlify",
    "email_field": "custom",
}


class Newsletter(Model):
    """How readers subscribe to the newsletter."""

    provider: Provider = Field(
        description="Who runs the mailing list: buttondown, mailchimp, kit, listmonk, netlify, "
        "formspree, or custom for any other."
    )
    promise: Text = Field(description="What subscribers get and how often, in a sentence.")
    action: WebAddress | None = Field(
        None,
        validate_default=True,
        description="The address that the provider's form posts to; netlify needs none.",
    )
    lists: tuple[Annotated[str, Field(pattern=_UUID)], ...] = Field(
        (), validate_default=True, description="listmonk only: the UUIDs of the mailing lists."
    )
    form_name: Text = Field(
        "newsletter", description="netlify only: the form's name in Netlify's overview."
    )
    email_field: Text = Field(
        "email", description="custom only: the name of the field with the e-mail address."
    )

    @field_validator("action")
    @classmethod
    def _fits(cls, action: str | None, info: ValidationInfo) -> str | None:
        provider: Provider | None = info.data.get("provider")
        if provider is None:  # an error of its own
            return action
        preset = _PRESETS[provider]
        if provider == "netlify":
            if action is not None:
                raise _unfitting("action", provider, "leave it out: the form posts to this site")
        elif action is None:
            raise _missing("action", provider, f"such as {preset.example}")
        elif not re.search(f"{preset.path}/?$", urlsplit(action).path) or (
            provider == "mailchimp" and _mailchimp_honeypot(action) is None
        ):
            raise PydanticCustomError(
                "newsletter-action",
                "'{action}' is not the address of a {name} form",
                {
                    "action": action,
                    "name": preset.name,
                    "hint": f"expected the action of the provider's form, such as {preset.example}",
                },
            )
        return action

    @field_validator("lists")
    @classmethod
    def _lists(cls, lists: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("provider") == "listmonk" and not lists:
            raise _missing("lists", "listmonk", "name at least one list by its UUID")
        return lists

    @field_validator(*_ONLY_FOR)
    @classmethod
    def _belongs(cls, value: object, info: ValidationInfo) -> object:
        provider, key = info.data.get("provider"), str(info.field_name)
        if value and provider not in {None, _ONLY_FOR[key]}:
            raise _unfitting(key, provider, f"only {_ONLY_FOR[key]} has it")
        return value


def form(settings: Newsletter, thanks_url: str, thanks_href: str) -> NewsletterForm:
    """The sign-up form as the provider wants it.

    ``thanks_url`` and ``thanks_href`` are the complete and the short address of the page that
    thanks for signing up; providers that can are asked to lead there.
    """
    preset = _PRESETS[settings.provider]
    action = settings.action or thanks_href
    plain = NewsletterForm(
        action=action,
        email_field=preset.email_field,
        promise=settings.promise,
        honeypot=preset.honeypot,
        provider=preset.name,
    )
    match settings.provider:
        case "buttondown":
            return plain._replace(hidden=(("embed", "1"),))
        case "mailchimp":
            return plain._replace(honeypot=_mailchimp_honeypot(action) or plain.honeypot)
        case "kit":
            return plain
        case "listmonk":
            lists = tuple(("l", uuid) for uuid in settings.lists)
            return plain._replace(hidden=(*lists, ("next", thanks_url)))
        case "netlify":
            return plain._replace(
                hidden=(("form-name", settings.form_name),),
                attributes=(
                    ("name", settings.form_name),
                    ("data-netlify", "true"),
                    ("data-netlify-honeypot", preset.honeypot),
                ),
            )
        case "formspree":
            return plain._replace(hidden=(("_next", thanks_url),))
        case "custom":
            host = urlsplit(action).hostname or ""
            return plain._replace(email_field=settings.email_field, provider=host)


def _mailchimp_honeypot(action: str) -> str | None:
    """The name that Mailchimp's embed code gives the honeypot, if the address is complete."""
    query = parse_qs(urlsplit(action).query)
    if "u" in query and "id" in query:
        return f"b_{query['u'][0]}_{query['id'][0]}"
    return None


def _missing(key: str, provider: Provider, hint: str) -> PydanticCustomError:
    return PydanticCustomError(
        "missing-key",
        "a newsletter with {provider} needs '{key}'",
        {"provider": provider, "key": key, "hint": hint},
    )


def _unfitting(key: str, provider: Provider, hint: str) -> PydanticCustomError:
    return PydanticCustomError(
        "newsletter-key",
        "a newsletter with {provider} has no '{key}'",
        {"provider": provider, "key": key, "hint": hint},
    )
