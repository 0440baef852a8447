"""holdshort: put a person between an agent's intent and its effect.

One file, standard library only, Python 3.9 or later. Copy it next to your agent.

    from holdshort import Client

    with Client(name="deploy-agent") as client:
        outcome = client.run_step(
            "wf-918", "wf-918/1", "delete_production_data",
            {"table": "customers_2019"},
            do=lambda arguments: drop(arguments["table"]))
        if not outcome.ran:
            print("not done:", outcome.state, outcome.reason)

``run_step`` is the one way through every gate: propose, wait if told to, run with the arguments of
the *permit*, report. Whether the step waits is for the manifest to say, not for the agent.
``AsyncClient`` is the same for asyncio, method for method.

What the client promises:

- **Fail closed.** No answer, a broken answer or an answer for another step: nothing runs.
- **What was approved is what runs.** The permit's digest is computed anew from the arguments it
  carries; a difference raises ``DigestMismatch`` and the step is reported as not started.
- **It outlives the service.** A lost connection is opened again (0.05 s, doubling to 2 s) and every
  unanswered request is sent again: each is safe to repeat, so a waiting agent simply waits on.
- **Undo once, and never a late do.** Undo handlers are called once for each key, however often the
  service asks, and a step that was undone, even one that had not run yet, is never run afterwards.

A process killed between doing and reporting may be allowed the same step again when it is
restarted: write ``do`` so that doing it twice is the same as doing it once.
"""
from __future__ import annotations

import asyncio
import functools
import hashlib
import inspect
import json
import logging
import os
import random
import socket
import struct
import threading
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List, Optional, Set, Tuple, Type, TypeVar, Union

PROTOCOL = "holdshort/1"
FRAME_BYTES_MAX = 8 * 1024 * 1024
READER_LIMIT = 9 * 1024 * 1024
NUMBER_MAX = 2**53 - 1
LEVELS_MAX = 64
REFUSED = ("rejected", "timeout", "withdrawn")
BACKOFF_SECONDS = (0.05, 2.0)
HANDSHAKE_SECONDS = 10.0

Json = Any
JsonObject = Dict[str, Any]
T = TypeVar("T")
log = logging.getLogger("holdshort")


# ---------------------------------------------------------------------------------------- errors


class HoldshortError(Exception):
    """Something stood in the way. ``code`` to branch on, ``message`` to read, ``data`` to go on."""

    def __init__(self, code: Union[str, int], message: str, data: Optional[JsonObject] = None):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.data: JsonObject = data or {}

    @property
    def retry_after_seconds(self) -> Optional[float]:
        """When the service said to come back, if it did."""
        value = self.data.get("retry_after_seconds")
        return float(value) if isinstance(value, (int, float)) else None


# fmt: off
class Conflict(HoldshortError): """The step id was already proposed with other content."""
class Unwinding(HoldshortError): """The workflow is being undone; nothing new may start."""
class MustWait(HoldshortError): """The step may not run yet; ``data`` names what it waits for."""
class Halted(HoldshortError): """A person pressed the stop button."""
class UnlistedAction(HoldshortError): """The manifest refuses actions that it does not list."""
class TooMany(HoldshortError): """Too many open items; come back after ``retry_after_seconds``."""
class StoreUnavailable(HoldshortError): """The service cannot write its journal: no leave."""
class UnknownStep(HoldshortError): """The service has no such step."""
# Raised by the client itself:
class Unreachable(HoldshortError): """No service answered within the deadline."""
class WrongAnswer(HoldshortError): """The answer was malformed or for another step; discarded."""
class DigestMismatch(HoldshortError): """The permit's arguments are not those its digest names."""
class PermitExpired(HoldshortError): """The permit ended before the step could start."""
class StepMarked(HoldshortError): """The step's undo was asked for already, so it must never run."""
class FrameTooLarge(HoldshortError, ValueError): """The request is longer than a frame may be."""
# fmt: on


_BY_CODE: Dict[Any, Type[HoldshortError]] = {
    "unknown_step": UnknownStep, "conflict": Conflict, "unwinding": Unwinding,
    "must_wait": MustWait, "halted": Halted, "unlisted_action": UnlistedAction,
    "too_many": TooMany, "frame_too_large": FrameTooLarge,
    "store_unavailable": StoreUnavailable, "read_only": StoreUnavailable,
}


def _error_from(wire: Any) -> HoldshortError:
    """Turns a JSON-RPC error object into the exception for its code."""
    wire = wire if isinstance(wire, dict) else {}
    data = wire.get("data") if isinstance(wire.get("data"), dict) else {}
    code = data.get("code") or wire.get("code", -32603)
    return _BY_CODE.get(code, HoldshortError)(code, str(wire.get("message", "no message")), data)


class Retry(Exception):
    """Raised by an undo handler: not now, ask again after so many seconds."""

    def __init__(self, after_seconds: float, reason: str = "not now"):
        super().__init__(reason)
        self.after_seconds = after_seconds


class Terminal(Exception):
    """Raised by an undo handler: trying again is pointless; a person must look."""


# ------------------------------------------------------------------- canonical JSON and the digest


def canonical(value: Json) -> bytes:
    """The canonical form of a JSON value (RFC 8785), in UTF-8.

    Raises ``ValueError`` for what the protocol cannot say: keys that are no strings, numbers beyond
    2^53 - 1, NaN, lone surrogates, more than 64 levels.
    """
    return _canonical(value, 0).encode("utf-8")


