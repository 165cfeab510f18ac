"""placeholder"""

from __future__ import annotations

from pydantic import Field

from aicareers_site.models import Model, Text


class Newsletter(Model):
    """How readers subscribe."""

    provider: Text = Field(description="Who runs the mailing list.")
    action: Text = Field(description="Where the form posts to.")
    promise: Text = Field(description="What subscribers get.")
