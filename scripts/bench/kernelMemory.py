"""Peak memory of the IMDB case in the kernel, in MB above the kernel's start.

Usage: kernelMemory.py 03-imdb.ipynb [--whole], with the Python of .venv. Runs in the real kernel the notebook's own cells that load, encode, build,
train, evaluate and predict; with --whole every code cell up to the predictions, what looks at the data and draws included. Prints a JSON line as
bench/node.mjs does.
"""

import json
import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil
from jupyter_client import KernelManager

# A part of each cell of the case, in their order.
CASE = [
    "from 'keras-primer'",
    "imdb.loadData(",
    "xTrain = vectorizeSequences(",
    "yTrain = trainLabels",
    "function buildModel(",
    "const model = buildModel(",
    "model.compile(",
    "xPart = xTrain.slice(",
    "await fit(model,",
    "await fit(finalModel,",
    "await evaluate(finalModel,",
    "await predict(finalModel, xTest)",
]
LOOK_EVERY = 0.005

notebook = Path(sys.argv[1])
cells = [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
places = [next((i for i, cell in enumerate(cells) if part in cell), None) for part in CASE]
if None in places:
    sys.exit(f"Expected a cell of {notebook} with {CASE[places.index(None)]}, found none. Mend CASE in {__file__}.")
sources = cells[: places[-1] + 1] if "--whole" in sys.argv else [cells[i] for i in places]

manager = KernelManager(kernel_name="keras-primer")
manager.start_kernel(cwd=str(notebook.parent))
try:
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    kernel = psutil.Process(manager.provisioner.pid)
    memory = lambda: kernel.memory_info().rss / 1e6
    start = peak = memory()
    done = threading.Event()

    def watch():
        global peak
        while not done.is_set():
            peak = max(peak, memory())
            time.sleep(LOOK_EVERY)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        for source in sources:
            reply = client.execute_interactive(source, timeout=300, output_hook=lambda message: None)["content"]
            if reply["status"] != "ok":
                sys.exit(f"A cell failed: {reply}\n{source}")
    finally:
        done.set()
        watching.join()
finally:
    manager.shutdown_kernel(now=True)
print(json.dumps({"work": "kernel", "seconds": peak - start, "note": f"from {start:.0f} MB to {peak:.0f} MB"}))