def _canonical(value: Json, depth: int) -> str:
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        if not abs(value) <= NUMBER_MAX:
            raise ValueError(f"the number {value} is beyond 2^53 - 1")
        return _canonical_float(value) if isinstance(value, float) else int.__repr__(value)
    if depth == LEVELS_MAX:
        raise ValueError(f"more than {LEVELS_MAX} levels of arrays and objects")
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_canonical(element, depth + 1) for element in value) + "]"
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key of an object is not a string")
        # RFC 8785 orders keys by their UTF-16 code units, not by code point.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        members = (_canonical(key, 0) + ":" + _canonical(value[key], depth + 1) for key in keys)
        return "{" + ",".join(members) + "}"
    raise ValueError(f"{type(value).__name__} is not a JSON value")


def _canonical_float(value: float) -> str:
    """Writes a number as ECMAScript does; Python's shortest digits are the same, their form not."""
    if value == int(value):
        return str(int(value))
    mantissa, _, exponent = float.__repr__(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    if point > 0:
        text = digits[:point] + "." + digits[point:]
    elif point > -6:
        text = "0." + "0" * -point + digits
    else:
        text = f"{digits[0]}{'.' + digits[1:] if len(digits) > 1 else ''}e-{1 - point}"
    return "-" + text if value < 0 else text


def digest(account: str, workflow: str, step: str, action: str, arguments: JsonObject,
           undo: Optional[JsonObject]) -> str:
    """The digest that a reviewer approves and a permit carries.

    ``account`` is the one that the workflow belongs to, as the service's answer names it.
    ``undo`` is None or ``{"operation": …, "arguments": …}``.
    """
    content = {"account": account, "action": action, "arguments": arguments, "step": step,
               "undo": undo, "workflow": workflow}
    return "sha256:" + hashlib.sha256(canonical(content)).hexdigest()


# ------------------------------------------------------------------------------ what comes and goes


@dataclass(frozen=True)
class Answer:
    """The service's answer to ``propose`` or ``wait`` about one step.

    Only ``proceed`` allows the step to run, and only until ``valid_until``.
    """

    workflow: str
    step: str
    proceed: bool
    state: str
    digest: Optional[str]
    permit: Optional[str] = field(repr=False)
    valid_until: Optional[datetime]
    mode: Optional[str]
    provisional: bool
    reasons: List[str]
    decision: JsonObject
    arguments: Optional[JsonObject]
    raw: JsonObject = field(repr=False)

    @property
    def modified(self) -> bool:
        """Whether a reviewer changed the arguments."""
        return self.decision.get("modified") is True

    @staticmethod
    def read(raw: JsonObject) -> Answer:
        """Reads an answer; one that allows a run but lacks any part of the leave is refused."""
        try:
            permit, arguments = raw.get("permit") or {}, raw.get("arguments")
            proceed = raw.get("proceed")
            if not isinstance(proceed, bool):
                raise ValueError("proceed is missing")
            if arguments is not None and not isinstance(arguments, dict):
                raise ValueError("arguments are not an object")
            if proceed and not (isinstance(permit.get("id"), str)
                                and isinstance(raw.get("digest"), str)):
                raise ValueError("leave to proceed without a permit and a digest")
            until = permit.get("valid_until")
            return Answer(
                workflow=raw["workflow"], step=raw["step"], proceed=proceed,
                state=raw.get("state") or "", digest=raw.get("digest"),
                permit=permit.get("id"), valid_until=_time(until) if until else None,
                mode=raw.get("mode"), provisional=raw.get("provisional") is True,
                reasons=list(raw.get("reasons") or []), decision=dict(raw.get("decision") or {}),
                arguments=arguments, raw=raw)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise WrongAnswer("wrong_answer", f"malformed answer: {error}") from error


@dataclass(frozen=True)
class StepOutcome:
    """What became of one ``run_step``: it ran, or ``state`` and ``reason`` say why it did not.

    With ``repeated`` it had run and been reported before, and was not run again.
    """

    ran: bool
    state: str
    result: Any = None
    arguments: Optional[JsonObject] = None
    decision: JsonObject = field(default_factory=dict)
    reason: Optional[str] = None
    repeated: bool = False


@dataclass(frozen=True)
class Done:
    """Returned by a ``do`` that learnt something its undo needs, such as an id it created."""

    result: Any = None
    undo_arguments: Optional[JsonObject] = None


@dataclass(frozen=True)
class UndoCall:
    """One call of an undo handler. ``key`` stays the same over retries and restarts.

    With ``in_doubt`` the step began and nobody knows whether it took effect: look before undoing.
    With ``drill`` the manifest's drill command has just done something for show, under the same
    ``key``: undo that, as you would the real thing; ``result`` is what the command printed.
    Values that the manifest redacts stay redacted here: the service never had them to give back.
    """

    key: str
    workflow: str
    step: str
    operation: str
    arguments: JsonObject
    result: Any = None
    attempt: int = 1
    in_doubt: bool = False
    drill: bool = False


class UndoRecord:
    """Which steps were asked to be undone, and how that ended.

    Kept in memory and, given a directory, in ``undone.jsonl`` there, written through to the disk
    before anything else happens. Several processes may share the directory.
    """

    def __init__(self, directory: Union[str, Path, None] = None):
        self._outcomes: Dict[str, Tuple[str, str]] = {}
        self._marks: Set[Tuple[str, str]] = set()
        self._path: Optional[Path] = None
        self._offset = 0
        self._lock = threading.Lock()
        if directory is not None:
            folder = Path(directory)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path = folder / "undone.jsonl"

    def marked(self, workflow: str, step: str) -> bool:
        """Whether this step must never run any more."""
        with self._lock:
            self._catch_up()
            return (workflow, step) in self._marks

    def outcome(self, key: str) -> Optional[Tuple[str, str]]:
        """How the undo of this key ended (outcome, detail); None when it has not ended."""
        with self._lock:
            self._catch_up()
            return self._outcomes.get(key)

    def write(self, call: UndoCall, outcome: Optional[str] = None, detail: str = "") -> None:
        """Marks the step and, once there is one, keeps the outcome of its undo."""
        entry = {"key": call.key, "workflow": call.workflow, "step": call.step,
                 "outcome": outcome, "detail": detail}
        with self._lock:
            if self._path is not None:
                # The leading newline ends a line that a crash may have left half written.
                line = "\n" + json.dumps(entry) + "\n"
                file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    os.write(file, line.encode())
                    os.fsync(file)
                finally:
                    os.close(file)
            self._take(entry)

    def _catch_up(self) -> None:
        if self._path is None or not self._path.exists():
            return
        with open(self._path, "rb") as file:
            file.seek(self._offset)
            data = file.read()
        complete = data[: data.rfind(b"\n") + 1]
        self._offset += len(complete)
        for line in complete.splitlines():
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError):
                if line:
                    log.warning("a half-written line in %s is passed over", self._path)

    def _take(self, entry: JsonObject) -> None:
        self._marks.add((entry["workflow"], entry["step"]))
        if entry["outcome"] is not None:
            self._outcomes[entry["key"]] = (entry["outcome"], entry["detail"])


