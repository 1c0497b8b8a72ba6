"""Lets schemathesis loose on a server with data: `run.py --ipt PROGRAM --database URL --folder FOLDER`."""

import argparse
import json
import os
import subprocess
import sys

from world import Client, Server, furnish

HTTP = "actix_http::h1::dispatcher"
HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ipt", required=True, help="the program")
    parser.add_argument("--database", required=True, help="the address of an empty database, or of a new file")
    parser.add_argument("--folder", required=True, help="a new folder for what the server keeps, its log and the report")
    parser.add_argument("rest", nargs="*", help="further arguments for schemathesis")
    arguments = parser.parse_args()
    os.makedirs(arguments.folder)
    server = Server(os.path.abspath(arguments.ipt), arguments.folder, arguments.database)
    try:
        world = furnish(server)
        code = schemathesis(server, world, arguments.rest)
        faults = errors(server) + lost_actors(server, world)
    finally:
        server.stop()
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(code or (1 if faults else 0))


def schemathesis(server, world, rest):
    """Runs it to its end; how it ended."""
    environment = {**os.environ, "IPT_FUZZ_WORLD": json.dumps(world), "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": HERE}
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", os.path.join(HERE, "schemathesis.toml")),
        *("run", f"{server.base}/openapi.json", *rest),
    ]
    return subprocess.run(command, env=environment, cwd=server.folder).returncode


def errors(server):
    """What the server itself took for an error, whatever it answered."""
    # A head that is no HTTP is the client's fault, though the library logs it so.
    found = [line for line in server.logged() if line.get("level") == "ERROR" and line.get("target") != HTTP]
    return [f"the server logged: {json.dumps(line)}" for line in found]


def lost_actors(server, world):
    """Who cannot do anything any more: from then on the made-up requests were answered 401, and found out nothing."""
    lost = []
    for name, token in world["tokens"].items():
        status, _ = Client(server.base, token).ask("GET", "/auth/me")
        if status != 200 and name != "spare":
            lost.append(f"{name} was locked out while schemathesis ran: {status}")
    return lost


main()
