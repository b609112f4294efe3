"""What make serve starts, two processes behind nginx, with sign-in set up: at the front's address."""

import os
import re
import subprocess
import sys
from pathlib import Path

from deploy.nginx import nginx_path
from tests.deploy.conftest import ROOT, SECONDS_TO_START, SECONDS_TO_STOP, free_port, wait_until
from tests.login.conftest import Provider, as_toml, auth


class GuardedFront:
    """nginx and two replicas with one secrets file; what all of them say is kept."""

    def __init__(self, folder: Path, provider: Provider) -> None:
        nginx_path()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        secrets, self._said = folder / "secrets.toml", folder / "log"
        secrets.write_text(as_toml({"auth": dict(auth(self.url, provider.url))}), encoding="utf-8")
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "deploy.serve", "--port", str(port), "--processes", "2"],
                cwd=ROOT,
                env={**os.environ, "STREAMLIT_SECRETS_FILES": str(secrets)},
                stdout=said,
                stderr=said,
            )

    def wait_until_up(self) -> None:
        """Both replicas have been visited."""
        wait_until(lambda: "Ready: " in self.log or self._process.poll() is not None, SECONDS_TO_START, "it is up")
        assert self._process.poll() is None, self.log[-2000:]

    @property
    def log(self) -> str:
        return self._said.read_text(encoding="utf-8")

    @property
    def requests(self) -> list[str]:
        """The front's own lines: one a request."""
        return [line for line in self.log.splitlines() if re.match(r"\S+ \d{3} [A-Z]+ /", line)]

    def stop(self) -> None:
        """End nginx and the replicas."""
        self._process.terminate()
        self._process.wait(timeout=SECONDS_TO_STOP)