_NOTHING = object()


def restore(returned: Json, proposed: Json) -> Json:
    """Puts values that the service keeps only as ``{"$redacted": "hmac:…"}`` back in clear.

    Raises ``HoldshortError`` when no clear value was proposed at that place.
    """
    if isinstance(returned, dict):
        if set(returned) == {"$redacted"} and proposed != returned:
            if proposed is _NOTHING:
                raise HoldshortError(
                    "redacted", "a redacted value stands where no clear value was proposed")
            return proposed
        clear = proposed if isinstance(proposed, dict) else {}
        return {key: restore(value, clear.get(key, _NOTHING)) for key, value in returned.items()}
    if isinstance(returned, list):
        # With elements added or removed nobody can say which secret belongs where.
        same = isinstance(proposed, (list, tuple)) and len(proposed) == len(returned)
        return [restore(value, proposed[index] if same else _NOTHING)
                for index, value in enumerate(returned)]
    return returned


def plain(text: Any) -> str:
    """Text made safe for a terminal: one line, nothing that moves the cursor or hides."""
    return "".join(character if character.isprintable() else "\ufffd" for character in str(text))


def default_socket() -> Path:
    """Where the service's agent socket is, as the service itself decides it."""
    own, session = os.environ.get("HOLDSHORT_RUNTIME_DIR"), os.environ.get("XDG_RUNTIME_DIR")
    if own:
        return Path(own) / "agent.sock"
    if session:
        return Path(session) / "holdshort" / "agent.sock"
    return Path.home() / ".local" / "state" / "holdshort" / "run" / "agent.sock"


def _time(text: str) -> datetime:
    if not text.endswith("Z"):
        raise ValueError(f"{text} is not a time in UTC")
    return datetime.fromisoformat(text[:-1] + "+00:00")


