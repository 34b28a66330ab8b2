"""A program for the tests: two processes together, one of which has started another.

Prints the ids of all three as soon as they run, then waits like ``demo.run``.
"""

import os
import sys
import time
from pathlib import Path

from dosojin_web.demo.processes import together

if __name__ == "__main__":
    note = Path(sys.argv[1])
    with together(os.environ) as house:
        house.start("quiet", ["sleep", "60"])
        house.start("parent", ["sh", "-c", f"sleep 60 & echo $! > {note}; wait"])
        while not note.exists() or not note.read_text().strip():
            time.sleep(0.02)
        ids = [process.pid for process in house.running.values()]
        print(*ids, note.read_text().strip(), flush=True)
        ended = house.wait()
    print(f"ended: {ended or 'asked to'}", flush=True)
