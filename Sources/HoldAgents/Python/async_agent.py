"""An asynchronous agent: it acts, works on while people review, and can take everything back.

    python3 async_agent.py --socket agent.sock --dir data [--count 4]

Each step creates a file under an async gate: the file is there at once, the decision comes later.
Each step has an undo, registered below: removing that file. When one item is rejected or times out,
the service has what depends on it undone, newest first, and this agent removes those files.
When too many steps are undecided, the service makes the next one wait; nothing here needs to know.

Prints one line for each thing that happens. Exits with 0 when all was approved and is there,
10 rejected or 11 timed out (and what depended on it is undone), 12 withdrawn, 69 no service,
1 failed.
"""
from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any, Dict, List

from holdshort import (Answer, AsyncClient, Done, HoldshortError, StepMarked, StepOutcome, Terminal,
                       UndoCall, Unreachable, Unwinding, plain)

REFUSALS = {"rejected": 10, "timeout": 11, "withdrawn": 12}


def say(text: str) -> None:
    print(plain(text), flush=True)


class AsyncHITLAgent:
    """Runs its steps without waiting for the decisions on them, as far as the service lets it."""

    def __init__(self, client: AsyncClient, workflow: str, directory: Path, action: str,
                 operation: str, count: int):
        self.client = client
        self.workflow = workflow
        self.directory = directory.resolve()
        self.action = action
        self.operation = operation
        self.names = [f"environment-{number}.json" for number in range(1, count + 1)]
        self.created: Dict[str, str] = {}  # step: path, as permitted

        @client.undo(operation)
        def remove(call: UndoCall) -> str:
            """Takes one step back. Called once for each step, newest first."""
            path = self.inside(call.arguments)
            try:
                path.unlink()
            except FileNotFoundError:
                # It never ran (the client now refuses to run it late), or it is gone already.
                say(f"undo {call.step}: {path.name} is not there")
                return "not_applied" if call.in_doubt else "already_undone"
            say(f"undo {call.step}: removed {path.name}")
            return "undone"

    async def run(self) -> int:
        """One life of this agent, whether it is the first or follows a crash."""
        await self.client.serve_undos([self.workflow])
        await self.client.open_workflow(self.workflow, title="Provision test environments")
        saved = await self.client.load_checkpoint(self.workflow)
        first = saved["next"] if saved else 0
        if saved:
            say(f"resumed from checkpoint: step {first + 1} of {len(self.names)}")
        await self.continue_workflow(first)
        say("waiting until everything is decided")
        return await self.conclude(await self.client.settle_workflow(self.workflow))

    async def continue_workflow(self, first: int) -> None:
        """Goes through the steps; stops when the service says that the workflow is unwinding."""
        for index in range(first, len(self.names)):
            try:
                outcome = await self.execute_with_async_gate(index)
            except (Unwinding, StepMarked) as error:
                say(f"stopped before {self.names[index]}: {error.message}")
                return
            if not outcome.ran:
                say(f"{self.names[index]} not created: {outcome.state}, {outcome.reason}")
                return
            self.independent_work()

    async def execute_with_async_gate(self, index: int) -> StepOutcome:
        """Proposes one step and runs it as soon as it may, which is mostly at once."""
        arguments = {"path": self.names[index], "size": "m"}
        outcome = await self.client.run_step(
            self.workflow, self.step(index), self.action, arguments,
            lambda permitted: self.create(self.step(index), permitted), on_wait=self.waiting,
            undo={"arguments": {"path": self.names[index]}},
            summary=f"Create {self.names[index]}", risk=0.3, checkpoint={"next": index})
        if outcome.repeated:
            say(f"{self.names[index]} was created and reported before the restart")
        return outcome

    def create(self, step: str, arguments: Dict[str, Any]) -> Done:
        """The effect. Gets the permitted arguments; doing it twice is the same as once."""
        path = self.inside(arguments)
        draft = path.with_name(path.name + ".draft")
        draft.write_text(json.dumps(arguments) + "\n")
        os.replace(draft, path)
        self.created[step] = arguments["path"]
        say(f"created {arguments['path']} ({step})")
        # A reviewer may have changed the path: the undo is told what was really created.
        return Done({"path": arguments["path"]}, undo_arguments={"path": arguments["path"]})

    def independent_work(self) -> None:
        """What does not depend on any decision goes on while people review."""
        there = [name for name in self.names if (self.directory / name).exists()]
        say(f"independent work: {len(there)} of {len(self.names)} environments are up")

    async def conclude(self, settled: Dict[str, Any]) -> int:
        """Compares what was decided with what is really there."""
        steps: List[Dict[str, Any]] = settled["steps"]
        for entry in steps:
            step, state, undo = entry["step"], entry.get("state"), entry.get("undo")
            say(f"settled {step}: {state or 'no gate'}, {entry.get('outcome')}, undo {undo}")
            # What was skipped or resolved by hand is for the people who did that to judge.
            if step in self.created and undo in ("undone", "recorded"):
                there = (self.directory / self.created[step]).exists()
                if there != (undo == "recorded" and entry.get("outcome") == "succeeded"):
                    say(f"failed: {self.created[step]} is {'' if there else 'not '}there")
                    return 1
        refused = [state for state in REFUSALS if state in [entry.get("state") for entry in steps]]
        await self.client.finish_workflow(self.workflow, "failed" if refused else "succeeded")
        say(f"finished: {refused[0] if refused else 'approved'}")
        return REFUSALS[refused[0]] if refused else 0

    def told(self, event: str, params: Dict[str, Any]) -> None:
        """What the service tells without being asked."""
        if params.get("workflow") != self.workflow:
            return
        decision = params.get("decision") or {}
        subject = params.get("step", self.workflow)
        words = [decision.get("outcome") or params.get("state"), decision.get("reason")]
        say(" ".join([f"{event} {subject}", *(f"({word})" for word in words if word)]))

    def waiting(self, answer: Answer) -> None:
        say(f"{answer.step} has to wait ({', '.join(answer.reasons) or answer.state})")

    def step(self, index: int) -> str:
        return f"{self.workflow}/{index + 1}"

    def inside(self, arguments: Dict[str, Any]) -> Path:
        """The path that the arguments name, which must lie in our directory."""
        path = (self.directory / str(arguments.get("path"))).resolve()
        if self.directory not in path.parents:
            raise Terminal(f"{path} is outside {self.directory}")
        return path


