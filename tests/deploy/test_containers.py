"""What the container files say. No container is built or run here: these are facts read from the files."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COMMANDS = {"deploy.health", "deploy.visit", "deploy.nginx"}


def manifests() -> dict[str, Any]:
    """Every Kubernetes object by its kind."""
    paths = sorted((DEPLOY / "k8s").glob("*.yaml"))
    return {each["kind"]: each for path in paths for each in yaml.safe_load_all(path.read_text(encoding="utf-8"))}


def pod() -> dict[str, Any]:
    found: dict[str, Any] = manifests()["Deployment"]["spec"]["template"]["spec"]
    return found


def containers() -> list[dict[str, Any]]:
    return [*pod()["initContainers"], *pod()["containers"]]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def dockerfile() -> str:
    return (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_is_slim_and_not_roots() -> None:
    last = dockerfile().rpartition("\nFROM ")[2]
    assert last.startswith("python:3.11-slim")
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert last.index("USER ") < last.index("CMD [")
    assert "COPY .streamlit/config.toml" in dockerfile(), "the folder may hold secrets.toml"


def test_every_health_check_compares_the_body() -> None:
    checks = [dockerfile().partition("HEALTHCHECK")[2].splitlines()[1]]
    checks += [str(each["healthcheck"]["test"]) for each in compose()["services"].values() if "healthcheck" in each]
    for container in containers():
        for name in ("readinessProbe", "livenessProbe", "startupProbe"):
            if name in container:
                assert set(container[name]) & {"httpGet", "tcpSocket"} == set()
                checks.append(str(container[name]["exec"]["command"]))
    assert len(checks) >= 6
    for check in checks:
        assert "deploy.health" in check or "deploy.visit" in check


def test_every_module_that_they_start_is_there() -> None:
    files = [DEPLOY / "Dockerfile", *DEPLOY.rglob("*.yaml")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    named = set(re.findall(r"\bdeploy\.[a-z_]+\b", text)) - {"deploy.yaml"}
    assert named >= COMMANDS
    for module in named:
        assert (DEPLOY / f"{module.partition('.')[2]}.py").is_file(), module


@pytest.mark.parametrize("service", ["replica-1", "replica-2", "replica-3"])
def test_replicas_of_compose(service: str) -> None:
    replica = compose()["services"][service]
    address = replica["networks"]["inside"]["ipv4_address"]
    assert f"{address}:8501" in compose()["services"]["front"]["environment"]["REPLICAS"].split()
    assert "ports" not in replica, "nobody reaches a replica past the front"
    assert set(replica["networks"]) == {"inside"}
    assert compose()["networks"]["inside"]["internal"] is True
    assert replica["environment"]["STREAMLIT_SERVER_COOKIE_SECRET"].startswith("${STREAMLIT_SERVER_COOKIE_SECRET:?")
    assert compose()["services"]["front"]["depends_on"][service] == {"condition": "service_healthy"}


def test_compose_locks_its_containers() -> None:
    for service in compose()["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert any(mount.startswith("/tmp") for mount in service["tmpfs"])
    assert all(port.startswith("127.0.0.1:") for port in compose()["services"]["front"]["ports"])


def test_kubernetes_has_every_part() -> None:
    kinds = {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy"}
    assert kinds <= manifests().keys()
    listed = manifests()["Kustomization"]["resources"]
    assert {path.name for path in (DEPLOY / "k8s").glob("*.yaml")} - {"kustomization.yaml"} == set(listed)


def test_pods_are_locked() -> None:
    assert pod()["securityContext"]["runAsNonRoot"] is True
    assert pod()["automountServiceAccountToken"] is False
    for container in containers():
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tmp"]
        assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
        assert "memory" in container["resources"]["limits"]
    assert all(volume["emptyDir"]["medium"] == "Memory" for volume in pod()["volumes"])


def test_the_autoscaler_owns_the_number_of_pods() -> None:
    deployment, scaler = manifests()["Deployment"], manifests()["HorizontalPodAutoscaler"]
    assert scaler["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
    assert "replicas" not in deployment["spec"], "every apply would set the number back"


def test_only_a_process_that_hangs_for_minutes_is_ended() -> None:
    (app,) = pod()["containers"]
    liveness = app["livenessProbe"]
    assert float(liveness["exec"]["command"][-1]) >= 10
    assert liveness["failureThreshold"] >= 6
    for container in containers():
        for probe in (container.get("readinessProbe"), container.get("livenessProbe")):
            if probe:
                assert float(probe["exec"]["command"][-1]) < probe["timeoutSeconds"], "the probe answers by itself"


def test_pods_are_visited_first_and_drained_last() -> None:
    (app,) = pod()["containers"]
    assert app["startupProbe"]["exec"]["command"] == ["python", "-m", "deploy.visit", "8501"]
    drain = app["lifecycle"]["preStop"]["exec"]["command"]
    assert drain[:-1] == ["python", "-m", "deploy.health", "drain", "8501"]
    assert int(drain[-1]) < pod()["terminationGracePeriodSeconds"]
    front = pod()["initContainers"][0]
    assert front["restartPolicy"] == "Always", "the front must outlive the app's drain"
    assert "startupProbe" not in front, "it would wait for the app, which starts after it"


def test_all_replicas_share_one_secret() -> None:
    (app,) = pod()["containers"]
    (secret,) = [each for each in app["env"] if each["name"] == "STREAMLIT_SERVER_COOKIE_SECRET"]
    assert secret["valueFrom"]["secretKeyRef"]["name"]
    assert "Secret" not in manifests(), "a secret does not stand in a repository"


def test_the_ingress_keeps_a_browser_with_its_pod() -> None:
    said = {name.rpartition("/")[2]: value for name, value in manifests()["Ingress"]["metadata"]["annotations"].items()}
    assert said["affinity"] == "cookie"
    assert said["session-cookie-change-on-failure"] == "true"
    assert int(said["proxy-read-timeout"]) >= 3600
    assert said["proxy-body-size"] == "22m"
    assert manifests()["Ingress"]["spec"]["tls"]


def test_selectors_and_ports_meet() -> None:
    labels = manifests()["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert manifests()["Service"]["spec"]["selector"] == labels
    assert manifests()["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert manifests()["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == labels
    assert manifests()["NetworkPolicy"]["spec"]["egress"] == []
    (port,) = manifests()["Service"]["spec"]["ports"]
    ports = {each["name"]: each["containerPort"] for each in pod()["initContainers"][0]["ports"]}
    assert ports[port["targetPort"]] == 8080
    assert manifests()["HorizontalPodAutoscaler"]["spec"]["minReplicas"] >= 2
