"""What the comparisons of speed share: finding a tool, running it on some cores, what it took."""

import os
import shutil
import subprocess
import sys
import time


def find(name, settings):
    inside = os.path.join(settings.rivals or "", name)
    return inside if settings.rivals and os.access(inside, os.X_OK) else shutil.which(name)


def run(command, cores=1):
    """Runs a command on the first core or cores; returns its CPU seconds, its wall seconds and its peak memory in bytes."""
    places = ",".join(str(core) for core in range(cores))
    pinned = ["taskset", "-c", places, *command] if shutil.which("taskset") else command
    limits = {"GOMAXPROCS": str(cores), "RAYON_NUM_THREADS": str(cores)}
    start = time.monotonic()
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(pinned, stdout=nothing, stderr=nothing, env={**os.environ, **limits})
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode < 0:
        print(f"{command[0]} was killed by signal {-process.returncode}", file=sys.stderr)
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit


def measure(command):
    """Runs a command on the first core; returns its CPU seconds and its peak memory in bytes."""
    seconds, _, memory = run(command)
    return seconds, memory
