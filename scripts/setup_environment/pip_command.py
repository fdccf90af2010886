"""A pip to fill `.venv` with, also where Python came without one, as on a bare Debian; root is never needed.

pip runs straight from its wheel. Nearly every Python brings that wheel for its own `ensurepip`; where it is
missing we fetch it through the package index that is configured for pip (checked against the hash below), or
else out of the distribution's own package, whose signature apt checks.
"""

import base64
import configparser
import hashlib
import importlib.util
import os
import re
import shutil
import ssl
import sys
import sysconfig
import urllib.request
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from setup_environment.reporting import SYSTEM_PACKAGES_MISSING, Stopped, run_quietly

PIP_WHEEL = "pip-26.3-py3-none-any.whl"
PIP_WHEEL_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PATIENCE_S = 30


def pip_command(python: Path, place: Path) -> list[str]:
    """The words that run a pip which installs into the environment of `python`; may fetch one into `place`.

    Isolated (-I), so that neither PYTHONPATH nor a person's own packages lead it astray.
    """
    if wheel := wheel_on_this_machine():
        return [str(python), "-I", f"{wheel}/pip"]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-I", "-m", "pip", "--python", str(python)]
    if wheel := wheel_from_index(place) or wheel_from_apt(place):
        return [str(python), "-I", f"{wheel}/pip"]
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    raise Stopped(
        "This Python came without pip, and none could be fetched: "
        "check the network connection, then run this again.\n"
        f"Or let someone who may do so install the system's package {package} first.",
        SYSTEM_PACKAGES_MISSING,
    )


def wheel_on_this_machine() -> Path | None:
    """The pip wheel that `ensurepip` would install: beside it, or in the distribution's folder."""
    ensurepip = importlib.util.find_spec("ensurepip")
    folders = [
        Path(ensurepip.origin).parent / "_bundled" if ensurepip and ensurepip.origin else None,
        sysconfig.get_config_var("WHEEL_PKG_DIR"),
        "/usr/share/python-wheels",
    ]
    return newest_pip(wheel for folder in folders if folder for wheel in Path(folder).glob("pip-*.whl"))


def newest_pip(wheels: Iterable[Path]) -> Path | None:
    """The wheel with the highest version, if there is any."""
    return max(wheels, key=lambda wheel: [int(part) for part in re.findall(r"\d+", wheel.name)], default=None)


def configured(option: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """A setting of pip, from its environment variable or the nearest of its files on a Unix system."""
    if value := environment.get(f"PIP_{option.upper().replace('-', '_')}"):
        return value
    settings = configparser.RawConfigParser(strict=False)
    settings.read(configuration_files(environment), encoding="utf-8")
    for section in ("install", "global"):
        if value := settings.get(section, option, fallback="").strip():
            return value
    return None


def configuration_files(environment: Mapping[str, str]) -> list[Path]:
    """The files pip reads its settings from, the strongest last."""
    home = Path(environment.get("HOME", "/"))
    chosen = environment.get("PIP_CONFIG_FILE")
    if chosen == os.devnull:
        return []
    return [
        Path("/etc/xdg/pip/pip.conf"),
        Path("/etc/pip.conf"),
        home / ".pip/pip.conf",
        Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "pip/pip.conf",
        *([Path(chosen)] if chosen else []),
    ]


def wheel_from_index(place: Path) -> Path | None:
    """Fetch the pinned pip through the configured package index; None where there is none or it fails us."""
    index = configured("index-url")
    if not index:
        return None
    page_address = f"{index.rstrip('/')}/pip/"
    try:
        link = link_to_wheel(download(page_address).decode("utf-8"), page_address)
        content = download(link) if link else b""
    except (OSError, ValueError, configparser.Error):  # no network, a refusal, an address that is none
        return None
    if hashlib.sha256(content).hexdigest() != PIP_WHEEL_SHA256:
        return None
    wheel = place / PIP_WHEEL
    wheel.write_bytes(content)
    return wheel


def link_to_wheel(page: str, page_address: str) -> str | None:
    """Where the index's page of all pips says the pinned one is; keeps the name and password of the page."""
    for found in re.findall(r"""href\s*=\s*["']([^"']+)["']""", page):
        link = urlsplit(urljoin(page_address, unescape(found)))
        if unquote(link.path).endswith(f"/{PIP_WHEEL}"):
            here = urlsplit(page_address)
            same_place = link.hostname == here.hostname and "@" not in link.netloc
            return urlunsplit(
                (link.scheme, here.netloc if same_place else link.netloc, link.path, link.query, "")
            )
    return None


def download(address: str) -> bytes:
    """Read an address with pip's certificate and proxy settings."""
    request = request_for(address)
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=configured("cert"))),
        *(
            [urllib.request.ProxyHandler({"http": proxy, "https": proxy})]
            if (proxy := configured("proxy"))
            else []
        ),
    )
    with opener.open(request, timeout=PATIENCE_S) as answer:
        return bytes(answer.read())


def request_for(address: str) -> urllib.request.Request:
    """A request that sends the name and password of an address in its header, since urllib chokes on them."""
    parts = urlsplit(address)
    login, _, place = parts.netloc.rpartition("@")
    request = urllib.request.Request(
        urlunsplit(parts._replace(netloc=place)), headers={"Accept": "text/html, */*"}
    )
    if login:
        token = base64.b64encode(unquote(login).encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {token}")
    return request


def wheel_from_apt(place: Path) -> Path | None:
    """Take pip out of Debian's or Ubuntu's own package without installing it, if need be with fresh lists."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    lists = place / "lists"
    lists.mkdir(parents=True, exist_ok=True)
    own_lists = ["-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={place}"]
    for commands in (
        [["apt-get", "download", "python3-pip-whl"]],
        [["apt-get", *own_lists, "update"], ["apt-get", *own_lists, "download", "python3-pip-whl"]],
    ):
        for command in commands:
            run_quietly(command, folder=place)
        for package in place.glob("python3-pip-whl*.deb"):
            run_quietly(["dpkg-deb", "-x", str(package), str(place)])
            return newest_pip((place / "usr/share/python-wheels").glob("pip-*.whl"))
    return None
