"""A server with data, for the requests that schemathesis makes up: people of every role, and something in every state."""

import datetime
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

PASSWORD = "kiln-Marble-4-otters"

# Who may do most with an operation, by the beginning of its method and path; the first that fits counts. So the made-up
# requests come past the question who may, to the one whether the input is good. Who may not is the permission matrix's.
ACTORS = [
    ("POST /api/v1/auth/", "spare"),
    ("DELETE /api/v1/auth/", "spare"),
    ("GET /health/detailed", "superadmin"),
    ("GET /api/v1/tenants", "superadmin"),
    ("POST /api/v1/tenants", "superadmin"),
    ("PATCH /api/v1/tenants", "superadmin"),
    ("PATCH /api/v1/logs/{id}/verify-industry", "industry"),
    ("POST /api/v1/logs/verify-industry", "industry"),
    ("POST /api/v1/logs/{id}/retract", "industry"),
    ("PATCH /api/v1/logs/{id}/verify-academic", "academic"),
    ("POST /api/v1/logs/verify-academic", "academic"),
    ("POST /api/v1/logs/{id}/verify-on-evidence", "coordinator"),
    ("POST /api/v1/logs/{id}/resolve-flag", "coordinator"),
    ("POST /api/v1/logs/{id}/void", "coordinator"),
    ("GET /api/v1/logs", "student"),
    ("POST /api/v1/logs", "student"),
    ("PATCH /api/v1/logs", "student"),
    ("DELETE /api/v1/logs", "student"),
    ("DELETE /api/v1/attachments", "student"),
    ("GET /api/v1/notifications", "student"),
    ("POST /api/v1/notifications", "student"),
    ("POST /api/v1/placements/{id}/withdraw", "applicant"),
    ("", "admin"),
]


