"""What schemathesis is told beside the description: who asks, which things there are, and what else must hold."""

import json
import os

import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.core.parameters import ParameterLocation

from world import actor_of

WORLD = json.loads(os.environ["IPT_FUZZ_WORLD"])
PEOPLE = set(WORLD["people"].values())
COUNTED = {}

# Faults of a request's shape. The description says everything about shapes, so what it allows must not get these.
SHAPE = {
    *("malformed_json", "malformed_request", "missing_field", "unknown_field", "unknown_parameter"),
    *("invalid_idempotency_key", "invalid_if_match", "invalid_value", "unsupported_media_type"),
}

# What no schema can tell, so that requests within the description are refused with these all the same: a cursor is sealed,
# and a file is judged by what is in it.
BEYOND_SCHEMAS = {"attachment_type", "invalid_cursor"}


@schemathesis.auth(refresh_interval=None)
class Actors:
    """The token of whoever may do most with the operation."""

    def get(self, case, context):
        return WORLD["tokens"][actor_of(case.operation.method, case.operation.path)]

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def map_case(context, case):
    """Fills paths with things that there are, three times of four; where they are to be wrong they stay so."""
    if case.meta is None:
        return case
    if case.meta.generation.mode.is_positive and (case.headers or {}).get("If-Match") == "0":
        # This version of schemathesis takes the number 0 for a text of the pattern described.
        del case.headers["If-Match"]
    parameters = case.path_parameters
    if not parameters or case.meta.is_negative_at(ParameterLocation.PATH):
        return case
    path = case.operation.path
    for beginning, ids in WORLD["ids"].items():
        if path.startswith(beginning):
            count = COUNTED[path] = COUNTED.get(path, -1) + 1
            if count % 4 != 3:
                name = next(iter(parameters))
                parameters[name] = ids[count % len(ids)]
    return case


@schemathesis.hook
def filter_case(context, case):
    """Nobody takes the actors' accounts from them: everything afterwards would only be 401."""
    changes = case.operation.method.upper() != "GET"
    return not (changes and set((case.path_parameters or {}).values()) & PEOPLE)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """What is no failure here; each with its reason."""
    if failure.code == "ST202":
        return response.json()["code"] not in BEYOND_SCHEMAS
    if failure.code == "ST201" and "" in (case.query or {}).values():
        # An empty parameter of a query counts as left out, as forms of browsers send them. That stands in the description,
        # in words only: OpenAPI has no keyword for it that is not on its way out.
        return False
    return True


@schemathesis.check
def shape_as_described(ctx, response, case):
    """What the description allows is refused for no fault of its shape, but for those that it cannot tell."""
    if response.status_code not in (400, 415, 422) or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    problem = response.json()
    errors = problem.get("errors") or [problem]
    faults = [error for error in errors if error["code"] in SHAPE and not is_told_in_words(case, error)]
    if faults:
        raise Failure(operation=case.operation.label, title="Refused for its shape", message=json.dumps(faults))


def is_told_in_words(case, error):
    """Whether a fault is one of a rule, or of a shape that a schema cannot tell."""
    if error["code"] == "missing_field":
        # Left out where a cookie holds the token.
        return error["pointer"] == "/refresh_token" and case.operation.path.startswith("/api/v1/auth/")
    if error["code"] != "invalid_value":
        return False
    # Rules have sentences of their own. To JSON Schema 7.0 is an integer; here a whole number is written as one.
    expected = error["detail"].startswith("expected ")
    return not expected or error["detail"].startswith("expected a whole number")