def _parse(line: bytes) -> JsonObject:
    """Reads one line as the JSON object it must be; anything else is a ``ValueError``."""

    def members(pairs: List[Tuple[str, Any]]) -> JsonObject:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key stands twice in one object")
        return found

    def constant(text: str) -> None:
        raise ValueError(f"{text} is not JSON")

    try:
        message = json.loads(line.decode("utf-8"), object_pairs_hook=members,
                             parse_constant=constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(message, dict):
        raise ValueError("not an object")
    return message


def _encode(message: JsonObject) -> bytes:
    return canonical(message) + b"\n"


def _sayable(text: Any) -> str:
    """The text without the lone surrogates that Python keeps for bytes it could not read."""
    return str(text).encode("utf-8", "replace").decode("utf-8")


async def _maybe_async(function: Callable[..., Any], *arguments: Any) -> Any:
    """Calls a coroutine function here, and an ordinary one in a thread, so that it may block."""
    if inspect.iscoroutinefunction(function):
        return await function(*arguments)
    value = await asyncio.to_thread(function, *arguments)
    return await value if inspect.isawaitable(value) else value


# ------------------------------------------------------------------------------------- the client


class _Session:
    """The connection to the service: opened again whenever it is lost, nothing sent is forgotten.

    Every request stays in ``_pending`` until its own answer comes, and goes out again with each new
    connection. Answers may come in any order.
    """

    def __init__(self, socket_path: Union[str, Path, None], name: str, version: str,
                 deadline_seconds: Optional[float], server_uid: Optional[int]):
        self.socket_path = Path(socket_path) if socket_path else default_socket()
        self.deadline_seconds = deadline_seconds
        self.server: JsonObject = {}
        self._client = {"name": name, "version": version}
        self._server_uid = server_uid
        self._pending: Dict[Any, Tuple[bytes, asyncio.Future[Any]]] = {}
        self._last_id = 0
        self._writer: Optional[asyncio.StreamWriter] = None
        self._supervisor: Optional[asyncio.Task[None]] = None
        self._opened: Optional[asyncio.Future[None]] = None
        self._backoff = BACKOFF_SECONDS[0]
        self._down_since = 0.0
        self._end: Optional[HoldshortError] = None
        self._tasks: Set[asyncio.Task[Any]] = set()
        self.on_open: Callable[[], List[JsonObject]] = lambda: []
        self.on_request: Callable[[str, JsonObject], Awaitable[JsonObject]]
        self.on_notification: Optional[Callable[[str, JsonObject], Any]] = None

    def start(self) -> None:
        """Starts to keep a connection, if that has not begun."""
        if self._end is not None:
            raise self._end
        if self._supervisor is None:
            self._supervisor = asyncio.get_running_loop().create_task(self._supervise())

    async def connect(self) -> None:
        """Returns once the session is open; raises ``Unreachable`` at the deadline."""
        self.start()
        if self._writer is None:
            if self._opened is None or self._opened.done():
                self._opened = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._opened)

    async def close(self) -> None:
        """Closes the connection; what is still unanswered fails."""
        self._end = self._end or HoldshortError("closed", "the client was closed")
        tasks = [task for task in [self._supervisor, *self._tasks] if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._fail_pending(self._end)

    async def request(self, method: str, params: JsonObject,
                      timeout_seconds: Optional[float] = None) -> Any:
        """Sends one request and returns its result, through any number of reconnections."""
        self.start()
        self._last_id += 1
        identifier = self._last_id
        frame = _encode({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params})
        limit = (self.server.get("limits") or {}).get("max_frame_bytes", FRAME_BYTES_MAX)
        if len(frame) > limit:
            raise FrameTooLarge("frame_too_large", f"{len(frame)} bytes, {limit} at most")
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._pending[identifier] = (frame, future)
        if self._writer is not None:
            self._writer.write(frame)
        try:
            return await asyncio.wait_for(future, timeout_seconds)
        except asyncio.TimeoutError:
            raise Unreachable("unreachable", f"no answer to {method} in time") from None
        finally:
            self._pending.pop(identifier, None)

    def _fail_pending(self, error: HoldshortError) -> None:
        futures = [future for _, future in self._pending.values()]
        if self._opened is not None:
            futures.append(self._opened)
        for future in futures:
            if not future.done():
                future.set_exception(error)
                future.exception()  # counts as seen, if nobody awaits it any more

    async def _supervise(self) -> None:
        loop = asyncio.get_running_loop()
        self._down_since = loop.time()
        while True:
            try:
                await self._live_once()
                reason = "the service closed the connection"
            except HoldshortError as error:
                if error.code in ("unsupported_protocol", "forbidden", -32601, -32602):
                    self._end = error
                    self._fail_pending(error)
                    return
                reason = str(error)
            except Exception as error:  # whatever it was, the cure is a new connection
                reason = f"{type(error).__name__}: {error}"
            log.info("not connected to %s: %s", self.socket_path, reason)
            pause = self._backoff * random.uniform(0.5, 1.0)
            self._backoff = min(self._backoff * 2, BACKOFF_SECONDS[1])
            if self.deadline_seconds is not None:
                left = self._down_since + self.deadline_seconds - loop.time()
                if left <= 0:
                    self._fail_pending(Unreachable(
                        "unreachable", f"no service at {self.socket_path}: {reason}"))
                pause = min(pause, left) if left > 0 else pause
            await asyncio.sleep(pause)

    async def _live_once(self) -> None:
        """One connection, from connecting to its end."""
        patience = min(HANDSHAKE_SECONDS, self.deadline_seconds or HANDSHAKE_SECONDS)
        reader, writer = await asyncio.wait_for(
            asyncio.open_unix_connection(str(self.socket_path), limit=READER_LIMIT), patience)
        try:
            self._check_peer(writer)
            opening = {"jsonrpc": "2.0", "id": 0, "method": "session.open",
                       "params": {"protocol": PROTOCOL, "client": self._client}}
            writer.write(_encode(opening))
            answer = _parse(await asyncio.wait_for(_line(reader), patience))
            if answer.get("id") != 0:
                raise ValueError("the first answer is not the one to session.open")
            if "error" in answer:
                raise _error_from(answer["error"])
            self.server = dict(answer["result"])
            if self.server.get("protocol") != PROTOCOL:
                raise HoldshortError("unsupported_protocol", "the service speaks another protocol")
            for number, request in enumerate(self.on_open()):
                writer.write(_encode({"jsonrpc": "2.0", "id": f"open-{number}", **request}))
            for frame, _ in list(self._pending.values()):
                writer.write(frame)
            self._writer = writer
            if self._opened is not None and not self._opened.done():
                self._opened.set_result(None)
            while True:
                self._receive(_parse(await _line(reader)), writer)
        finally:
            if self._writer is not None:
                self._writer, self._down_since = None, asyncio.get_running_loop().time()
            writer.close()

    def _check_peer(self, writer: asyncio.StreamWriter) -> None:
        """Refuses a server of another user than the expected one (Linux)."""
        if self._server_uid is None:
            return
        raw = writer.get_extra_info("socket").getsockopt(
            socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("iII"))
        _, uid, _ = struct.unpack("iII", raw)
        if uid != self._server_uid:
            raise PermissionError(f"the service runs as uid {uid}, not {self._server_uid}")

    def _receive(self, message: JsonObject, writer: asyncio.StreamWriter) -> None:
        if "method" in message:
            method, params = str(message["method"]), message.get("params")
            params = params if isinstance(params, dict) else {}
            if "id" in message:
                self._spawn(self._answer(message["id"], method, params, writer))
            elif self.on_notification is not None:
                try:
                    told = self.on_notification(method, params)
                    if inspect.isawaitable(told):
                        self._spawn(told)
                except Exception:
                    log.exception("the notification callback failed on %s", method)
            return
        identifier = message.get("id")
        _, future = self._pending.get(identifier, (b"", None))
        if future is None and "error" in message:
            log.warning("the service refused: %s", _error_from(message["error"]))
            if identifier is None and _error_from(message["error"]).code == "frame_too_large":
                # It cannot say which one it was; sending that one again would never end.
                _, future = max(self._pending.values(), key=lambda entry: len(entry[0]),
                                default=(b"", None))
        if future is None or future.done():
            return
        self._backoff = BACKOFF_SECONDS[0]
        if "error" in message:
            future.set_exception(_error_from(message["error"]))
        else:
            future.set_result(message.get("result"))

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, identifier: Any, method: str, params: JsonObject,
                      writer: asyncio.StreamWriter) -> None:
        """Answers a request of the service on the connection that it came on, if still up."""
        reply: JsonObject = {"jsonrpc": "2.0", "id": identifier}
        try:
            reply["result"] = await self.on_request(method, params)
        except Retry as error:
            reply["error"] = {"code": -32000, "message": _sayable(error),
                              "data": {"retry_after_seconds": error.after_seconds}}
        except Terminal as error:
            reply["error"] = {"code": -32000, "message": _sayable(error),
                              "data": {"terminal": True}}
        except HoldshortError as error:
            code = error.code if isinstance(error.code, int) else -32000
            reply["error"] = {"code": code, "message": _sayable(error.message)}
        except Exception as error:
            log.exception("%s failed", method)
            reply["error"] = {"code": -32000,
                              "message": _sayable(f"{type(error).__name__}: {error}")}
        if writer is self._writer:
            writer.write(_encode(reply))


