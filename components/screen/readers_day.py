"""The day where the reader sits: a server that counts in UTC prints tomorrow's date in an American evening."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def today() -> date:
    """The day by the browser's own time zone, the server's where the browser names none that is known here."""
    try:
        return datetime.fromtimestamp(time.time(), ZoneInfo(st.context.timezone or "")).date()
    except (ZoneInfoNotFoundError, ValueError):
        return date.today()