def actor_of(method, path):
    """The role that an operation is called in."""
    label = f"{method.upper()} {path}"
    return next(actor for beginning, actor in ACTORS if label.startswith(beginning))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """`ipt serve` in a folder and with a database of its own, until it is stopped."""

    def __init__(self, program, folder, database_url):
        self.program = program
        self.folder = folder
        self.log = os.path.join(folder, "server.log")
        self.environment = {
            "IPT_DATABASE__URL": database_url,
            # Not port 0: tokens and links name the address.
            "IPT_SERVER__LISTEN": f"127.0.0.1:{free_port()}",
            "IPT_LOG__FORMAT": "json",
            # How requests are counted has its own tests; here it would only hide everything else.
            "IPT_RATE_LIMIT__REQUESTS_PER_MINUTE": "1000000",
            "IPT_RATE_LIMIT__SIGN_IN_PER_MINUTE": "1000000",
        }
        self.process = None
        self.base = None

    def run(self, *arguments, given=None):
        """A command of the program, to its end."""
        done = subprocess.run(
            [self.program, *arguments],
            cwd=self.folder,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise SystemExit(f"ipt {' '.join(arguments)} failed: {done.stderr}")
        return done.stdout

    def create_admin(self, email, role, *tenant):
        self.run(
            *("admin", "create", "--email", email, "--full-name", "Ada Admin", "--role", role),
            *tenant,
            "--password-stdin",
            given=PASSWORD + "\n",
        )

    def start(self):
        log = open(self.log, "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [self.program, "serve"], cwd=self.folder, env=self.environment, stdout=log, stderr=log
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            for line in self.logged():
                if line.get("message") == "listening":
                    self.base = f"http://{line['address']}"
                    return
            time.sleep(0.05)
        raise SystemExit(f"the server did not start; see {self.log}")

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def logged(self):
        """The lines that the server has logged."""
        with open(self.log, encoding="utf-8") as log:
            for line in log:
                try:
                    yield json.loads(line)
                except json.JSONDecodeError:
                    continue


class Client:
    """Somebody at the server."""

    def __init__(self, base, token=None):
        self.base = base
        self.token = token

    def ask(self, method, path, body=None):
        """Status and body of the answer."""
        request = urllib.request.Request(f"{self.base}/api/v1{path}", method=method)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, data) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def do(self, method, path, body=None):
        """The body of the answer, which has to be a success."""
        status, answer = self.ask(method, path, body)
        if status >= 300:
            raise SystemExit(f"{method} {path}: {status} {answer}")
        return answer

    def sign_in(self, email):
        answer = self.do("POST", "/auth/login", {"email": email, "password": PASSWORD})
        return Client(self.base, answer["access_token"])


def furnish(server):
    """Fills a server: the tokens of people by role, their ids, and the ids that paths may be filled with."""
    server.run("migrate", "up")
    server.create_admin("root@ipt.example", "superadmin")
    server.create_admin(
        "admin@dit.example",
        "tenant_admin",
        *("--tenant", "dit", "--tenant-name", "Dar Institute", "--timezone", "Africa/Dar_es_Salaam"),
    )
    server.start()
    nobody = Client(server.base)
    clients = {"superadmin": nobody.sign_in("root@ipt.example"), "admin": nobody.sign_in("admin@dit.example")}
    admin = clients["admin"]
    people = {name: client.do("GET", "/auth/me")["id"] for name, client in clients.items()}

    works = {"name": "Kilima Works", "sector": "industry", "city": "Dodoma"}
    organisation = admin.do("POST", "/organisations", works)["id"]
    admin.do("POST", f"/organisations/{organisation}/verify")
    site = admin.do(
        "POST",
        f"/organisations/{organisation}/sites",
        {"name": "Main works", "position": {"lat": -6.8, "lng": 39.2}, "geofence": {"radius_m": 200}},
    )["id"]

    def person(name, role, organisation_id=None):
        body = {"email": f"{name}@dit.example", "full_name": "A Person", "roles": [role], "password": PASSWORD}
        if organisation_id:
            body["organisation_id"] = organisation_id
        people[name] = admin.do("POST", "/users", body)["id"]
        return people[name]

    for name, role, host in [
        ("student", "student", None),
        ("applicant", "student", None),
        ("spare", "student", None),
        ("industry", "industrial_supervisor", organisation),
        ("academic", "university_supervisor", None),
        ("coordinator", "coordinator", None),
    ]:
        person(name, role, host)
        clients[name] = nobody.sign_in(f"{name}@dit.example")
    spares = [person(f"spare{number}", "student") for number in range(3)]
    second = nobody.sign_in("spare@dit.example")
    session = [one for one in second.do("GET", "/auth/sessions")["items"] if one["current"]][0]["id"]

    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=3))).date()
    day = lambda number: (today + datetime.timedelta(days=number)).isoformat()
    programme = admin.do(
        "POST",
        "/programmes",
        {
            **{"name": "Industrial training", "code": "IPT-2", "credit_units": 8},
            **{"required_hours": 320, "required_days": 40},
            "window": {"start": day(-60), "end": day(120)},
        },
    )["id"]

    def placement(student, start, end):
        return admin.do(
            "POST",
            "/placements",
            {
                **{"student_id": student, "organisation_id": organisation, "site_id": site},
                **{"programme_id": programme, "start_date": start, "end_date": end},
                "industrial_supervisor_id": people["industry"],
                "university_supervisor_id": people["academic"],
            },
        )["id"]

    under_way = placement(people["student"], day(-13), day(80))
    admin.do("POST", f"/placements/{under_way}/approve")
    waiting = placement(people["applicant"], day(-6), day(80))
    others = [placement(student, day(-6), day(80)) for student in spares]
    admin.do("POST", f"/placements/{others[0]}/approve")

    def log(number, **fields):
        body = {"content": "Wired the control cabinet and tested it.", "log_date": day(-number), "hours_worked": 8}
        return clients["student"].do("POST", "/logs", {**body, **fields})["id"]

    draft, submitted, rejected, verified, flagged, validated = (
        [log(0, draft=True)] + [log(number) for number in range(1, 6)]
    )
    for one, status in [(rejected, "rejected"), (verified, "approved"), (flagged, "approved"), (validated, "approved")]:
        body = {"status": status, "comments": "Seen on the day.", "skills_demonstrated": []}
        clients["industry"].do("PATCH", f"/logs/{one}/verify-industry", body)
    for one, status in [(flagged, "flagged"), (validated, "validated")]:
        body = {"status": status, "comments": "As I have read it."}
        clients["academic"].do("PATCH", f"/logs/{one}/verify-academic", body)
    tenant = clients["superadmin"].do("POST", "/tenants", {"code": "ardhi", "name": "Ardhi University"})["id"]

    return {
        "tokens": {name: client.token for name, client in clients.items()},
        "people": people,
        # By the beginning of the path.
        "ids": {
            "/api/v1/auth/sessions/": [session],
            "/api/v1/logs/": [draft, submitted, rejected, verified, flagged, validated],
            "/api/v1/organisations/": [organisation],
            "/api/v1/placements/": [under_way, waiting, *others],
            "/api/v1/programmes/": [programme],
            "/api/v1/sites/": [site],
            "/api/v1/tenants/": [tenant],
            "/api/v1/users/": spares,
            "/errors/": ["not_found", "validation_failed"],
        },
    }