async def _line(reader: asyncio.StreamReader) -> bytes:
    line = await reader.readline()  # ValueError when it is longer than READER_LIMIT
    if not line.endswith(b"\n"):
        raise ConnectionError("the service closed the connection")
    return line


class AsyncClient:
    """An agent's side of the gate, for asyncio. Use it with ``async with``, or connect and close.

    - ``socket_path``: the agent socket; by default where the service puts it.
    - ``state_dir``: keeps the undo record over restarts. Give one if you serve undos.
    - ``deadline_seconds``: requests fail with ``Unreachable`` once the service has been away so
      long; by default they wait for it for ever.
    - ``server_uid``: refuse a service that does not run as this user.
    - ``on_notification(method, params)``: told of ``item.decided``, ``workflow.unwinding``,
      ``workflow.unwound`` and ``workflow.stuck``.
    """

    def __init__(self, socket_path: Union[str, Path, None] = None, *, name: str = "agent",
                 version: str = "1", state_dir: Union[str, Path, None] = None,
                 deadline_seconds: Optional[float] = None, server_uid: Optional[int] = None,
                 on_notification: Optional[Callable[[str, JsonObject], Any]] = None):
        self._session = _Session(socket_path, name, version, deadline_seconds, server_uid)
        self._session.on_open = self._offers
        self._session.on_request = self._serve
        self._session.on_notification = on_notification
        self._record = UndoRecord(state_dir)
        self._handlers: Dict[str, Callable[[UndoCall], Any]] = {}
        self._offered: Optional[JsonObject] = None
        self._undoing: Dict[str, asyncio.Task[JsonObject]] = {}
        self._running: Set[Tuple[str, str]] = set()

    async def __aenter__(self) -> AsyncClient:
        try:
            await self.connect()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()

    async def connect(self) -> None:
        """Opens the session; without this, the first request does."""
        await self._session.connect()

    async def close(self) -> None:
        """Closes the connection. The workflow stays as it is: a later client goes on with it."""
        if self._undoing:
            await asyncio.wait(list(self._undoing.values()), timeout=5)
        await self._session.close()

    @property
    def server(self) -> JsonObject:
        """What the service said of itself and of us when the session was opened."""
        return self._session.server

    # -- the gate, move by move

    async def propose(self, workflow: str, step: str, action: str, arguments: JsonObject, *,
                      summary: Optional[str] = None, context: Optional[List[JsonObject]] = None,
                      risk: Optional[float] = None, undo: Optional[JsonObject] = None,
                      depends_on: Optional[List[str]] = None, checkpoint: Json = None) -> Answer:
        """Says what the agent wants to do. The same step id with the same content is one step."""
        params: JsonObject = {"workflow": workflow, "step": step, "action": action,
                              "arguments": arguments, "summary": summary, "context": context,
                              "risk": risk, "undo": undo, "depends_on": depends_on,
                              "checkpoint": checkpoint}
        params = {key: value for key, value in params.items() if value is not None}
        return Answer.read(await self.request("step.propose", params))

    async def wait(self, workflow: str, step: str,
                   timeout_seconds: Optional[float] = None) -> Answer:
        """Waits until the step may run or never will. Safe to repeat, after any crash."""
        params: JsonObject = {"workflow": workflow, "step": step}
        patience = None
        if timeout_seconds is not None:
            params["timeout_seconds"] = timeout_seconds
            patience = timeout_seconds + 5
        return Answer.read(await self.request("step.wait", params, patience))

    async def finish(self, workflow: str, step: str, permit: str, outcome: str,
                     result: Optional[JsonObject] = None,
                     undo_arguments: Optional[JsonObject] = None) -> Any:
        """Reports how the run ended: ``succeeded``, ``failed`` or ``not_started``."""
        params: JsonObject = {"workflow": workflow, "step": step, "permit": permit,
                              "outcome": outcome, "result": result or {}}
        if undo_arguments is not None:
            params["undo"] = {"arguments": undo_arguments}
        return await self.request("step.finish", params)

    async def withdraw(self, workflow: str, step: str, reason: str) -> Any:
        """Takes a proposal back."""
        return await self.request(
            "step.withdraw", {"workflow": workflow, "step": step, "reason": reason})

    async def request(self, method: str, params: JsonObject,
                      timeout_seconds: Optional[float] = None) -> Any:
        """Sends any request of the protocol and returns its result as it came.

        An answer that is about another workflow or step is discarded, and the request repeated.
        """
        for _ in range(3):
            raw = await self._session.request(method, params, timeout_seconds)
            about = raw if isinstance(raw, dict) else {}
            if all(about.get(name, params.get(name)) == params.get(name)
                   for name in ("workflow", "step") if name in params):
                return raw
            log.warning("discarded an answer to %s that was for another step", method)
        raise WrongAnswer("wrong_answer", f"no answer to {method} was for what it asked")

    # -- the gate, in one call

    async def run_step(self, workflow: str, step: str, action: str, arguments: JsonObject,
                       do: Callable[[JsonObject], Any], *, undo: Optional[JsonObject] = None,
                       on_wait: Optional[Callable[[Answer], Any]] = None,
                       timeout_seconds: Optional[float] = None, **proposal: Any) -> StepOutcome:
        """Takes one step through its gate: propose, wait, run ``do``, report.

        ``do`` gets the *permitted* arguments, which a reviewer may have changed, and returns its
        result or ``Done``. An ordinary function runs in a thread. What it raises is reported as
        ``failed`` and raised again; when it is cancelled nothing is reported, and the service
        counts the step as perhaps done. ``on_wait`` is told when the step has to wait.

        ``undo`` is ``{"operation": …, "arguments": …}``; leave out the operation and it is the
        manifest's, leave it out altogether if the step cannot be undone. ``proposal`` takes what
        ``propose`` takes: ``summary``, ``context``, ``risk``, ``depends_on``, ``checkpoint``.
        """
        answer = await self._begin(workflow, step, action, arguments, undo=undo, on_wait=on_wait,
                                   timeout_seconds=timeout_seconds, **proposal)
        if not answer.proceed:
            return await self._not_run(answer)
        error: Optional[Exception] = None
        done: Any = None
        try:
            done = await _maybe_async(do, answer.arguments)
        except Exception as caught:
            error = caught
        finally:
            self._running.discard((workflow, step))
        return await self._report(answer, done, error)

    async def _begin(self, workflow: str, step: str, action: str, arguments: JsonObject, *,
                     undo: Optional[JsonObject], on_wait: Optional[Callable[[Answer], Any]],
                     timeout_seconds: Optional[float], **proposal: Any) -> Answer:
        """Everything before the run. An answer that proceeds carries the clear arguments to run."""
        self._refuse_if_marked(workflow, step)
        answer = await self.propose(workflow, step, action, arguments, undo=undo, **proposal)
        if answer.proceed and (answer.arguments is None or "undo" not in answer.raw):
            answer = await self.wait(workflow, step, timeout_seconds)
        elif not answer.proceed and answer.state not in REFUSED:
            if on_wait is not None:
                on_wait(answer)
            answer = await self.wait(workflow, step, timeout_seconds)
        if not answer.proceed:
            return answer
        try:
            granted = _check(answer, action, arguments)
            self._refuse_if_marked(workflow, step)
        except (HoldshortError, ValueError):
            await self.finish(workflow, step, str(answer.permit), "not_started")
            raise
        self._running.add((workflow, step))
        return Answer(**{**vars(answer), "arguments": granted})

    async def _not_run(self, answer: Answer) -> StepOutcome:
        """Why it may not run: refused, still pending, or it had run before we were restarted."""
        reason = answer.decision.get("reason") or ", ".join(answer.reasons) or None
        if answer.permit is not None:
            # It came too late, and the undo waits for a report. "failed": we may have begun it
            # before a restart, so there may be something to undo.
            await self.finish(answer.workflow, answer.step, answer.permit, "failed",
                              {"error": "it was not run: the workflow is being undone"})
        if answer.state not in REFUSED:
            steps = (await self.get_workflow(answer.workflow)).get("steps") or []
            past = [entry.get("outcome") for entry in steps if entry.get("step") == answer.step]
            if past == ["succeeded"]:
                return StepOutcome(True, answer.state, answer.raw.get("result"), answer.arguments,
                                   answer.decision, reason, repeated=True)
            if past and past[0]:
                reason = f"reported as {past[0]} before"
        return StepOutcome(False, answer.state, decision=answer.decision, reason=reason)

    async def _report(self, answer: Answer, done: Any, error: Optional[Exception]) -> StepOutcome:
        """Everything after the run. What was done must be told, so a full store is waited for."""
        done = done if isinstance(done, Done) else Done(done)
        result = {} if done.result is None else done.result
        result = result if isinstance(result, dict) else {"value": result}
        outcome = "succeeded"
        if error is not None:
            outcome, result = "failed", {"error": f"{type(error).__name__}: {error}"}
        for attempt in range(30):
            try:
                await self.finish(answer.workflow, answer.step, str(answer.permit), outcome,
                                  result, done.undo_arguments)
                break
            except ValueError:
                if attempt > 0:
                    raise
                result = {"text": ascii(result)[:10_000]}  # not JSON, or too much of it
            except (StoreUnavailable, TooMany) as refusal:
                if attempt == 29:
                    raise
                await asyncio.sleep(refusal.retry_after_seconds or min(2.0, 0.1 * 2**attempt))
        if error is not None:
            raise error
        return StepOutcome(True, answer.state, done.result, answer.arguments, answer.decision,
                           answer.decision.get("reason"))

    # -- workflow and checkpoint

    async def open_workflow(self, workflow: str, title: str = "",
                            labels: Optional[Dict[str, str]] = None) -> Any:
        """Names a workflow for the people who will see it; the first proposal opens it too."""
        return await self.request(
            "workflow.open", {"workflow": workflow, "title": title, "labels": labels or {}})

    async def get_workflow(self, workflow: str) -> Any:
        """The workflow as it stands."""
        return await self.request("workflow.get", {"workflow": workflow})

    async def settle_workflow(self, workflow: str,
                              timeout_seconds: Optional[float] = None) -> Any:
        """Waits until nothing is pending and nothing is unwinding; each step's outcome."""
        params: JsonObject = {"workflow": workflow}
        if timeout_seconds is not None:
            params["timeout_seconds"] = timeout_seconds
        return await self.request("workflow.settle", params)

    async def finish_workflow(self, workflow: str, outcome: str = "succeeded") -> Any:
        """Ends the workflow; refused while items are pending."""
        return await self.request("workflow.finish", {"workflow": workflow, "outcome": outcome})

    async def save_checkpoint(self, workflow: str, checkpoint: Json,
                              step: Optional[str] = None) -> Any:
        """Stores what the agent needs to go on after a restart. Durable once it returns."""
        params: JsonObject = {"workflow": workflow, "checkpoint": checkpoint}
        if step is not None:
            params["step"] = step
        return await self.request("checkpoint.save", params)

    async def load_checkpoint(self, workflow: str) -> Json:
        """The last checkpoint of this workflow; None when there is none."""
        found = await self.request("checkpoint.load", {"workflow": workflow})
        return found.get("checkpoint") if isinstance(found, dict) else None

    # -- undo

    def undo(self, operation: str) -> Callable[[Callable[[UndoCall], T]], Callable[[UndoCall], T]]:
        """Registers the decorated function as the handler of an undo operation.

        It gets an ``UndoCall`` and returns ``undone``, ``already_undone`` or ``not_applied``, or
        such a word and a detail, or nothing for ``undone``. It may raise ``Retry`` or ``Terminal``;
        anything else that it raises counts as one failed attempt. Offer the registered operations
        with ``serve_undos``.
        """

        def register(handler: Callable[[UndoCall], T]) -> Callable[[UndoCall], T]:
            self._handlers[operation] = handler
            return handler

        return register

    async def serve_undos(self, workflows: Optional[List[str]] = None) -> None:
        """Offers every registered operation (for these workflows only, if named) from now on."""
        params: JsonObject = {"operations": sorted(self._handlers)}
        if workflows is not None:
            params["workflows"] = workflows
        self._offered = params
        await self.request("undo.serve", params)

    def marked(self, workflow: str, step: str) -> bool:
        """Whether the undo of this step was asked for, so that it must never run."""
        return self._record.marked(workflow, step)

    def _refuse_if_marked(self, workflow: str, step: str) -> None:
        if self.marked(workflow, step):
            raise StepMarked("step_marked", f"{step} has been undone; it may not run any more")

    def _offers(self) -> List[JsonObject]:
        return [{"method": "undo.serve", "params": self._offered}] if self._offered else []

    async def _serve(self, method: str, params: JsonObject) -> JsonObject:
        if method != "undo.run":
            raise HoldshortError(-32601, f"an agent does not serve {method}")
        try:
            names = UndoCall.__dataclass_fields__
            call = UndoCall(**{name: params[name] for name in names if name in params})
        except TypeError as error:
            raise HoldshortError(-32602, str(error)) from error
        if call.operation not in self._handlers:
            raise HoldshortError(-32601, f"no handler for {call.operation}")
        # Asked again while the first call still runs (after a restart): one run, two answers.
        task = self._undoing.get(call.key)
        if task is None:
            task = asyncio.ensure_future(self._undo_once(call))
            self._undoing[call.key] = task
            task.add_done_callback(lambda _: self._undoing.pop(call.key, None))
        return await asyncio.shield(task)

    async def _undo_once(self, call: UndoCall) -> JsonObject:
        before = self._record.outcome(call.key)
        if before is not None:
            word = "not_applied" if before[0] == "not_applied" else "already_undone"
            return {"outcome": word, "detail": before[1]}
        # The mark comes first: from here on the step can no longer start.
        self._record.write(call)
        if (call.workflow, call.step) in self._running:
            raise Retry(1, "the step is still running")
        reply = await self._undo(call)
        self._record.write(call, reply["outcome"], reply["detail"])
        return reply

    async def _undo(self, call: UndoCall) -> JsonObject:
        said = await _maybe_async(self._handlers[call.operation], call)
        outcome, detail = said if isinstance(said, tuple) else (said or "undone", "")
        if outcome not in ("undone", "already_undone", "not_applied"):
            raise ValueError(f"the handler of {call.operation} returned {outcome!r}")
        return {"outcome": outcome, "detail": _sayable(detail)}


