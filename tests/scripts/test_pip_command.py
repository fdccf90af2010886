"""Where a pip comes from when Python brought none."""

import hashlib
from pathlib import Path

import pytest

from setup_environment import pip_command
from setup_environment.pip_command import (
    PIP_WHEEL,
    configured,
    link_to_wheel,
    newest_pip,
    request_for,
    wheel_from_index,
)
from setup_environment.reporting import Stopped

PAGE = f"""<!DOCTYPE html><html><body>
<a href="../../files/pip-9.0-py2.py3-none-any.whl#sha256=aa">pip-9.0-py2.py3-none-any.whl</a><br/>
<a href='../../files/{PIP_WHEEL}.metadata'>metadata</a>
<a data-requires-python="&gt;=3.9" href="../../files/{PIP_WHEEL}#sha256=bb">{PIP_WHEEL}</a>
</body></html>"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder with pip settings in it, and none from the machine."""
    files = pip_command.configuration_files
    monkeypatch.setattr(
        pip_command,
        "configuration_files",
        lambda environment: [path for path in files(environment) if path.is_relative_to(tmp_path)],
    )
    folder = tmp_path / ".config" / "pip"
    folder.mkdir(parents=True)
    (folder / "pip.conf").write_text("[global]\nindex-url = https://near.example/simple\ncert = /ca.pem\n")
    return tmp_path


def test_the_index_is_read_from_pips_settings(home):
    assert configured("index-url", {"HOME": str(home)}) == "https://near.example/simple"
    assert configured("cert", {"HOME": str(home)}) == "/ca.pem"


def test_the_environment_outweighs_the_files(home):
    environment = {"HOME": str(home), "PIP_INDEX_URL": "https://other.example/simple"}
    assert configured("index-url", environment) == "https://other.example/simple"


def test_a_chosen_file_outweighs_the_usual_ones(home):
    (home / "mine.conf").write_text("[install]\nindex-url = https://mine.example/simple\n")
    environment = {"HOME": str(home), "PIP_CONFIG_FILE": str(home / "mine.conf")}
    assert configured("index-url", environment) == "https://mine.example/simple"


def test_what_is_nowhere_set_is_none(home):
    assert configured("proxy", {"HOME": str(home)}) is None
    assert configured("index-url", {"HOME": str(home), "PIP_CONFIG_FILE": pip_command.os.devnull}) is None


def test_the_link_to_the_pinned_wheel_is_found_among_the_others():
    assert (
        link_to_wheel(PAGE, "https://near.example/simple/pip/") == f"https://near.example/files/{PIP_WHEEL}"
    )


def test_a_page_without_the_pinned_wheel_has_no_link():
    assert link_to_wheel(PAGE.replace("26.", "99."), "https://near.example/simple/pip/") is None


def test_the_login_goes_with_the_link_on_the_same_host_only():
    same = link_to_wheel(PAGE, "https://me:word@near.example/simple/pip/")
    assert same == f"https://me:word@near.example/files/{PIP_WHEEL}"
    elsewhere = PAGE.replace("../../files", "https://far.example/files")
    assert link_to_wheel(elsewhere, "https://me:word@near.example/simple/pip/") == (
        f"https://far.example/files/{PIP_WHEEL}"
    )


def test_the_login_travels_in_the_header_and_not_in_the_address():
    request = request_for("https://me:p%40ss@near.example/simple/pip/")
    assert request.full_url == "https://near.example/simple/pip/"
    assert request.get_header("Authorization") == "Basic bWU6cEBzcw=="


@pytest.fixture
def index(monkeypatch):
    """An index that serves whatever stands in the returned dictionary, by the end of the address."""
    served = {"/pip/": PAGE.encode(), ".whl": b"the wheel"}
    monkeypatch.setenv("PIP_INDEX_URL", "https://near.example/simple/")
    monkeypatch.setattr(
        pip_command,
        "download",
        lambda address: next(content for end, content in served.items() if address.endswith(end)),
    )
    return served


def test_a_wheel_with_the_pinned_hash_is_taken(index, tmp_path, monkeypatch):
    monkeypatch.setattr(pip_command, "PIP_WHEEL_SHA256", hashlib.sha256(b"the wheel").hexdigest())
    assert wheel_from_index(tmp_path) == tmp_path / PIP_WHEEL
    assert (tmp_path / PIP_WHEEL).read_bytes() == b"the wheel"


def test_a_wheel_with_another_hash_is_never_run(index, tmp_path):
    assert wheel_from_index(tmp_path) is None
    assert not list(tmp_path.iterdir())


def test_without_a_configured_index_nobody_is_asked(home, monkeypatch):
    monkeypatch.setenv("HOME", str(home))
    (home / ".config" / "pip" / "pip.conf").unlink()
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setattr(pip_command, "download", lambda address: pytest.fail(f"asked {address}"))
    assert wheel_from_index(home) is None


def test_the_highest_version_is_the_newest():
    wheels = [
        Path("pip-9.0-py3-none-any.whl"),
        Path("pip-23.0.1-py3-none-any.whl"),
        Path("pip-22.3-py3-none-any.whl"),
    ]
    assert newest_pip(wheels) == wheels[1]
    assert newest_pip([]) is None


def test_without_any_pip_a_sentence_says_what_to_do(tmp_path, monkeypatch):
    for source in ("wheel_from_index", "wheel_from_apt"):
        monkeypatch.setattr(pip_command, source, lambda _: None)
    monkeypatch.setattr(pip_command, "wheel_on_this_machine", lambda: None)
    monkeypatch.setattr(pip_command.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Stopped, match="check the network"):
        pip_command.pip_command(tmp_path / "python", tmp_path)
