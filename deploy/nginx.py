"""The nginx process: configured, checked, reloaded, stopped. ``python -m deploy.nginx`` is a container's front."""

import asyncio
import logging
import os
import shutil
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from deploy.front_config import Front, Upstream, render
from deploy.process_end import end_process
from deploy.static_files import packed_static_files

_LOG = logging.getLogger("serve")
PACKED = Path(sys.prefix) / "packed"
"""Where packed static files are kept; in an image they are made when it is built."""
_SECONDS_TO_STOP = 3.0
_LOG_BYTES_AT_ONCE = 65_536


def packed_folder(run: Path) -> Path:
    """Where packed static files belong: with this Python, or in ``run`` when nginx's workers could not enter there."""
    is_open = all(folder.stat().st_mode & 0o001 for folder in PACKED.parents)
    return PACKED if is_open or os.geteuid() != 0 else run


class NoNginxError(Exception):
    """nginx is missing or refuses its configuration; one sentence for the person at the terminal."""


def nginx_path() -> str:
    """The system's nginx, or the one that NGINX_PATH names."""
    found = shutil.which(os.environ.get("NGINX_PATH") or "nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise NoNginxError("nginx was not found: install it (apt-get install nginx-light), or set NGINX_PATH to it.")
    return found


def write_config(text: str, run: Path) -> list[str]:
    """Write a configuration into the run folder, have nginx check it, and return the command that serves it.

    A configuration that nginx refuses is not put in place.
    """
    run.mkdir(parents=True, exist_ok=True)
    run.chmod(0o711)  # its workers may be someone else
    config, tried = run / "nginx.conf", run / "nginx.conf.new"
    tried.write_text(text, encoding="utf-8")
    command = [nginx_path(), "-p", str(run), "-e", "stderr"]
    checked = subprocess.run([*command, "-t", "-q", "-c", str(tried)], stderr=subprocess.PIPE, text=True, check=False)
    if checked.returncode:
        raise NoNginxError(f"nginx refuses its configuration: {checked.stderr.strip()}")
    tried.replace(config)
    return [*command, "-c", str(config), "-g", "daemon off;"]


class Nginx:
    """nginx on this machine, below the launcher."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._log: asyncio.Task[None] | None = None
        self._served = ""

    @property
    def is_running(self) -> bool:
        """True from the first start until it ends."""
        return self._process is not None and self._process.returncode is None

    async def serve(self, front: Front) -> None:
        """Start, or take over what changed; websockets that are open stay open through a reload.

        When it raises, a running nginx goes on with the configuration that it has.
        """
        text = await asyncio.to_thread(render, front)
        if text == self._served:
            return
        command = await asyncio.to_thread(write_config, text, front.run)
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, start_new_session=True)
            self._log = asyncio.create_task(self._pass_on_log())
            written = front.run / "nginx.pid"  # made empty by the check, filled when the port is open
            while not written.read_text(encoding="utf-8") and self._process.returncode is None:
                await asyncio.sleep(0.05)
        elif self._process.returncode is None:
            self._process.send_signal(signal.SIGHUP)
        self._served = text

    async def _pass_on_log(self) -> None:
        """Through a pipe: nginx opens /dev/stdout anew, which a journal does not allow and a plain file garbles.

        It must be read whatever comes, or nginx waits for its reader and answers nobody.
        """
        assert self._process is not None
        assert self._process.stdout is not None
        is_told = False
        while chunk := await self._process.stdout.read(_LOG_BYTES_AT_ONCE):
            try:
                sys.stdout.buffer.write(chunk)
                sys.stdout.buffer.flush()
            except OSError as fault:  # a full disk, a reader that went away
                if not is_told:
                    _LOG.error("The log of requests cannot be written and is incomplete: %s", fault)
                is_told = True

    async def ended(self) -> None:
        """Wait until nginx has ended, or nobody reads its log any more, which would stop it."""
        if self._process is None or self._log is None:
            return
        waiting = asyncio.ensure_future(self._process.wait())
        try:
            await asyncio.wait({waiting, self._log}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()

    async def stop(self) -> None:
        """End nginx and its workers, those of earlier configurations too."""
        await end_process(self._process, _SECONDS_TO_STOP)


def main() -> None:
    """Become nginx before the replicas that REPLICAS names (number:port, separated by blanks)."""
    addresses = os.environ.get("REPLICAS", "127.0.0.1:8501").split()
    upstreams = tuple(Upstream(f"r{number}", address) for number, address in enumerate(addresses, 1))
    try:
        front = Front(upstreams, "0.0.0.0:8080", Path("/tmp/front"), packed_static_files(PACKED))
        command = write_config(render(front), front.run)
    except NoNginxError as fault:
        sys.exit(str(fault))
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