def _check(answer: Answer, action: str, proposed: JsonObject) -> JsonObject:
    """Checks that the permit is for what its digest says, and returns the arguments in clear."""
    if answer.arguments is None or "undo" not in answer.raw:
        raise WrongAnswer("wrong_answer", "a permit without the arguments and the undo it is for")
    # Digested as returned: the service knows no clear form of what the manifest redacts.
    matches = answer.digest == digest(
        answer.raw.get("account", ""), answer.workflow, answer.step, action, answer.arguments,
        answer.raw["undo"])
    granted: JsonObject = restore(answer.arguments, proposed)
    if not answer.modified:
        matches = (matches and canonical(granted) == canonical(proposed)
                   and answer.decision.get("digest", answer.digest) == answer.digest)
    if not matches:
        raise DigestMismatch("digest_mismatch", "the permit is not for the arguments it carries",
                             {"digest": answer.digest, "arguments": answer.arguments})
    if answer.valid_until is not None and answer.valid_until <= datetime.now(timezone.utc):
        raise PermitExpired("permit_expired", f"the permit ended at {answer.valid_until}")
    return granted


# -------------------------------------------------------------------------------- the blocking form


def _blocking(method: Callable[..., Awaitable[T]]) -> Callable[..., T]:
    """The blocking form of an ``AsyncClient`` method, with its signature and its description."""

    @functools.wraps(method)
    def call(self: Client, *arguments: Any, **options: Any) -> T:
        result: T = self._call(method(self._core, *arguments, **options))
        return result

    return call


