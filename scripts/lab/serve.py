"""JupyterLab that ends with the program that started it: when standard input closes, the server and its kernels stop."""

import os
import signal
import sys
import threading

from jupyterlab.labapp import main


def end_with_input() -> None:
    # Not sys.stdin: a thread that waits in it makes Python abort with a fatal error at its end.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_input, daemon=True).start()
sys.exit(main(sys.argv[1:]))
