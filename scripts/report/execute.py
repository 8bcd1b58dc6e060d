"""Executes notebooks and renders their reports.

Reads one job (a line of JSON) from standard input and writes one line of JSON for each event to standard output. The
notebook files are only read. When standard input ends (the runner has stopped or died) or a signal comes, the
kernel is shut down and the program ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

END_OF_NOTEBOOK = "/* keras-primer: end of notebook */"
PROVENANCE = (
    "{ const {provenance} = require('keras-primer');"
    " console.log('keras-primer provenance ' + JSON.stringify(provenance())); }"
)

# The kernel inherits file descriptor 1; only events may go where the runner reads them.
events = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def emit(**event: object) -> None:
    events.write(json.dumps(event, ensure_ascii=False) + "\n")
    events.flush()


def tidy_outputs(cell: NotebookNode) -> None:
    """Joins neighbouring pieces of a stream and applies its carriage returns, as a notebook page would."""
    joined: list[NotebookNode] = []
    for output in cell.outputs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and output.output_type == "stream"
            and last.output_type == "stream"
            and output.name == last.name
        ):
            last.text += output.text
        else:
            joined.append(output)
    for output in joined:
        if output.output_type == "stream":
            output.text = re.sub(r"[^\n]*\r(?!\n)", "", output.text.replace("\r\n", "\n"))
    cell.outputs = [output for output in joined if output.output_type != "stream" or output.text]


def how_it_ended(code: int | None) -> str:
    """An exit code in words; a signal is negative, as in subprocess."""
    if code is None:
        return ""
    if code >= 0:
        return f" (exit code {code})"
    name = signal.Signals(-code).name
    return f" ({name}{', often for want of memory' if name == 'SIGKILL' else ''})"


def describe(error: Exception, timeout: float, exit_code: int | None) -> tuple[str, str, list[str]]:
    """Name, message and traceback of what made a cell fail."""
    if isinstance(error, CellTimeoutError):
        message = f"The cell was still running after {timeout:g} s and was stopped."
        return "TimeoutError", message, []
    if isinstance(error, DeadKernelError):
        return "DeadKernelError", f"The kernel died while the cell was running{how_it_ended(exit_code)}.", []
    if isinstance(error, CellExecutionError):
        return error.ename, error.evalue, [line for line in error.traceback.split("\n")]
    return type(error).__name__, str(error), []


def show_error(cell: NotebookNode, name: str, message: str, traceback: list[str]) -> None:
    """Puts the error into the cell's outputs, unless the kernel has done so."""
    if any(output.output_type == "error" for output in cell.outputs):
        return
    lines = traceback if any(line.strip() for line in traceback) else [f"{name}: {message}"]
    cell.outputs.append(new_output("error", ename=name, evalue=message, traceback=lines))


@dataclass
class Opened:
    """A notebook with its kernel, or with what was in the way."""

    nb: NotebookNode
    code_cells: list[tuple[int, NotebookNode]]
    client: NotebookClient | None = None
    failure: dict | None = None

    async def close(self) -> None:
        if self.client is not None and self.client.km is not None:
            await self.client._async_cleanup_kernel()