class Client:
    """The same for programs without asyncio: every call blocks until it has its answer.

    Takes the arguments of ``AsyncClient`` and may be used from several threads. ``do`` runs in the
    thread that called ``run_step``; undo handlers run in threads of their own, and the notification
    callback in the client's, where it must not call the client.
    """

    def __init__(self, socket_path: Union[str, Path, None] = None, **options: Any):
        self._core = AsyncClient(socket_path, **options)
        self.undo, self.marked = self._core.undo, self._core.marked
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    @property
    def server(self) -> JsonObject:
        """What the service said of itself and of us when the session was opened."""
        return self._core.server

    def _call(self, work: Any) -> Any:
        if threading.current_thread() is self._thread or self._loop.is_closed():
            work.close()
            raise RuntimeError("a closed client, or a call from the notification callback")
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()  # Ctrl-C leaves the request unanswered, not running on
            raise

    def __enter__(self) -> Client:
        try:
            self.connect()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection and ends the client's thread."""
        if self._loop.is_closed():
            return
        self._call(self._core.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run_step(self, workflow: str, step: str, action: str, arguments: JsonObject,
                 do: Callable[[JsonObject], Any], *, undo: Optional[JsonObject] = None,
                 on_wait: Optional[Callable[[Answer], Any]] = None,
                 timeout_seconds: Optional[float] = None, **proposal: Any) -> StepOutcome:
        """Takes one step through its gate; see ``AsyncClient.run_step``."""
        core = self._core
        answer = self._call(core._begin(workflow, step, action, arguments, undo=undo,
                                        on_wait=on_wait, timeout_seconds=timeout_seconds,
                                        **proposal))
        outcome: StepOutcome
        if not answer.proceed:
            outcome = self._call(core._not_run(answer))
            return outcome
        error: Optional[Exception] = None
        done: Any = None
        try:
            done = do(answer.arguments)
        except Exception as caught:
            error = caught
        finally:
            self._loop.call_soon_threadsafe(core._running.discard, (workflow, step))
        outcome = self._call(core._report(answer, done, error))
        return outcome

    connect = _blocking(AsyncClient.connect)
    propose = _blocking(AsyncClient.propose)
    wait = _blocking(AsyncClient.wait)
    finish = _blocking(AsyncClient.finish)
    withdraw = _blocking(AsyncClient.withdraw)
    request = _blocking(AsyncClient.request)
    open_workflow = _blocking(AsyncClient.open_workflow)
    get_workflow = _blocking(AsyncClient.get_workflow)
    settle_workflow = _blocking(AsyncClient.settle_workflow)
    finish_workflow = _blocking(AsyncClient.finish_workflow)
    save_checkpoint = _blocking(AsyncClient.save_checkpoint)
    load_checkpoint = _blocking(AsyncClient.load_checkpoint)
    serve_undos = _blocking(AsyncClient.serve_undos)
