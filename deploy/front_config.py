"""The configuration of nginx as text: the template with the replicas and what each may receive."""

import base64
import grp
import hashlib
import os
import pwd
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

_TEMPLATE = Path(__file__).with_name("nginx.conf.template")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_UNFILLED = re.compile(r"@[A-Z_]+@")


class Intake(StrEnum):
    """Whom a replica receives."""

    ALL = "all"
    OWN = "own"
    """Only browsers that it has served before: it is being drained."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Upstream:
    """One replica as nginx sees it."""

    name: str
    """r1, r2 ...: stands in the cookie."""
    address: str
    """Number and port, as nginx reports it; a name would not do."""
    intake: Intake = Intake.ALL


@dataclass(frozen=True, slots=True)
class Front:
    """Everything that the template asks for."""

    upstreams: tuple[Upstream, ...]
    listen: str
    """Address and port."""
    run: Path
    """Folder for its pid and temporary paths; may be in memory."""
    static: Path
    """Folder that packed_static_files() wrote."""
    access_log: str = "/dev/stdout"


def streamlit_static() -> Path:
    """The folder with index.html that Streamlit serves; found without importing Streamlit."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("Streamlit is not installed in this Python: run 'make run' once.")
    return Path(spec.origin).parent / "static"


def content_policy(index_html: str) -> str:
    """The strictest Content-Security-Policy under which Streamlit draws our pages without a violation.

    Streamlit's scripts write styles (hence 'unsafe-inline' for styles) and compile WebAssembly; its one inline script
    is named by its hash, so no other can run.
    """
    scripts = [hashlib.sha256(each.encode()).digest() for each in _INLINE_SCRIPT.findall(index_html)]
    hashes = "".join(f" 'sha256-{base64.b64encode(each).decode()}'" for each in scripts)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval'{hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def render(front: Front) -> str:
    """The template filled in."""
    known = [each for each in front.upstreams if each.intake is not Intake.NOBODY]
    welcoming = [each for each in known if each.intake is Intake.ALL] or known or list(front.upstreams)
    values = {
        "USER": _user(),
        "WORKERS": str(len(front.upstreams)),
        "RUN": str(front.run),
        "ACCESS_LOG": front.access_log,
        "LISTEN": front.listen,
        "STATIC": str(front.static),
        "POLICY": content_policy((streamlit_static() / "index.html").read_text(encoding="utf-8")),
        "ROUTES": _lines(8, (f"{each.name} {each.name};" for each in known)),
        "NEWCOMERS": _lines(8, (_server(each) for each in welcoming)),
        "ANY": _lines(8, (_server(each) for each in front.upstreams)),
        "OTHERS": _lines(8, (_server(each) for each in welcoming)),
        "REPLICAS": _lines(4, (f"upstream {each.name} {{ {_server(each)} }}" for each in known)),
        "ANSWERS": _lines(8, (rf'"~(^|[ ,:]){re.escape(each.address)}$" {each.name};' for each in front.upstreams)),
    }
    text = _TEMPLATE.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    if left := _UNFILLED.search(text):
        raise ValueError(f"nginx.conf.template asks for {left.group()}, which nothing fills in.")
    return text


def _user() -> str:
    """Only for a master that root started: its workers, who speak with everyone, are someone who owns nothing."""
    if os.geteuid() != 0:
        return ""
    return f"user nobody {grp.getgrgid(pwd.getpwnam('nobody').pw_gid).gr_name};"


def _server(upstream: Upstream) -> str:
    return f"server {upstream.address} max_fails=1 fail_timeout=2s;"


def _lines(indent: int, lines: Iterable[str]) -> str:
    return "\n".join(" " * indent + line for line in lines)