class Runner:
    def __init__(self, job: dict) -> None:
        self.job = job
        self.timeout = float(job["timeout"])
        self.stopping = False
        # Reports are made beside the next notebook, one at a time.
        self.reporter = ThreadPoolExecutor(max_workers=1)

    async def run_all(self) -> None:
        entries = self.job["notebooks"]
        reports: list[asyncio.Future] = []
        ahead: asyncio.Future[Opened] | None = None
        try:
            for entry, following in zip(entries, [*entries[1:], None]):
                started = time.monotonic()
                emit(event="start", name=entry["name"])
                opened = await (ahead or self.open(entry))
                # The next kernel starts beside this notebook, which leaves a processor free most of the time.
                ahead = asyncio.ensure_future(self.open(following)) if following else None
                ended = await self.run_notebook(entry, opened, started)
                reports.append(asyncio.ensure_future(self.report(entry, opened.nb, ended)))
            await asyncio.gather(*reports)
        finally:
            if ahead is not None:
                ahead.cancel()
                for left in await asyncio.gather(ahead, return_exceptions=True):
                    if isinstance(left, Opened):
                        await left.close()

    async def open(self, entry: dict) -> Opened:
        """Reads a notebook and starts its kernel."""
        try:
            nb = nbformat.read(entry["path"], as_version=4)
        except Exception as error:
            message = f"It cannot be read as a notebook: {error}".split("\n")[0]
            failure = {"cell": None, "name": type(error).__name__, "message": message}
            return Opened(nbformat.v4.new_notebook(), [], failure=failure)
        code_cells = [
            (index, cell)
            for index, cell in enumerate(nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        for number, (_, cell) in enumerate(code_cells, 1):
            cell.outputs = []
            cell.execution_count = None
            cell.metadata["keras_primer"] = {"number": number, "state": "not run"}

        client = NotebookClient(
            nb,
            kernel_name=self.job["kernel"],
            timeout=self.timeout,
            startup_timeout=60,
            record_timing=False,
            allow_errors=False,
            force_raise_errors=True,
            shutdown_kernel="immediate",
            resources={"metadata": {"path": self.job["cwd"]}},
        )
        client.log.disabled = True
        opened = Opened(nb, code_cells, client)
        try:
            client.create_kernel_manager()
            await client.async_start_new_kernel()
            await client.async_start_new_kernel_client()
        except Exception as error:
            message = f"The kernel did not start: {error}".strip().split("\n")[0]
            opened.failure = {"cell": None, "name": type(error).__name__, "message": message}
        except asyncio.CancelledError:
            await opened.close()
            raise
        return opened

    async def run_notebook(self, entry: dict, opened: Opened, started: float) -> dict:
        """Runs its cells; gives what there is to tell of them."""
        nb, failure = opened.nb, opened.failure
        sources: list[dict] = []
        try:
            if opened.client is not None and failure is None:
                failure, sources = await self.execute(opened.client, entry["name"], nb, opened.code_cells)
        finally:
            await opened.close()
        seconds = time.monotonic() - started
        nb.metadata["keras_primer"] = {
            "failure": failure,
            "sources": sources,
            "seconds": seconds,
            "facts": self.job["facts"],
        }
        ended = {
            "name": entry["name"],
            "seconds": seconds,
            "cells": len(opened.code_cells),
            "failure": failure,
            "sources": sources,
        }
        emit(event="end", **ended)
        return ended

    async def report(self, entry: dict, nb: NotebookNode, ended: dict) -> None:
        def write() -> dict:
            for cell in nb.cells:
                if cell.cell_type == "code":
                    tidy_outputs(cell)
            from render import render  # loaded late: the first kernel starts half a second earlier

            name = entry["name"]
            about = render(nb, name, Path(entry["report"]), self.job["template"], self.job["cwd"])
            executed = Path(entry["executed"])
            executed.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(nb, executed)
            return about

        about = await asyncio.get_running_loop().run_in_executor(self.reporter, write)
        emit(event="report", **ended, **about)

    async def execute(
        self,
        client: NotebookClient,
        name: str,
        nb: NotebookNode,
        code_cells: list[tuple[int, NotebookNode]],
    ) -> tuple[dict | None, list[dict]]:
        failure: dict | None = None
        for number, (index, cell) in enumerate(code_cells, 1):
            emit(event="cell", name=name, cell=number, of=len(code_cells))
            state = cell.metadata["keras_primer"]
            try:
                await client.async_execute_cell(cell, index)
                state["state"] = "ok"
            except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
                self.end_if_stopping()
                ended = client.km is not None and client.km.provisioner is not None
                failure = self.failed(cell, error, await client.km.provisioner.poll() if ended else None)
                break
        alive = client.km is not None and await client.km.is_alive()
        if alive and failure is None:
            # A promise that nobody awaited may have been rejected: the kernel answers for it here.
            last = code_cells[-1][1] if code_cells else None
            error = await self.ask_quietly(client, nb, END_OF_NOTEBOOK, None)
            if isinstance(error, Exception) and last is not None:
                failure = self.failed(last, error)
        sources: list[dict] = []
        if alive and not (failure and failure["name"] == "TimeoutError"):
            asked = new_code_cell(PROVENANCE)
            await self.ask_quietly(client, nb, None, asked)
            text = "".join(output.get("text", "") for output in asked.outputs)
            found = re.search(r"^keras-primer provenance (\[.*\])$", text, re.MULTILINE)
            sources = json.loads(found.group(1)) if found else []
        return failure, sources

    def end_if_stopping(self) -> None:
        """nbclient takes a cancelled task for a dead kernel; this tells the two apart."""
        if self.stopping:
            raise asyncio.CancelledError

    def failed(self, cell: NotebookNode, error: Exception, exit_code: int | None = None) -> dict:
        name, message, traceback = describe(error, self.timeout, exit_code)
        show_error(cell, name, message, traceback)
        cell.metadata["keras_primer"]["state"] = "failed"
        number = cell.metadata["keras_primer"]["number"]
        return {"cell": number, "name": name, "message": message}

    async def ask_quietly(
        self, client: NotebookClient, nb: NotebookNode, code: str | None, cell: NotebookNode | None
    ) -> Exception | None:
        """Runs a cell that is no part of the notebook; gives the error instead of raising it."""
        asked = cell if cell is not None else new_code_cell(code)
        nb.cells.append(asked)
        try:
            await client.async_execute_cell(asked, len(nb.cells) - 1, store_history=False)
            return None
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            self.end_if_stopping()
            return error
        finally:
            nb.cells.pop()


async def main() -> int:
    line = sys.stdin.readline()
    if not line.strip():
        return 1
    job = json.loads(line)
    sys.path.insert(0, str(Path(__file__).parent))
    loop = asyncio.get_running_loop()
    runner = Runner(job)
    work = asyncio.ensure_future(runner.run_all())

    def stop() -> None:
        # Once only: a second cancellation would interrupt the shutdown of the kernel.
        if not runner.stopping:
            runner.stopping = True
            work.cancel()

    def wait_for_end_of_input() -> None:
        while sys.stdin.readline():
            pass
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop)

    threading.Thread(target=wait_for_end_of_input, daemon=True).start()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        try:
            loop.add_signal_handler(getattr(signal, name), stop)
        except (AttributeError, NotImplementedError):
            pass  # Windows has no such signals; the end of the input is enough there
    try:
        await work
    except asyncio.CancelledError:
        return 130
    return 0


if __name__ == "__main__":
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    code = asyncio.run(main())
    sys.stdout.flush()
    events.flush()
    os._exit(code)  # a thread may still wait for input
