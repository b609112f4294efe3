"""Who may see the app, as the secrets ask for it: none without [auth]; with it, whoever signs in and fits [access]."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from typing import Annotated, TypeVar

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from streamlit.errors import StreamlitSecretNotFoundError

_SECONDS_AN_HOUR = 3600
_CLOCK_SKEW_SECONDS = 300
_Filled = Annotated[str, StringConstraints(min_length=1)]
_Domain = Annotated[str, StringConstraints(pattern=r"(?i)^[a-z0-9-]+(\.[a-z0-9-]+)+$")]


class Standing(StrEnum):
    """What a run may do. Only the first two go on."""

    OPEN = "open"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    EXPIRED = "expired"
    UNVERIFIED = "unverified"
    NOT_ALLOWED = "not_allowed"
    CLOSED = "closed"


class _Auth(BaseModel):
    """What [auth] must hold before anybody is sent to the provider. A short cookie secret could be guessed."""

    model_config = ConfigDict(strict=True)
    cookie_secret: str = Field(min_length=32)
    redirect_uri: str = Field(pattern=r"^https?://[^/]+.*/oauth2callback$")
    client_id: _Filled
    client_secret: _Filled
    server_metadata_url: _Filled


class _Access(BaseModel):
    """What [access] may hold. A misspelt or empty rule is a fault, never no rule."""

    model_config = ConfigDict(strict=True, extra="forbid")
    allowed_domains: list[_Domain] | None = Field(None, min_length=1)
    allowed_groups: list[_Filled] | None = Field(None, min_length=1)
    hours: float = Field(12, gt=0, le=720)
    """Age of a sign-in after which it is asked for again; the cookie itself lasts 720 hours."""


_Section = TypeVar("_Section", bound=BaseModel)


class MisconfiguredError(Exception):
    """The secrets cannot be used; says where, without their values."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Sign-in as the secrets ask for it."""

    auth: _Auth
    access: _Access

    def standing(self, who: Mapping[str, object], now: float) -> Standing:
        """Of the claims of an identity token; every rule that is set must fit."""
        if who.get("is_logged_in") is not True:
            return Standing.SIGNED_OUT
        issued = who.get("iat")
        if not isinstance(issued, int | float) or not -_CLOCK_SKEW_SECONDS <= now - issued < self.seconds:
            return Standing.EXPIRED
        is_verified = who.get("email_verified")
        if is_verified is False or (self.access.allowed_domains and is_verified is not True):
            return Standing.UNVERIFIED
        return Standing.SIGNED_IN if self._fits(who) else Standing.NOT_ALLOWED

    @property
    def seconds(self) -> float:
        """The longest age of a sign-in."""
        return self.access.hours * _SECONDS_AN_HOUR

    def _fits(self, who: Mapping[str, object]) -> bool:
        name, _, domain = str(who.get("email", "")).lower().rpartition("@")
        held = who.get("groups")
        groups = [held] if isinstance(held, str) else held if isinstance(held, list | tuple) else []
        domains, wanted = self.access.allowed_domains, self.access.allowed_groups
        has_domain = domains is None or (bool(name) and domain in {each.lower() for each in domains})
        return has_domain and (wanted is None or any(each in groups for each in wanted))

    def pseudonym(self, who: Mapping[str, object]) -> str:
        """The same for the same person in every process; only who holds the cookie secret can make it from a name."""
        name = str(who.get("email") or f"{who.get('iss')} {who.get('sub')}").lower()
        return hmac.new(self.auth.cookie_secret.encode(), f"access-log:{name}".encode(), hashlib.sha256).hexdigest()[
            :12
        ]


def read_rules() -> Rules | None:
    """As rules_of the secrets. Raises MisconfiguredError also for a file that Streamlit would take for none."""
    try:
        secrets = st.secrets.to_dict()
    except StreamlitSecretNotFoundError as missing:
        if missing.error_id == "no-secrets-found":
            return None
        raise MisconfiguredError("the secrets file cannot be read") from None
    except (OSError, ValueError):
        raise MisconfiguredError("the secrets file cannot be opened") from None
    return rules_of(secrets)


def rules_of(secrets: Mapping[str, object]) -> Rules | None:
    """None without [auth] and [access]. Raises MisconfiguredError: a fault in the secrets must not open the app."""
    if not secrets.keys() & {"auth", "access"}:
        return None
    if not (find_spec("authlib") and find_spec("httpx")):
        raise MisconfiguredError("Authlib or httpx is not installed")
    return Rules(_section(_Auth, "auth", secrets), _section(_Access, "access", secrets))


def _section(model: type[_Section], name: str, secrets: Mapping[str, object]) -> _Section:
    """Faults are told by the names of their fields only: the values are secret."""
    try:
        return model.model_validate(secrets.get(name, {}))
    except ValidationError as faults:
        fields = sorted({str((*each["loc"], name)[0]) for each in faults.errors()})
        raise MisconfiguredError(f"[{name}] of the secrets, wrong or missing: {', '.join(fields)}") from None
