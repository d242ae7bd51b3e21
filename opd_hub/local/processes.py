"""Child processes of a local run: none outlives us, and what an earlier run left is ended."""

import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from opd_hub.local.trouble import Trouble

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Child:
    """A process we started: leader of its own session, so that Ctrl-C reaches only us."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    record: Path

    def watch(self) -> None:
        """Raise with the end of its log when it has died."""
        code = self.process.poll()
        if code is not None:
            sentence = f"{self.name} berhenti sendiri (kode {code}); akhir catatannya:"
            raise Trouble(f"{sentence}\n{tail(self.log)}")


def start(
    name: str,
    command: Sequence[str],
    *,
    folder: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    answer: Path | None = None,
    dies_by: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start `command` with its log and its record under `folder`; it gets `dies_by` if we die.

    What it prints goes to its log as well, unless there is a file for its `answer`.
    """
    log, record = folder / "log" / f"{name}.log", folder / "run" / f"{name}.json"
    for file in (log, record):
        file.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as noted, open(answer or log, "ab") as said:
        process = subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=noted if answer else subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=tied_to_us(dies_by),
        )
    record.write_text(json.dumps(_identity(process.pid)))
    return Child(name, process, log, record)


def finish(
    name: str,
    command: Sequence[str],
    *,
    folder: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> str:
    """Run `command` to its end and give what it printed; raise with its log's end if it fails."""
    answer = folder / f"{name}.answer"
    answer.unlink(missing_ok=True)
    child = start(name, command, folder=folder, env=env, cwd=cwd, answer=answer)
    try:
        if code := child.process.wait():
            raise Trouble(f"{name} gagal (kode {code}); akhir catatannya:\n{tail(child.log)}")
        return answer.read_text()
    finally:
        stop(child, seconds=3)
        answer.unlink(missing_ok=True)


def tied_to_us(dies_by: signal.Signals) -> Callable[[], None]:
    """What a new child runs before its program: the kernel signals it when our thread ends."""
    parent = os.getpid()

    def tie() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, dies_by)
        if os.getppid() != parent:  # we died between fork and prctl: nobody would tell it
            os._exit(1)

    return tie


def stop(child: Child, seconds: float, by: signal.Signals = signal.SIGTERM) -> None:
    """Ask `child` to end, wait, then kill what is left of its session."""
    stop_together([child], seconds, by)


def stop_together(
    children: Sequence[Child], seconds: float, by: signal.Signals = signal.SIGTERM
) -> None:
    """The same for several, who share the waiting time."""
    for child in children:
        if child.process.poll() is None:
            child.process.send_signal(by)
    wait_gone(lambda: any(child.process.poll() is None for child in children), seconds)
    for child in children:
        _kill_session(child.process.pid)
        child.process.wait()
        child.record.unlink(missing_ok=True)


def end_leftovers(folder: Path, seconds: float = 5) -> None:
    """End what an earlier, killed run recorded under `folder`; nobody else's process is touched."""
    for record in (folder / "run").glob("*.json"):
        left = json.loads(record.read_text() or "{}")
        # A pid alone proves nothing: pids are used again, after a reboot above all.
        if left and left["boot"] == _boot() and _started(left["pid"]) in (None, left["started"]):
            _end(left["pid"], seconds)
        record.unlink()


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def members(session: int) -> list[int]:
    """The living processes of a session."""
    return [pid for pid in everyone() if (stat := _stat(pid)) and int(stat[3]) == session]


def everyone() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def wait_gone(alive: Callable[[], object], seconds: float) -> None:
    """Return when `alive` says nothing is, or when `seconds` are over."""
    end = time.monotonic() + seconds
    while alive() and time.monotonic() < end:
        time.sleep(0.05)


def _end(session: int, seconds: float) -> None:
    for pid in members(session):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    wait_gone(lambda: members(session), seconds)
    _kill_session(session)
    wait_gone(lambda: members(session), seconds)


def _kill_session(session: int) -> None:
    for pid in members(session):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _identity(pid: int) -> dict[str, int | str | None]:
    return {"pid": pid, "started": _started(pid), "boot": _boot()}


def _started(pid: int) -> int | None:
    """Clock ticks since boot, or None when there is no such process."""
    stat = _stat(pid)
    return int(stat[19]) if stat else None


def _stat(pid: int) -> list[str] | None:
    """Fields of /proc/PID/stat from the state on; None for the dead, zombies among them."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text[text.rindex(")") + 2 :].split()  # the name before it may hold blanks
    return None if fields[0] in "ZX" else fields


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
