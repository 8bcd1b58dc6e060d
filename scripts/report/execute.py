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


class Runner:
    def __init__(self, job: dict) -> None:
        self.job = job
        self.timeout = float(job["timeout"])
        self.stopping = False

    async def run_all(self) -> None:
        for entry in self.job["notebooks"]:
            await self.run_notebook(entry)

    async def run_notebook(self, entry: dict) -> None:
        started = time.monotonic()
        name = entry["name"]
        emit(event="start", name=name)
        failure: dict | None = None
        sources: list[dict] = []
        try:
            nb = nbformat.read(entry["path"], as_version=4)
        except Exception as error:
            message = f"It cannot be read as a notebook: {error}".split("\n")[0]
            nb = nbformat.v4.new_notebook()
            failure = {"cell": None, "name": type(error).__name__, "message": message}
        code_cells = [
            (index, cell)
            for index, cell in enumerate(nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        for number, (_, cell) in enumerate(code_cells, 1):
            cell.outputs = []
            cell.execution_count = None
            cell.metadata["keras_primer"] = {"number": number, "state": "not run"}

        if failure is None:
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
            try:
                failure, sources = await self.execute(client, name, nb, code_cells)
            finally:
                if client.km is not None:
                    await client._async_cleanup_kernel()

        seconds = time.monotonic() - started
        nb.metadata["keras_primer"] = {
            "failure": failure,
            "sources": sources,
            "seconds": seconds,
            "facts": self.job["facts"],
        }
        for cell in nb.cells:
            if cell.cell_type == "code":
                tidy_outputs(cell)
        from render import render  # loaded late: the first kernel starts half a second earlier

        about = render(nb, name, Path(entry["report"]), self.job["template"], self.job["cwd"])
        executed = Path(entry["executed"])
        executed.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nb, executed)
        emit(
            event="end",
            name=name,
            seconds=seconds,
            cells=len(code_cells),
            failure=failure,
            sources=sources,
            **about,
        )

    async def execute(
        self,
        client: NotebookClient,
        name: str,
        nb: NotebookNode,
        code_cells: list[tuple[int, NotebookNode]],
    ) -> tuple[dict | None, list[dict]]:
        try:
            client.create_kernel_manager()
            await client.async_start_new_kernel()
            await client.async_start_new_kernel_client()
        except Exception as error:
            message = f"The kernel did not start: {error}".strip().split("\n")[0]
            return {"cell": None, "name": type(error).__name__, "message": message}, []

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
