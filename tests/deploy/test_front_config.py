"""What nginx is told, without running it; nginx itself checks the syntax."""

import os
import re
from pathlib import Path

import pytest

from deploy import nginx as nginx_module
from deploy.front_config import Front, Intake, Upstream, content_policy, render, streamlit_static
from deploy.nginx import write_config
from deploy.static_files import packed_static_files


def front(run: Path, *intakes: Intake) -> Front:
    upstreams = tuple(Upstream(f"r{n}", f"127.0.0.1:{9000 + n}", intake) for n, intake in enumerate(intakes, 1))
    return Front(upstreams, "127.0.0.1:8999", run, run / "packed", access_log=f"{run}/access.log")


def block(config: str, start: str) -> str:
    """The text between the braces that follow."""
    found = re.search(re.escape(start) + r" \{(.*?)\n? *\}", config, re.DOTALL)
    assert found, start
    return found.group(1)


@pytest.mark.parametrize("count", [1, 2, 12])
def test_nginx_accepts_it(count: int, tmp_path: Path, nginx: str) -> None:
    assert write_config(render(front(tmp_path, *[Intake.ALL] * count)), tmp_path)[0] == nginx


@pytest.mark.parametrize(
    ("intakes", "newcomers", "own"),
    [
        ((Intake.ALL, Intake.ALL), {"9001", "9002"}, {"r1", "r2"}),
        ((Intake.OWN, Intake.ALL), {"9002"}, {"r1", "r2"}),
        ((Intake.NOBODY, Intake.ALL), {"9002"}, {"r2"}),
        ((Intake.OWN,), {"9001"}, {"r1"}),
        ((Intake.NOBODY,), {"9001"}, set()),
    ],
)
def test_who_receives_whom(
    intakes: tuple[Intake, ...], newcomers: set[str], own: set[str], tmp_path: Path, nginx: str
) -> None:
    config = render(front(tmp_path, *intakes))
    for group in ("newcomers", "others"):
        assert set(re.findall(r"server 127\.0\.0\.1:(\d+)", block(config, f"upstream {group}"))) == newcomers
    assert set(re.findall(r"^ +(r\d+) \1;", block(config, "map $replica $chosen"), re.MULTILINE)) == own
    write_config(config, tmp_path)


def test_losing_a_replica_moves_only_its_own(tmp_path: Path) -> None:
    config = render(front(tmp_path, Intake.ALL, Intake.ALL))
    assert "hash $browser consistent;" in block(config, "upstream others")
    assert "least_conn;" in block(config, "upstream newcomers")
    assert "error_page 502 504 = @others;" in config


def test_the_last_resort_holds_every_replica(tmp_path: Path) -> None:
    """An old worker's configuration may hold only a replica that has been stopped since."""
    config = render(front(tmp_path, Intake.ALL, Intake.OWN, Intake.NOBODY))
    assert len(re.findall("server ", block(config, "upstream any"))) == 3


@pytest.mark.parametrize(
    "said",
    [
        "server_tokens off;",
        "client_max_body_size 22m;",
        "proxy_max_temp_file_size 0;",
        "proxy_request_buffering off;",
        "error_log stderr crit;",
        "add_header X-Content-Type-Options nosniff always;",
        "add_header Referrer-Policy no-referrer always;",
        "add_header Permissions-Policy ",
        "frame-ancestors 'none'",
        "proxy_set_header Upgrade $upgrade;",
        "proxy_read_timeout 1h;",
        "gzip_static on;",
        "HttpOnly; SameSite=Lax",
    ],
)
def test_it_says(said: str, tmp_path: Path) -> None:
    assert said in render(front(tmp_path, Intake.ALL))


@pytest.mark.parametrize(
    "kept_out", ["$request ", "$request_uri", "$args", "$query_string", "$http_referer", "$remote_"]
)
def test_the_log_leaves_out(kept_out: str, tmp_path: Path) -> None:
    config = render(front(tmp_path, Intake.ALL))
    formats = re.findall(r"log_format .*?;", config, re.DOTALL)
    assert len(formats) == 1
    assert kept_out not in formats[0]


def test_locations_keep_all_headers(tmp_path: Path) -> None:
    """One add_header or proxy_set_header in a location would drop all those of the server."""
    config = render(front(tmp_path, Intake.ALL))
    locations = config[config.index("location / ") :]
    assert "add_header" not in locations
    assert "proxy_set_header" not in locations


def test_only_streamlits_own_inline_script_may_run() -> None:
    policy = content_policy((streamlit_static() / "index.html").read_text(encoding="utf-8"))
    script = next(each for each in policy.split("; ") if each.startswith("script-src"))
    assert script.count("'sha256-") == 1
    assert "'unsafe-inline'" not in script
    assert "'unsafe-eval'" not in script
    assert content_policy("<script>other()</script>") != policy


def test_packed_files_lie_where_the_workers_may_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "roots_own").mkdir(mode=0o700)
    closed, run = tmp_path / "roots_own/packed", tmp_path / "run"
    monkeypatch.setattr(nginx_module, "PACKED", closed)
    assert nginx_module.packed_folder(run) == (closed if os.geteuid() else run)


def test_static_files_are_named_after_their_content_and_packed(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        folder = packed_static_files(tmp_path)
    finally:
        os.umask(before)
    files = [path for path in (folder / "static").rglob("*") if path.is_file()]
    scripts = [path for path in files if path.suffix == ".js"]
    assert len(scripts) > 100
    assert all(path.with_name(path.name + ".gz").is_file() for path in scripts)
    unnamed = [path.name for path in files if not re.search(r"\.[\w-]{8}\.\w+(\.gz)?$", path.name)]
    assert unnamed == [], "these would be kept for a year under a name that does not change"
    assert all(path.stat().st_mode & 0o004 for path in files), "nginx's workers may be someone else"
    assert packed_static_files(tmp_path) == folder
    assert list(tmp_path.iterdir()) == [folder]
