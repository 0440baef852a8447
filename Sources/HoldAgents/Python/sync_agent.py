"""A synchronous agent: it blocks at its gate, and goes on from its checkpoint.

    python3 sync_agent.py --socket agent.sock --dir data [--file customers.csv]

It chooses a file (the largest, or the one named), saves a checkpoint, and asks to delete the file:
irreversible, so it waits for a person. Kill it while it waits and start it again with the same
arguments: it goes on where it was, with the same proposal. Kill the service instead: the same.

Prints one line for each thing that happens. Exits with 0 when the file was deleted as approved,
10 rejected, 11 timed out, 12 withdrawn, 75 still pending after --wait, 69 no service, 1 failed.
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Dict, Optional

from holdshort import Answer, Client, HoldshortError, StepOutcome, Unreachable, plain

EXIT_CODES = {"rejected": 10, "timeout": 11, "withdrawn": 12, "pending_review": 75, "modified": 75}


def say(text: str) -> None:
    print(plain(text), flush=True)


class SyncHITLAgent:
    """Proposes, waits, and acts only on a yes. All its state is in its checkpoint."""

    def __init__(self, client: Client, workflow: str, directory: Path, action: str):
        self.client = client
        self.workflow = workflow
        self.directory = directory.resolve()
        self.action = action
        self.state: Dict[str, Any] = {}

    def run(self, file: Optional[str], wait_seconds: Optional[float]) -> int:
        """One life of this agent, whether it is the first or follows a crash."""
        saved = self.client.load_checkpoint(self.workflow)
        if saved is None:
            self.client.open_workflow(self.workflow, title="Clean up old data")
            self.state = self.survey(file)
            self.save("awaiting_approval")
        else:
            self.state = saved
            say(f"resumed from checkpoint: {self.state['status']}, file {self.state['file']}")

        if self.state["status"] == "awaiting_approval":
            outcome = self.execute_with_gate(wait_seconds)
            if not outcome.ran:
                return self.backtrack(outcome)
            self.save("deleted")
        self.client.finish_workflow(self.workflow, "succeeded")
        say("finished")
        return 0

    def execute_with_gate(self, wait_seconds: Optional[float]) -> StepOutcome:
        """The gate: nothing is deleted before a person said yes to exactly this."""
        state = self.state
        say(f"proposing {self.action} of {state['file']}")
        outcome = self.client.run_step(
            self.workflow, f"{self.workflow}/1", self.action, {"path": state["file"]},
            self.delete, on_wait=self.waiting, timeout_seconds=wait_seconds,
            summary=f"Delete {state['file']} ({state['bytes']} bytes)",
            context=[{"kind": "text", "title": "Beginning of the file", "body": state["preview"]}],
            risk=0.9, checkpoint=state)
        if outcome.ran:
            say(f"approved by {outcome.decision.get('reviewed_by') or 'the manifest'}")
        if outcome.repeated:
            say("deleted and reported before the restart")
        return outcome

    def delete(self, arguments: Dict[str, Any]) -> Dict[str, Any]:
        """The effect. Gets the permitted arguments; doing it twice is the same as once."""
        path = (self.directory / str(arguments["path"])).resolve()
        if self.directory not in path.parents:
            raise PermissionError(f"{path} is outside {self.directory}")
        try:
            path.unlink()
            say(f"deleted {path.name}")
        except FileNotFoundError:
            # We were killed after deleting and before reporting, or somebody else was faster.
            say(f"{path.name} was gone already")
        return {"gone": path.name}

    def survey(self, file: Optional[str]) -> Dict[str, Any]:
        """Looks at the directory and chooses the file to delete."""
        if file is None:
            files = [path for path in self.directory.iterdir() if path.is_file()]
            if not files:
                raise FileNotFoundError(f"no file in {self.directory}")
            file = max(files, key=lambda path: (path.stat().st_size, path.name)).name
        content = (self.directory / file).read_bytes()
        say(f"chose {file}, {len(content)} bytes")
        return {"file": file, "bytes": len(content),
                "preview": content[:400].decode("utf-8", "replace")}

    def save(self, status: str) -> None:
        self.state["status"] = status
        self.client.save_checkpoint(self.workflow, self.state)
        say(f"checkpoint saved: {status}")

    def waiting(self, answer: Answer) -> None:
        say(f"waiting for a decision ({', '.join(answer.reasons) or answer.state})")

    def backtrack(self, outcome: StepOutcome) -> int:
        """No leave, no deletion. While the item is pending, the checkpoint is all that is left."""
        if outcome.state in ("pending_review", "modified"):
            say("still pending; start me again to go on waiting")
        else:
            say(f"{outcome.state}: {outcome.reason or 'no reason'}; kept {self.state['file']}")
            self.client.finish_workflow(self.workflow, "failed")
        return EXIT_CODES.get(outcome.state, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description="An agent that waits before it deletes.")
    parser.add_argument("--socket", help="the agent socket (default: where the service puts it)")
    parser.add_argument("--dir", type=Path, required=True, help="the directory it works in")
    parser.add_argument("--file", help="the file to delete (default: the largest)")
    parser.add_argument("--workflow", default="sync-agent", help="the id of this run")
    parser.add_argument("--action", default="delete_production_data")
    parser.add_argument("--wait", type=float, metavar="SECONDS", help="give up waiting after this")
    parser.add_argument("--deadline", type=float, metavar="SECONDS",
                        help="fail when no service answers for so long (default: never)")
    options = parser.parse_args()
    try:
        with Client(options.socket, name="sync-agent", deadline_seconds=options.deadline) as client:
            agent = SyncHITLAgent(client, options.workflow, options.dir, options.action)
            return agent.run(options.file, options.wait)
    except Unreachable as error:
        say(f"no service: {error}")
        return 69
    except (HoldshortError, OSError) as error:
        say(f"failed: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
