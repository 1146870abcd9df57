"""A throw-away PostgreSQL cluster: made for one test run, gone with it."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

#: The test run loses nothing that matters when the machine stops, so nothing waits for the disk.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
}


@dataclass(frozen=True)
class Cluster:
    """A running cluster. It listens on a socket in `directory` only."""

    directory: Path
    port: int
    programs: Path

    @property
    def address(self) -> str:
        """What HOGARTH_DATABASE says; the socket's place goes by PGHOST and PGPORT."""
        return "postgresql://postgres@/postgres"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOGARTH_DATABASE": self.address,
            "PGHOST": str(self.directory),
            "PGPORT": str(self.port),
        }

    def stop(self) -> None:
        with suppress(RuntimeError):  # it may not have got so far as to run
            _run(
                [self.programs / "pg_ctl", "-D", self.directory / "data", "-m", "immediate", "stop"]
            )
        shutil.rmtree(self.directory, ignore_errors=True)


def find_programs() -> Path | None:
    """Where initdb and its like are; Debian keeps them off the path. None when missing."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    places = [Path(found)] if found else debian
    return places[0].resolve().parent if places else None


def start_cluster(programs: Path) -> Cluster:
    """Make a cluster, which has an empty database `postgres`. Cost: some two seconds."""
    directory = Path(tempfile.mkdtemp(prefix="hogarth-pg-"))
    directory.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(directory, "postgres", "postgres")
    cluster = Cluster(directory, _free_port(), programs)
    data = directory / "data"
    try:
        _run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale", "C", "--no-sync"]
        )  # fmt: skip
        settings = [f"-c {name}={value}" for name, value in _SETTINGS.items()]
        settings.append(f"-c unix_socket_directories={directory} -p {cluster.port}")
        _run(
            [programs / "pg_ctl", "-D", data, "-w", "-l", directory / "log", "-o",
             " ".join(settings), "start"]
        )  # fmt: skip
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _run(command: list[str | Path]) -> None:
    """PostgreSQL refuses to run as root; its own user does it then."""
    lead = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*lead, *(str(part) for part in command)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        # A server started here must not hold our pipes open.
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr or done.stdout}")


def _free_port() -> int:
    """The port only names the socket, but another cluster of this machine may have that name."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port if port > 1024 else 20_000 + secrets.randbelow(20_000)