async def run(options: argparse.Namespace) -> int:
    client = AsyncClient(options.socket, name="async-agent", deadline_seconds=options.deadline,
                         state_dir=options.dir / ".async-agent",
                         on_notification=lambda event, params: agent.told(event, params))
    agent = AsyncHITLAgent(client, options.workflow, options.dir, options.action,
                           options.operation, options.count)
    async with client:
        return await agent.run()


def main() -> int:
    parser = argparse.ArgumentParser(description="An agent that works on while people review.")
    parser.add_argument("--socket", help="the agent socket (default: where the service puts it)")
    parser.add_argument("--dir", type=Path, required=True, help="the directory it works in")
    parser.add_argument("--count", type=int, default=4, help="how many files to create")
    parser.add_argument("--workflow", default="async-agent", help="the id of this run")
    parser.add_argument("--action", default="provision_test_environment")
    parser.add_argument("--operation", default="destroy_environment", help="the undo operation")
    parser.add_argument("--deadline", type=float, metavar="SECONDS",
                        help="fail when no service answers for so long (default: never)")
    options = parser.parse_args()
    try:
        return asyncio.run(run(options))
    except Unreachable as error:
        say(f"no service: {error}")
        return 69
    except (HoldshortError, OSError, Terminal) as error:
        say(f"failed: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
