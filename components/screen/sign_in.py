"""Sign-in at the door of every page, the way out, and a log of both.

Looked at on every run, from the signed identity that Streamlit holds for the session: a run that may not go on draws
only what to do about it, and forgets what was typed before.
"""

import logging
import time
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.clinical.interface_words import say
from components.screen.access_rules import MisconfiguredError, Rules, Standing, read_rules
from components.screen.presenter import presenting
from components.screen.safe_text import plain

_TOLD, _PERSON = "access_told", "access_person"
_LET_IN = (Standing.OPEN, Standing.SIGNED_IN)
_SECONDS_BETWEEN_LOOKS = 20
_NOT_ON_PAPER = "<style>@media print { .st-key-signed_in { display: none; } }</style>"

access_log = logging.getLogger("ketamine_consult.access")
"""One line an event: event, person as a keyed hash, page. Never an address, a name, or anything that was entered."""


def require_sign_in(page: str = "") -> Standing:
    """Go on when this person may see the page; else say why not, forget what was typed, and end the run."""
    standing, rules = _look()
    if rules is not None:
        person = rules.pseudonym(st.user.to_dict())
        if st.session_state.setdefault(_PERSON, person) != person:
            _forget()
        if standing is not Standing.SIGNED_OUT:
            _tell(standing, f"by={person}")
        if standing is Standing.SIGNED_IN and page:
            _tell("opened", f"by={person} page={page}")
    if standing not in _LET_IN:
        _turn_away(standing, rules)
    return standing


def who_is_signed_in(standing: Standing) -> None:
    """Who it is, and the way out; in an open app a line in the sidebar that says so. Hidden while presenting."""
    if standing is Standing.SIGNED_IN:
        with st.container(key="signed_in", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            # A screen left alone is cleared too, when the sign-in grows too old or ends in another tab.
            st.fragment(start_over_unless_let_in, run_every=_SECONDS_BETWEEN_LOOKS)()
            if not presenting():
                st.html(_NOT_ON_PAPER)
                st.markdown(say("sign_in.signed_in_as", who=plain(_name())), width="content")
                st.button(say("sign_in.sign_out"), key="sign_out", type="tertiary", on_click=_sign_out)
    elif not presenting():
        with st.sidebar:
            st.markdown(say("sign_in.open_to_everyone_not_set_up"))


def start_over_unless_let_in() -> None:
    """A run of a fragment alone passes no door: start over through app.py's when this person may not go on."""
    run = get_script_run_ctx()
    if run is not None and run.fragment_ids_this_run and _look()[0] not in _LET_IN:
        st.rerun()


def _look() -> tuple[Standing, Rules | None]:
    """How this run stands, and the rules that say so; the log is told of secrets that cannot be used."""
    try:
        rules = read_rules()
    except MisconfiguredError as fault:
        _tell(Standing.CLOSED, f"fault={fault}")
        return Standing.CLOSED, None
    if rules is None:
        return Standing.OPEN, None
    who = st.user.to_dict()
    has_ended = (rules.pseudonym(who), str(who.get("iat"))) in _ended()
    return Standing.SIGNED_OUT if has_ended else rules.standing(who, time.time()), rules


@st.cache_resource(show_spinner=False)
def _ended() -> set[tuple[str, str]]:
    """Sign-ins that were ended in this process: another tab of the same browser still holds them."""
    return set()


def _turn_away(standing: Standing, rules: Rules | None) -> NoReturn:
    """Nothing of an earlier person is shown, nor their address once their time is over."""
    _forget()
    st.title(say("sign_in.title"))
    if standing is Standing.CLOSED:
        st.error(say("sign_in.set_up_wrongly_nobody_may_open"), icon=":material/error:")
    elif standing in (Standing.UNVERIFIED, Standing.NOT_ALLOWED):
        may_not = say("sign_in.not_verified") if standing is Standing.UNVERIFIED else say("sign_in.not_allowed")
        st.error(say("sign_in.refused", who=plain(_name()), why=may_not), icon=":material/block:")
        st.button(say("sign_in.sign_out"), key="sign_out", on_click=_sign_out)
    else:
        hours = f"{rules.access.hours:g}" if rules else ""
        is_old = standing is Standing.EXPIRED
        st.markdown(say("sign_in.too_old", hours=hours) if is_old else say("sign_in.only_after_sign_in"))
        st.button(say("sign_in.sign_in"), key="sign_in", type="primary", on_click=st.login)
    st.stop()


def _sign_out() -> None:
    _, rules = _look()
    if rules is not None:
        who = st.user.to_dict()
        person = rules.pseudonym(who)
        _ended().add((person, str(who.get("iat"))))
        _tell("signed_out", f"by={person}")
    _forget()
    st.logout()


def _forget() -> None:
    """Everything that the session holds, but for what the log was told."""
    for key in [each for each in st.session_state if each != _TOLD]:
        del st.session_state[key]


def _name() -> str:
    who = st.user.to_dict()
    return str(who.get("email") or who.get("name") or who.get("sub"))


def _tell(event: str, what: str) -> None:
    """One line in the log, unless the last one of this session said the same."""
    told: dict[str, str] = st.session_state.setdefault(_TOLD, {})
    if told.get(event) != what:
        told[event] = what
        access_log.info("event=%s %s", event, what)


def _log_to_standard_error() -> None:
    """Streamlit gives the root logger no handler: without one of its own an information line is lost."""
    if not access_log.handlers:
        form = logging.Formatter("%(asctime)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        form.converter = time.gmtime
        to_standard_error = logging.StreamHandler()
        to_standard_error.setFormatter(form)
        access_log.addHandler(to_standard_error)
        access_log.setLevel(logging.INFO)


_log_to_standard_error()
