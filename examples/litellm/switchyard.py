"""For LiteLLM's proxy: Switchyard chooses the deployment, LiteLLM calls it, and the outcome goes back.

Registered in the proxy's configuration as `litellm_settings: callbacks: ["switchyard.handler"]`, with this file beside
it. A deployment names its provider in `model_info`: `switchyard: openai-prod`.
"""

import os
import time

import httpx
import litellm
from litellm.integrations.custom_logger import CustomLogger

CONSOLE = os.environ.get("CONSOLE_URL", "http://127.0.0.1:3000")
# An API key of the console's for the purposes `select` and `outcomes`; none is needed with SWITCHYARD_AUTH=off.
KEY = os.environ.get("CONSOLE_KEY")
# The route for each of LiteLLM's model groups; other groups are left to LiteLLM. The group's name is the model asked for.
ROUTES = {"gpt-4o": "chat"}
# Where a request's metadata holds the call under way, with its permit, and the providers that were called for it.
CALL = "_switchyard_call"
TRIED = "_switchyard_tried"
# What LiteLLM's record of an attempt names its error, where that is not a failure of the provider's.
CLASSES = {
    "RateLimitError": "rate_limited",
    "AuthenticationError": "credentials",
    "PermissionDeniedError": "credentials",
}


class Switchyard(CustomLogger):
    def __init__(self):
        super().__init__()
        headers = {"authorization": f"Bearer {KEY}"} if KEY else {}
        self.console = httpx.AsyncClient(base_url=CONSOLE, headers=headers, timeout=1.0)

    async def async_filter_deployments(
        self, model, healthy_deployments, messages, request_kwargs=None, parent_otel_span=None
    ):
        """Leaves the one deployment that Switchyard chose. An error here would fail the request, so none leaves it."""
        metadata = (request_kwargs or {}).get("metadata")
        offered = {provider_of(deployment): deployment for deployment in healthy_deployments}
        if not isinstance(metadata, dict) or model not in ROUTES or None in offered:
            return healthy_deployments
        try:
            # LiteLLM tells of a request's first failure only. That this is asked again tells of the others.
            await self.report(metadata, {"class": class_of_last(metadata)})
            return await self.choose(model, offered, metadata)
        except Exception as error:
            litellm._logging.verbose_logger.warning("Switchyard chose nobody: %s", error)
            return healthy_deployments

    async def choose(self, model, offered, metadata):
        exclude = list(metadata.get(TRIED, []))
        while True:
            asked = {"model": model, "exclude": exclude}
            decision = await self.post(f"/api/routes/{ROUTES[model]}/select", asked)
            chosen = decision["chosen"]
            if chosen is None:
                return []
            at_member = next(one["model"] for one in decision["candidates"] if one["providerId"] == chosen)
            call = {"providerId": chosen, "model": at_member, "permit": decision["permit"]["token"]}
            exclude.append(chosen)
            if chosen in offered:
                metadata[CALL] = {**call, "at": time.monotonic()}
                metadata[TRIED] = [*metadata.get(TRIED, []), chosen]
                return [offered[chosen]]
            # LiteLLM leaves it out for now; the permit goes back all the same.
            await self.post("/api/outcomes", [{**call, "class": "cancelled", "latencyMs": 0}])

    async def async_log_success_event(self, kwargs, response_obj, start_time, end_time):
        await self.report(metadata_of(kwargs), {"class": "ok"})

    async def async_log_failure_event(self, kwargs, response_obj, start_time, end_time):
        await self.report(metadata_of(kwargs), outcome_of(kwargs.get("exception")))

    async def async_post_call_failure_hook(
        self, request_data, original_exception, user_api_key_dict, traceback_str=None
    ):
        """The proxy gives the request up: its last attempt, if that was not told of before."""
        await self.report(request_data.get("metadata") or {}, outcome_of(original_exception))

    async def report(self, metadata, outcome):
        # Taken out, so that no call is reported twice.
        call = metadata.pop(CALL, None)
        if call is None:
            return
        latency_ms = (time.monotonic() - call.pop("at")) * 1000
        try:
            await self.post("/api/outcomes", [{**call, **outcome, "latencyMs": latency_ms}])
        except httpx.HTTPError as error:
            litellm._logging.verbose_logger.warning("Switchyard did not take an outcome: %s", error)

    async def post(self, path, body):
        response = await self.console.post(path, json=body)
        response.raise_for_status()
        return response.json()


def provider_of(deployment):
    return (deployment.get("model_info") or {}).get("switchyard")


def metadata_of(kwargs):
    return (kwargs.get("litellm_params") or {}).get("metadata") or {}


def class_of_last(metadata):
    attempts = metadata.get("previous_models") or [{}]
    return CLASSES.get(attempts[-1].get("exception_type"), "provider_error")


def outcome_of(error):
    """LiteLLM gives every failure a status, also where no answer came: there the kind of error says more."""
    if isinstance(error, litellm.Timeout):
        return {"error": "response_timeout"}
    if isinstance(error, litellm.APIConnectionError):
        return {"error": "reset"}
    outcome = {"httpStatus": int(getattr(error, "status_code", None) or 500)}
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    seconds = headers.get("retry-after", "")
    return {**outcome, "retryAfterMs": min(int(seconds), 3600) * 1000} if seconds.isdigit() else outcome


handler = Switchyard()
